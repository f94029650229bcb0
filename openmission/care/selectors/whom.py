"""Whom a contact or an appointment may be with: the viewer's people, with what is planned and when they were seen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.care.models import Appointment, Contact
from openmission.care.models.contact import Outcome, WithWhom
from openmission.care.policies import readable_enrollments, served_enrollments
from openmission.care.selectors.agenda import own_rows
from openmission.clients.selectors import Member, care_teams, note_opened, search
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept

RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Whom:
    """One enrollment: who serves it, when the client was met in the last week (if so), its planned appointments: those
    of today and before that wait for a record, and the next one to come.
    """

    enrollment: Enrollment
    team: tuple[Member, ...]
    seen_on: date | None
    open: tuple[Appointment, ...]
    coming: Appointment | None


def own_people(viewer: Actor, *, at: datetime) -> list[Whom]:
    """Everybody whom the viewer, or a colleague they cover, serves; by name. Four queries, however many."""
    return _whom(viewer, own_rows(viewer), at)


def people(
    viewer: Actor, *, at: datetime, client_id: UUID | None = None, enrollment_id: UUID | None = None
) -> list[Whom]:
    """The enrollments of a client, active ones first, or one enrollment: those in whose record the viewer may write."""
    rows = readable_enrollments(viewer, at)
    rows = rows.filter(id=enrollment_id) if enrollment_id else rows.filter(client_id=client_id)
    found = _whom(viewer, list(rows.select_related("client")), at)
    return sorted(found, key=lambda whom: whom.enrollment.state != Enrollment.State.ACTIVE)


def asked_person(viewer: Actor, own: list[Whom], client_id: UUID, *, at: datetime) -> Whom:
    """The client, one's own (`own_people`) or anybody whose record the viewer may write; notes the look. Raises
    `NotFound`.
    """
    for whom in own:
        if whom.enrollment.client_id == client_id:
            access.note([client_id], listed=False)
            return whom
    found = people(viewer, at=at, client_id=client_id)
    if not found:
        raise NotFound(_("There is no such client among those you serve."))
    note_opened(viewer, client_id, at=at)
    return found[0]


def found_people(viewer: Actor, text: str, *, at: datetime) -> list[Whom]:
    """Who fits the typed name, phone or birth date, among all the viewer may write about; nearest first."""
    order = {hit.client.id: place for place, hit in enumerate(search(viewer, text, at=at)) if hit.chart}
    rows = served_enrollments(viewer, at).filter(client_id__in=order).select_related("client")
    found = _whom(viewer, list(rows), at)
    return sorted(found, key=lambda whom: order[whom.enrollment.client_id])


def _whom(viewer: Actor, rows: list[Enrollment], at: datetime) -> list[Whom]:
    access.note(row.client_id for row in rows)
    ids = [row.id for row in rows]
    teams, seen = care_teams(viewer, ids), _seen(ids, at)
    tonight = timezone.localtime(at).replace(hour=23, minute=59, second=59)
    planned: dict[UUID, list[Appointment]] = {id: [] for id in ids}
    for row in _planned(ids):
        planned[row.enrollment_id].append(row)
    return [
        Whom(
            enrollment=row,
            team=tuple(teams[row.id]),
            seen_on=seen.get(row.id),
            open=tuple(a for a in planned[row.id] if a.at <= tonight),
            coming=next((a for a in planned[row.id] if a.at > tonight), None),
        )
        for row in rows
    ]


def _seen(ids: list[UUID], at: datetime) -> dict[UUID, date]:
    return dict(_met(ids, at - RECENT))


@kept
def _met(ids: list[UUID], since: datetime) -> QuerySet[Contact, tuple[UUID, date]]:
    met = Contact.objects.filter(enrollment_id__in=ids, outcome=Outcome.MET, with_whom=WithWhom.CLIENT)
    rows = met.filter(at__gte=since)
    return rows.values("enrollment").annotate(last=Max("on")).values_list("enrollment", "last")


@kept
def _planned(ids: list[UUID]) -> QuerySet[Appointment]:
    return Appointment.objects.filter(enrollment_id__in=ids, state=Appointment.State.PLANNED).order_by("at")
