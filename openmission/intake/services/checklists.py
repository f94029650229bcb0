"""Orientation topics covered and assessments done."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.intake.events import ChecklistMarked
from openmission.intake.models import ChecklistMark, Enrollment
from openmission.intake.policies import can_serve_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.programs.selectors import program as read_program


class InvalidMark(DomainError):
    """Done on a day that is not there yet."""


@transaction.atomic
def mark_checklist(
    enrollment: Enrollment, *, list: str, done: Iterable[str], done_on: date, by: Actor, at: datetime
) -> None:
    """Make the marks of a list (orientation or assessment) be exactly `done`; marks that stand keep their day.

    Slugs the program version does not have are left out. Raises `InvalidMark`, `Refused`.
    """
    require(can_serve_enrollment(by, enrollment, at))
    if done_on > enrollment.team.agency.day_of(at):
        raise InvalidMark(_("Choose today or a day before."), field="done_on")
    program = read_program(by, enrollment.program_version_id)
    items = program.orientation.topics if list == ChecklistMark.List.ORIENTATION else program.assessments
    wanted = set(done) & {item.slug for item in items}
    standing = set(enrollment.marks.filter(list=list).values_list("slug", flat=True))
    added, removed = sorted(wanted - standing), sorted(standing - wanted)
    if not added and not removed:
        return
    enrollment.marks.filter(list=list, slug__in=removed).delete()
    for slug in added:
        ChecklistMark.objects.create(
            enrollment=enrollment, list=list, slug=slug, done_on=done_on, by_id=by.id, by_name=by.name
        )
    event = ChecklistMarked(
        client_id=enrollment.client_id,
        enrollment_id=enrollment.id,
        list=list,
        done=tuple(added),
        undone=tuple(removed),
    )
    record(event, by=by, at=at)
