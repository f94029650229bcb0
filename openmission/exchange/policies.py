"""Who may bring exports and see the people in them."""

from django.utils.translation import gettext_lazy as _

from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.roles import INTAKE_WORKER, PROGRAM_MANAGER, SUPERVISOR

HMIS_ROLES = (INTAKE_WORKER, PROGRAM_MANAGER, SUPERVISOR)


def can_use_hmis(actor: Actor) -> Decision:
    """Import an export and look for people in it."""
    if actor.is_system or actor.has(*HMIS_ROLES):
        return ALLOWED
    return denied(_("HMIS exports are for intake workers, supervisors and program managers."))
