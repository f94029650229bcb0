"""The roles, in code and in words. A person may hold several, each in one team or in the whole agency."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CASE_MANAGER = "case_manager"
PEER_SPECIALIST = "peer_specialist"
SUPERVISOR = "supervisor"
INTAKE_WORKER = "intake_worker"
PROGRAM_MANAGER = "program_manager"
PRIVACY_OFFICER = "privacy_officer"
ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Role:
    code: str
    title: Promise
    does: Promise
    in_team: bool


ROLES = {
    role.code: role
    for role in (
        Role(CASE_MANAGER, _("Case manager"), _("Orients, assesses, plans, leads sessions and links clients."), True),
        Role(
            PEER_SPECIALIST, _("Peer support specialist"), _("Meets clients as a peer, prepares and reaches out."), True
        ),
        Role(SUPERVISOR, _("Supervisor"), _("Leads the team, balances caseloads, arranges cover."), True),
        Role(INTAKE_WORKER, _("Intake worker"), _("Takes in referrals, screens, keeps the waitlist."), True),
        Role(PROGRAM_MANAGER, _("Program manager"), _("Looks after programs and their content."), False),
        Role(PRIVACY_OFFICER, _("Privacy officer"), _("Reads the access log and reviews emergency access."), False),
        Role(ADMINISTRATOR, _("Administrator"), _("Looks after accounts, teams and settings."), False),
    )
}

PAIR = (CASE_MANAGER, PEER_SPECIALIST)
CARE = (CASE_MANAGER, PEER_SPECIALIST, SUPERVISOR)
INTAKE = (INTAKE_WORKER, SUPERVISOR, CASE_MANAGER)
EVERYONE = tuple(ROLES)
