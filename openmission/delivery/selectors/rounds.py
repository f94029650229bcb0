"""Who is expected at a meeting, and what is recorded about each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from openmission.audit import access
from openmission.care.models import SafetyConcern
from openmission.care.models.contact import WITHDRAWN
from openmission.care.selectors.contacts import readable_among
from openmission.clients.models import Client
from openmission.delivery.answers import stored_answers
from openmission.delivery.models import Delivery, GroupMeeting, GroupMember
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.kept import kept

Called = dict[UUID, tuple[str, ...]]  # by client, everything they are called


@dataclass(frozen=True)
class Expected:
    """One member at one meeting: what is recorded, if anything; `new`: it is their first meeting with the group;
    `readable`: the viewer may read the client's record; `gone`: they were in the group, and are not expected.
    """

    enrollment: Enrollment
    client: Client
    delivery: Delivery | None
    new: bool
    readable: bool = True
    gone: bool = False

    @cached_property
    def stored(self) -> dict[str, Any]:
        """What the record says; nothing where there is none."""
        return stored_answers(self.delivery, self.delivery.contact) if self.delivery else {}

    @property
    def revision(self) -> int:
        """What a form says that it showed; that a record was withdrawn is one more thing to know."""
        return self.delivery.revision + self.withdrawn if self.delivery else 0

    def shows_note(self, viewer: Actor) -> bool:
        """A note is read by who may read the record, or wrote it and nobody has changed it since; of a withdrawn record
        nothing is left to read.
        """
        contact = self.delivery.contact if self.delivery and not self.withdrawn else None
        return self.readable or contact is None or (contact.recorded_by == viewer.id and not contact.corrected_at)

    @property
    def withdrawn(self) -> bool:
        """What was recorded was a mistake, and stays as it is."""
        return self.delivery is not None and self.delivery.contact.outcome == WITHDRAWN

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the client is called."""
        return _names_of(self.client)


def expected_members(viewer: Actor, meeting: GroupMeeting, *, opened_at: datetime | None = None) -> list[Expected]:
    """Who belonged to the group on that day, and had not left before it was planned, or has a record of it, by name:
    planning a meeting of the past brings back nobody who left. The caller leads it. `opened_at`: what
    is recorded of them is shown, at that moment, and the look is noted; who shows less notes whom (`note_shown`). Six
    queries at the most, however many they are.
    """
    recorded = {delivery.enrollment_id: delivery for delivery in _recorded(meeting.id)}
    found: dict[UUID, GroupMember] = {}
    planned_on = timezone.localdate(meeting.made_at)
    for member in _members_on(meeting.group_id, meeting.on, planned_on, list(recorded)):
        found.setdefault(member.enrollment_id, member)
    been = set(_been_before(meeting.group_id, list(found), meeting.at))
    readable = set(found)
    if opened_at:
        access.note((member.client_id for member in found.values()), listed=False)
        readable = readable_among(viewer, found, at=opened_at)
    expected = [
        Expected(member.enrollment, member.client, recorded.get(id), id not in been, id in readable)
        for id, member in found.items()
    ]
    return sorted(expected, key=lambda each: (each.client.short_name.casefold(), str(each.enrollment.id)))


def former_members(
    viewer: Actor, meeting: GroupMeeting, ids: Collection[UUID], *, opened_at: datetime | None = None
) -> list[Expected]:
    """Those of `ids` who are not expected (the caller knows) and are or were in the group, by name: somebody had them
    before them when they left. `opened_at` as in `expected_members`.
    """
    if not ids:
        return []
    people = Prefetch("client", Client.objects.prefetch_related("aliases"))
    rows = GroupMember.objects.filter(group_id=meeting.group_id, enrollment_id__in=ids)
    found = {row.enrollment_id: row for row in rows.select_related("enrollment").prefetch_related(people)}
    if opened_at:
        access.note((row.client_id for row in found.values()), listed=False)
    gone = [Expected(row.enrollment, row.client, None, new=False, gone=True) for row in found.values()]
    return sorted(gone, key=lambda each: each.client.short_name.casefold())


@kept
def _recorded(meeting_id: UUID) -> QuerySet[Delivery]:
    return Delivery.objects.filter(meeting_id=meeting_id).select_related("contact", "exam")


@kept
def _members_on(group_id: UUID, on: date, planned_on: date, others: list[UUID]) -> QuerySet[GroupMember]:
    """Who is in the group on the day and when the meeting was planned, and the `others`; the longest there first."""
    there = Q(joined_on__lte=on) & (Q(left_on=None) | Q(left_on__gt=on) & Q(left_on__gt=planned_on))
    rows = GroupMember.objects.filter(there | Q(enrollment_id__in=others), group_id=group_id)
    people = Prefetch("client", Client.objects.prefetch_related("aliases"))
    return rows.select_related("enrollment").prefetch_related(people).order_by("joined_on")


def _names_of(client: Client) -> tuple[str, ...]:
    """Everything a client is called; the aliases are at hand."""
    called = (client.first_name, client.last_name, client.chosen_name, *(a.name for a in client.aliases.all()))
    return tuple(name for name in called if name)


def former_names(viewer: Actor, group_id: UUID, there: set[UUID]) -> Called:
    """What those are called who were ever in the group and are not among `there` (enrollments). They are not shown."""
    rows = GroupMember.objects.filter(group_id=group_id).exclude(enrollment_id__in=there)
    clients = Client.objects.filter(id__in=rows.values("client_id")).prefetch_related("aliases")
    return {client.id: _names_of(client) for client in clients}


def names_of_mates(viewer: Actor, enrollment_id: UUID) -> Called:
    """What those are called who are or were in a group with the client. They are not shown."""
    groups = GroupMember.objects.filter(enrollment_id=enrollment_id).values("group_id")
    rows = GroupMember.objects.filter(group_id__in=groups).exclude(enrollment_id=enrollment_id)
    clients = Client.objects.filter(id__in=rows.values("client_id")).prefetch_related("aliases")
    return {client.id: _names_of(client) for client in clients}


def note_named(viewer: Actor, client_ids: Iterable[UUID]) -> None:
    """Whoever writes a text was told that it may name these members."""
    access.note(client_ids)


def note_shown(viewer: Actor, clients: Iterable[Client]) -> None:
    """These are the members whom a page lists."""
    access.note(client.id for client in clients)


def own_names(viewer: Actor, enrollment: Enrollment) -> tuple[str, ...]:
    """What the client is called."""
    return _names_of(enrollment.client)


def open_concerns(viewer: Actor, meeting: GroupMeeting) -> dict[UUID, UUID]:
    """{enrollment: safety concern} that an answer of this meeting opened and that nobody has closed. The caller leads
    the group, or serves whom they show.
    """
    rows = SafetyConcern.objects.filter(contact__delivery__meeting=meeting, closed_at=None)
    return dict(rows.values_list("enrollment_id", "id"))


@kept
def _been_before(group_id: UUID, ids: list[UUID], at: datetime) -> QuerySet[Delivery, UUID]:
    """Those who were at an earlier meeting of the group."""
    rows = Delivery.objects.filter(meeting__group_id=group_id, enrollment_id__in=ids, meeting__at__lt=at)
    return rows.filter(contact__outcome="met").values_list("enrollment_id", flat=True)
