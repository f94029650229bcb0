"""A group of the North team that goes through DRT: Luis is in it, and so is Sean, whom the second pair serves."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from openmission.clients.services.clients import ClientDetails
from openmission.delivery.models import Group, GroupMeeting
from openmission.delivery.services.groups import GroupDetails, join_group, make_group
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting
from openmission.delivery.services.rounds import MemberSaid, RoundSaid, save_meeting
from openmission.intake.models import Enrollment
from tests.world.cast import NOW, SINCE, World
from tests.world.intake import enroll

MEMBERS = (
    "Will Marsh",
    "Grace Dove",
    "Mark Hill",
    "Hope Lane",
    "Dana Reyes",
    "Mae Tran",
    "Rose Quill",
    "Ángel Soto",
)
CALM: dict[str, Any] = {
    "agenda": "together",
    "use": "none",
    "motivation": 7,
    "mood": 6,
    "anxiety": 4,
    "medication": "as_prescribed",
    "topic": "took_part",
    "supports": ["twelve_step"],
}


def build_delivery(world: World) -> None:
    """`ids` "group", "member" (Luis), "held": a week ago with session 1 ("delivery": that of Luis),
    "meeting": today's with session 2.
    """
    group = make_drt_group(world)
    luis = Enrollment.objects.get(id=world.ids["enrollment"])
    sean = Enrollment.objects.get(client_id=world.ids["sean"])
    member = join_group(group, luis, by=world.actor("case_manager"), at=SINCE + timedelta(days=1))
    join_group(group, sean, by=world.actor("supervisor"), at=SINCE + timedelta(days=1))
    held = plan(world, group, "onset_of_problems", days_ago=7)
    hold(
        world,
        held,
        {luis.id: {"exam": CALM, "note": "Told about the first winter."}, sean.id: {"attendance": "absent"}},
    )
    meeting = plan(world, group, "life_problem_areas", days_ago=0)
    delivery = held.deliveries.get(enrollment=luis)
    world.ids |= {
        "group": group.id,
        "member": member.id,
        "held": held.id,
        "meeting": meeting.id,
        "delivery": delivery.id,
    }


def make_drt_group(world: World, **changed: Any) -> Group:
    """Ana and Pat lead it on Mondays."""
    leaders = (world.staff["case_manager"].id, world.staff["peer_specialist"].id)
    given: dict[str, Any] = {"name": "Monday group", "open": True, "weekdays": (0,), "starts_at": time(10)}
    given |= {"minutes": 60, "place": "office", "room": "Room 2", "leaders": leaders}
    details = GroupDetails(**(given | changed))
    return make_group(
        team_id=world.north.id, curriculum="drt", details=details, by=world.actor("case_manager"), at=SINCE
    )


def plan(world: World, group: Group, session: str, *, days_ago: int = 0) -> GroupMeeting:
    """A meeting half an hour before this hour, so many days ago."""
    at = NOW - timedelta(days=days_ago, minutes=30)
    details = MeetingDetails(at=at, minutes=60, place="office", room="Room 2", session=session)
    return plan_meeting(group, details=details, by=world.actor("case_manager"), at=at - timedelta(hours=1))


def hold(world: World, meeting: GroupMeeting, answers: dict[UUID, dict[str, Any]], **said: Any) -> Any:
    """Ana records the meeting at its end."""
    members = tuple(
        MemberSaid(enrollment_id=id, answers={"attendance": "present"} | each) for id, each in answers.items()
    )
    at = min(meeting.at + timedelta(hours=1), NOW)
    return save_meeting(
        meeting, said=RoundSaid(members=members, minutes=60, **said), by=world.actor("case_manager"), at=at
    )


def people(world: World, number: int = 6) -> list[Enrollment]:
    """So many more clients of Ana and Pat, enrolled three weeks ago."""
    found = []
    for name in MEMBERS[:number]:
        first, last = name.split()
        details = ClientDetails(first_name=first, last_name=last)
        found.append(enroll(world, details, at=NOW - timedelta(days=21)))
    return found
