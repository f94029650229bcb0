"""Who publishes and renames. Reading is open to everyone at work: it holds nothing about a person."""

from django.utils.translation import gettext_lazy as _

from openmission.curricula.rules import Curriculum
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.roles import PROGRAM_MANAGER


def can_publish_content(actor: Actor) -> Decision:
    if actor.is_system or actor.has(PROGRAM_MANAGER):
        return ALLOWED
    return denied(_("Program managers publish curricula."))


def can_rename_session(actor: Actor, curriculum: Curriculum) -> Decision:
    """Only where no source confirms the titles: the others are those of the model."""
    if curriculum.titles_verified:
        return denied(_("These titles are those of the guide. They stay as they are."))
    if actor.has(PROGRAM_MANAGER):
        return ALLOWED
    return denied(_("Program managers write the titles of sessions."))


def can_read_curricula(actor: Actor) -> Decision:
    if actor.is_system or actor.seats:
        return ALLOWED
    return denied(_("You need a role in the agency to read its curricula."))
