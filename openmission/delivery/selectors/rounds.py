"""Who is expected at a meeting, and what is recorded about each."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from openmission.audit import access
from openmission.care.models import SafetyConcern
from openmission.care.models.contact import WITHDRAWN
from openmission.clients.models import Client
from openmission.delivery.answers import stored_answers
from openmission.delivery.models import Delivery, GroupMeeting, GroupMember
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor


@dataclass(frozen=True)
class Expected:
    """One member at one meeting: what is recorded, if anything; `new`: it is their first meeting with the group."""

    enrollment: Enrollment
    client: Client
    delivery: Delivery | None
    new: bool

    @cached_property
    def stored(self) -> dict[str, Any]:
        """What the record says; nothing where there is none."""
        return stored_answers(self.delivery, self.delivery.contact) if self.delivery else {}

    @property
    def revision(self) -> int:
        return self.delivery.revision if self.delivery else 0

    @property
    def withdrawn(self) -> bool:
        """What was recorded was a mistake, and stays as it is."""
        return self.delivery is not None and self.delivery.contact.outcome == WITHDRAWN

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the client is called."""
        client = self.client
        called = (client.first_name, client.last_name, client.chosen_name, *(a.name for a in client.aliases.all()))
        return tuple(name for name in called if name)


def expected_members(viewer: Actor, meeting: GroupMeeting) -> list[Expected]:
    """Who belonged to the group on that day or has a record of it, by name; notes the look. The caller leads the group.
    Five queries, however many they are.
    """
    rows = Delivery.objects.filter(meeting=meeting).select_related("contact", "exam")
    recorded = {delivery.enrollment_id: delivery for delivery in rows}
    there = Q(joined_on__lte=meeting.on) & (Q(left_on=None) | Q(left_on__gt=meeting.on))
    members = GroupMember.objects.filter(group_id=meeting.group_id).filter(there | Q(enrollment_id__in=recorded))
    people = Prefetch("client", Client.objects.prefetch_related("aliases"))
    found: dict[UUID, GroupMember] = {}
    for member in members.select_related("enrollment").prefetch_related(people).order_by("joined_on"):
        found.setdefault(member.enrollment_id, member)
    been = _been_before(meeting, list(found))
    access.note(member.client_id for member in found.values())
    expected = [
        Expected(member.enrollment, member.client, recorded.get(id), new=id not in been) for id, member in found.items()
    ]
    return sorted(expected, key=lambda each: (each.client.short_name.casefold(), str(each.enrollment.id)))


def open_concerns(viewer: Actor, meeting: GroupMeeting) -> dict[UUID, UUID]:
    """{enrollment: safety concern} that an answer of this meeting opened and that nobody has closed. The caller leads
    the group, or serves whom they show.
    """
    rows = SafetyConcern.objects.filter(contact__delivery__meeting=meeting, closed_at=None)
    return dict(rows.values_list("enrollment_id", "id"))


def _been_before(meeting: GroupMeeting, ids: list[UUID]) -> set[UUID]:
    """Those who were at an earlier meeting of the group."""
    rows = Delivery.objects.filter(
        meeting__group_id=meeting.group_id, enrollment_id__in=ids, meeting__at__lt=meeting.at
    )
    return set(rows.filter(contact__outcome="met").values_list("enrollment_id", flat=True))
