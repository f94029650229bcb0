"""Hand-over notes for the colleague who covers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.events import HandoverNoteWritten
from openmission.care.models import HandoverNote
from openmission.care.policies import can_log_contact
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.staff.models import Cover


class EmptyNote(DomainError):
    """A hand-over note with nothing in it."""


@transaction.atomic
def write_handover_note(cover: Cover, enrollment: Enrollment, *, note: str, by: Actor, at: datetime) -> HandoverNote:
    """Write or rewrite what the covering colleague needs to know about one client. Raises `EmptyNote`, `Refused`."""
    require(can_log_contact(by, enrollment, at))
    if not note.strip():
        raise EmptyNote(_("Write what your colleague needs to know."), field="note")
    written, _created = HandoverNote.objects.update_or_create(
        cover=cover,
        enrollment=enrollment,
        defaults={"note": note.strip(), "at": at, "by_id": by.id, "by_name": by.name},
    )
    event = HandoverNoteWritten(client_id=enrollment.client_id, enrollment_id=enrollment.id, cover_id=cover.id)
    record(event, by=by, at=at)
    return written
