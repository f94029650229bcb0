"""Who publishes programs. Reading them is open to everyone at work: they hold nothing about a person."""

from django.utils.translation import gettext_lazy as _

from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.roles import PROGRAM_MANAGER


def can_publish_program(actor: Actor) -> Decision:
    if actor.is_system or actor.has(PROGRAM_MANAGER):
        return ALLOWED
    return denied(_("Program managers publish programs."))


def can_read_programs(actor: Actor) -> Decision:
    if actor.is_system or actor.seats:
        return ALLOWED
    return denied(_("You need a role in the agency to read its programs."))
