"""Hand-over notes for the colleague who covers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmission.audit.services import record
from openmission.care.events import HandoverNoteWritten
from openmission.care.models import HandoverNote
from openmission.care.policies import can_write_handover
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.staff.models import Cover


@transaction.atomic
def write_handover_note(cover: Cover, enrollment: Enrollment, *, note: str, by: Actor, at: datetime) -> HandoverNote:
    """Write, rewrite or empty what the covering colleague needs to know about one client. Raises `Refused`."""
    require(can_write_handover(by, cover, enrollment, at))
    written, _created = HandoverNote.objects.update_or_create(
        cover=cover,
        enrollment=enrollment,
        defaults={"note": note.strip(), "at": at, "by_id": by.id, "by_name": by.name},
    )
    event = HandoverNoteWritten(client_id=enrollment.client_id, enrollment_id=enrollment.id, cover_id=cover.id)
    record(event, by=by, at=at)
    return written


@transaction.atomic
def write_handover_notes(cover: Cover, *, notes: dict[UUID, str], by: Actor, at: datetime) -> None:
    """The notes of many clients, {enrollment id: note}, all or nothing; what is as before is left alone."""
    said = dict(HandoverNote.objects.filter(cover=cover).values_list("enrollment_id", "note"))
    changed = {id: note for id, note in notes.items() if note.strip() != said.get(id, "")}
    for enrollment in Enrollment.objects.filter(id__in=changed):
        write_handover_note(cover, enrollment, note=changed[enrollment.id], by=by, at=at)
