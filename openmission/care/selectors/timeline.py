"""A client's timeline: contacts and events, newest first, a page at a time, whatever the length of the history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from openmission.audit.models import RecordedEvent
from openmission.audit.selectors import timeline_events
from openmission.care.models import Contact, ContactStaff
from openmission.care.models.contact import WITHDRAWN
from openmission.clients.models import BreakGlass
from openmission.clients.policies import memberships
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.days import imaginable
from openmission.kernel.kept import kept
from openmission.staff.roles import CARE

PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a contact with the names of who took part, or an event."""

    at: datetime
    contact: Contact | None = None
    staff: tuple[str, ...] = ()
    event: RecordedEvent | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of entries; `older_than` is where the next page begins (None: there is none).

    `withheld` counts contacts of the client with other teams that the viewer may not read.
    """

    entries: tuple[Entry, ...]
    older_than: datetime | None
    withheld: int


def own_and_others(viewer: Actor, client_id: UUID, *, at: datetime) -> tuple[list[Enrollment], list[UUID]]:
    """The client's enrollments that the viewer may read (active ones first, each with its client), and the ids of those
    of other teams that they may not. One query; the caller has the client in reach.
    """
    own: list[Enrollment] = []
    others: list[UUID] = []
    for row in _enrollments(viewer, client_id, at):
        if row.mine or row.broken or row.team_id in viewer.teams(*CARE):
            own.append(row)
        else:
            others.append(row.id)
    return own, others


@kept
def _enrollments(viewer: Actor, client_id: UUID, at: datetime) -> QuerySet[Enrollment, Any]:
    member = memberships(viewer).filter(enrollment_id=OuterRef("id"))
    broken = BreakGlass.objects.filter(client_id=client_id, user_id=viewer.id, expires_at__gt=at)
    rows = Enrollment.objects.filter(client_id=client_id).select_related("client").order_by("state", "-starts_on")
    return rows.annotate(mine=Exists(member), broken=Exists(broken))


def timeline(
    viewer: Actor, client_id: UUID, *, others: list[UUID], component: str = "", before: datetime | None = None
) -> Timeline:
    """One page. With a component only its contacts, without one the events too; a `before` that no page of ours links
    to counts as none. The caller has the client in reach; `others` are the enrollments that stay withheld
    (`own_and_others`).
    """
    before = before if before and before.tzinfo and imaginable(before) else None
    entries = _entries(_contacts(client_id, others, component, before))
    if not component:
        events = timeline_events(viewer, client_id, before=before, most=PAGE + 1)
        entries += [Entry(event.at, event=event) for event in events if _may_read(event, others)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    shown = tuple(entries[:PAGE])
    theirs = Contact.objects.filter(client_id=client_id, enrollment_id__in=others).exclude(outcome=WITHDRAWN)
    withheld = theirs.count() if others else 0
    return Timeline(shown, shown[-1].at if len(entries) > PAGE else None, withheld)


@kept
def _contacts(client_id: UUID, others: list[UUID], component: str, before: datetime | None) -> QuerySet[Contact]:
    rows = Contact.objects.filter(client_id=client_id).exclude(enrollment_id__in=others)
    if component:
        rows = rows.filter(component=component)
    if before:
        rows = rows.filter(at__lt=before)
    return rows.order_by("-at")[: PAGE + 1]


def _may_read(event: RecordedEvent, others: list[UUID]) -> bool:
    return event.data.get("enrollment_id") not in {str(enrollment_id) for enrollment_id in others}


def latest_contacts(viewer: Actor, contact_ids: list[UUID]) -> dict[UUID, Entry]:
    """These contacts with who took part, by id: for the "last seen" of a list already in reach. Two queries."""
    return {entry.contact.id: entry for entry in _entries(_brief(contact_ids)) if entry.contact}


@kept
def _brief(ids: list[UUID]) -> QuerySet[Contact]:
    return Contact.objects.filter(id__in=ids).only("at", "mode")


def _entries(contacts: list[Contact]) -> list[Entry]:
    """Contacts with the names of who took part. One query."""
    staff: dict[UUID, list[str]] = {contact.id: [] for contact in contacts}
    for contact_id, name in _names(list(staff)):
        staff[contact_id].append(name)
    return [Entry(contact.at, contact, tuple(staff[contact.id])) for contact in contacts]


@kept
def _names(ids: list[UUID]) -> QuerySet[ContactStaff, tuple[UUID, str]]:
    rows = ContactStaff.objects.filter(contact_id__in=ids).order_by("user__name")
    return rows.values_list("contact_id", "user__name")
