"""A group of its own for the tests of this folder, and recording its meetings as somebody."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from openmission.delivery.models import Delivery, Group, GroupMeeting, GroupMember
from openmission.delivery.services.groups import join_group
from openmission.delivery.services.rounds import MemberSaid, RoundSaid, RoundSaved, save_meeting
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from tests.world.cast import NOW, World
from tests.world.delivery import make_drt_group, people

Said = dict[UUID, dict[str, Any]]


def with_members(world: World, number: int, **group: Any) -> tuple[Group, list[Enrollment]]:
    """Led by Ana and Pat, and so many clients of theirs who joined three weeks ago."""
    made, members = make_drt_group(world, **({"name": "Other group"} | group)), people(world, number)
    for member in members:
        join(world, made, member)
    return made, members


def join(world: World, group: Group, member: Enrollment, at: datetime | None = None) -> GroupMember:
    return join_group(group, member, by=world.actor("case_manager"), at=at or member.enrolled_at)


def save(
    meeting: GroupMeeting,
    answers: Said,
    by: Actor,
    *,
    seen: int = 0,
    knowing: frozenset[UUID] = frozenset(),
    at: datetime = NOW,
    **said: Any,
) -> RoundSaved:
    """Somebody records a meeting of an hour; everybody is there unless said otherwise."""
    members = tuple(
        MemberSaid(enrollment_id=id, answers=each, seen=seen, knowing=id in knowing) for id, each in answers.items()
    )
    return save_meeting(meeting, said=RoundSaid(members=members, **({"minutes": 60} | said)), by=by, at=at)


def record_of(meeting: GroupMeeting, member: Enrollment) -> Delivery:
    rows = Delivery.objects.select_related("contact", "exam")
    return rows.get(meeting=meeting, enrollment=member)


def versions(delivery: Delivery) -> list[dict[str, Any]]:
    """What each save said, oldest first."""
    return [json.loads(version.answers) for version in delivery.versions.order_by("revision")]
