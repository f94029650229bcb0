"""One client at a time, and who serves them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.audit.models import RecordedEvent
from openmission.audit.selectors import events_since
from openmission.clients.events import ClientChanged
from openmission.clients.models import Client
from openmission.clients.policies import anyone_in_reach, charts_by_duty, charts_in_reach, intake_in_reach
from openmission.kernel import sql
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept


def get_client(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Client:
    """The client whose chart is to be opened; notes the look. Raises `NotFound` out of reach."""
    by_duty = next(iter(_served(viewer, id)), None)
    client = by_duty or charts_in_reach(viewer, at or timezone.now()).filter(id=id).first()
    if client is None:
        raise NotFound(_("There is no such client among those you serve."))
    access.note([client.id], listed=False, break_glass=not by_duty)
    return client


@kept
def _served(viewer: Actor, id: UUID) -> QuerySet[Client]:
    return charts_by_duty(viewer).filter(id=id).prefetch_related("phones")


def get_client_details(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Client:
    """The client in either reach, for names, phones and how to reach; notes the look. Raises `NotFound`."""
    at = at or timezone.now()
    client = anyone_in_reach(viewer, at).filter(id=id).prefetch_related("phones", "aliases").first()
    if client is None:
        raise NotFound(_("There is no such person among those you serve or at your team's door."))
    note_opened(viewer, client.id, at=at)
    return client


def changes_since(viewer: Actor, client_id: UUID, *, seen: str = "") -> list[RecordedEvent]:
    """Who changed the details of a client in reach after the change with the id `seen`: newest first."""
    return events_since(viewer, client_id, ClientChanged.kind(), seen=seen)


def note_opened(viewer: Actor, client_id: UUID, *, at: datetime | None = None) -> None:
    """Note that one client's page is open; a look that only emergency access allows is marked as one."""
    duty = charts_by_duty(viewer).filter(id=client_id).exists()
    duty = duty or intake_in_reach(viewer, at or timezone.now()).filter(id=client_id).exists()
    access.note([client_id], listed=False, break_glass=not duty)


def needs_break_glass(viewer: Actor, id: UUID, *, at: datetime | None = None) -> bool:
    """True when the viewer opens this chart only by emergency access. Raises `NotFound` when there is no such client.

    Tells nothing else: whoever asks has the id from a search that hinted at somebody out of reach.
    """
    if not Client.objects.filter(id=id).exists():
        raise NotFound(_("There is no such client."))
    return not charts_in_reach(viewer, at or timezone.now()).filter(id=id).exists()


def get_intake_client(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Client:
    """The client whose intake pages are to be opened; notes the look. Raises `NotFound` out of reach."""
    client = intake_in_reach(viewer, at or timezone.now()).filter(id=id).first()
    if client is None:
        raise NotFound(_("There is no such person at your team's door."))
    access.note([client.id], listed=False)
    return client


@dataclass(frozen=True)
class Member:
    user_id: UUID
    name: str
    role: str


_TEAMS = """SELECT m.enrollment_id, m.user_id, u.name, m.role
    FROM clients_careteammember m JOIN staff_user u ON u.id = m.user_id WHERE m.until IS NULL
    AND m.enrollment_id {ids} ORDER BY m.role"""


def care_teams(viewer: Actor, enrollment_ids: list[UUID]) -> dict[UUID, list[Member]]:
    """Who serves in each enrollment, by role: one query for any number of enrollments."""
    found: dict[UUID, list[Member]] = {id: [] for id in enrollment_ids}
    if found:
        condition, values = sql.among(found)
        for enrollment_id, user_id, name, role in sql.fetch(_TEAMS.format(ids=condition), values):
            found[sql.key(enrollment_id)].append(Member(sql.key(user_id), name, role))
    return found
