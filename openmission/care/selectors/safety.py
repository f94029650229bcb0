"""Reading safety concerns and the steps that they open."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.care.models import Contact, SafetyConcern
from openmission.care.policies import readable_enrollments
from openmission.clients.selectors import note_opened
from openmission.curricula.rules import Checklist, ChecklistStep
from openmission.curricula.selectors import checklist, newest_versions
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound

CHECKLIST = "safety"


def get_concern(viewer: Actor, id: UUID, *, at: datetime) -> SafetyConcern:
    """One concern with client and contact; notes the look. Raises `NotFound` out of reach."""
    rows = SafetyConcern.objects.filter(enrollment_id__in=readable_enrollments(viewer, at).values("id"))
    concern = rows.select_related("client", "enrollment", "contact").filter(id=id).first()
    if concern is None:
        raise NotFound(_("There is no such safety concern among those you may read."))
    note_opened(viewer, concern.client_id, at=at)
    return concern


def concern_of(viewer: Actor, contact: Contact) -> SafetyConcern | None:
    """The latest concern that came with a contact, which the caller has in reach."""
    return SafetyConcern.objects.filter(contact=contact).order_by("-raised_at").first()


def newest_safety_version(viewer: Actor) -> int:
    """The version of the steps that a new concern goes through; 0 where none is published."""
    return newest_versions(viewer, "checklist").get(CHECKLIST, 0)


def safety_checklist(viewer: Actor, version: int) -> Checklist | None:
    """The steps of that version, in order; None for version 0."""
    return checklist(viewer, CHECKLIST, version) if version else None


def steps_left(viewer: Actor, version: int, done: Collection[str]) -> tuple[ChecklistStep, ...] | None:
    """What is left to do; None where no steps are published: nobody can have taken them."""
    found = safety_checklist(viewer, version)
    return tuple(step for step in found.steps if step.slug not in done) if found else None
