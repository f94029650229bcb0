"""Who may look after accounts, settings and cover."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.roles import ADMINISTRATOR, SUPERVISOR


def can_administer(actor: Actor) -> Decision:
    """Accounts, teams, roles and settings: the administrator, or the system at set-up."""
    if actor.is_system or actor.has(ADMINISTRATOR):
        return ALLOWED
    return denied(_("Only an administrator changes accounts, teams and settings."))


def can_arrange_cover(actor: Actor, *, absent_id: UUID, absent_teams: frozenset[UUID]) -> Decision:
    """For oneself, or by a supervisor of one of the absent colleague's teams."""
    if actor.id == absent_id or actor.is_system or actor.teams(SUPERVISOR) & absent_teams:
        return ALLOWED
    return denied(_("Cover is arranged by the colleague who will be away or by their supervisor."))
