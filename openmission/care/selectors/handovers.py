"""Hand-over: the clients of a colleague who is away, with the notes for who covers."""

from dataclasses import dataclass
from datetime import datetime

from openmission.audit import access
from openmission.care.models import HandoverNote
from openmission.care.policies import served_enrollments
from openmission.clients.models import CareTeamMember
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.staff.models import Cover
from openmission.staff.roles import SUPERVISOR


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One client of the absent colleague that the viewer has in reach; `may_write`: the note is theirs to write."""

    enrollment: Enrollment
    note: HandoverNote | None
    may_write: bool


def handover_lines(viewer: Actor, cover: Cover, *, at: datetime) -> list[HandoverLine]:
    """By name. Before the cover begins, who covers has nobody of them in reach yet. Two queries."""
    served = CareTeamMember.objects.filter(user_id=cover.absent_id, until=None)
    rows = served_enrollments(viewer, at).filter(id__in=served.values("enrollment_id"))
    rows = rows.select_related("client").order_by("client__first_name", "client__last_name")
    notes = {note.enrollment_id: note for note in HandoverNote.objects.filter(cover=cover)}
    supervised = viewer.teams(SUPERVISOR)
    lines = [
        HandoverLine(row, notes.get(row.id), viewer.id == cover.absent_id or row.team_id in supervised) for row in rows
    ]
    access.note(line.enrollment.client_id for line in lines)
    return lines
