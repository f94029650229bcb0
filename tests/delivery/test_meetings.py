"""Group meetings: planned, moved, cancelled, held; whoever sends a form twice has done it once."""

from datetime import timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.delivery.models import Group, GroupMeeting
from openmission.delivery.selectors.courses import known_of
from openmission.delivery.services.groups import end_group
from openmission.delivery.services.meetings import (
    InvalidMeeting,
    MeetingDetails,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from openmission.delivery.services.rounds import CannotRecord
from openmission.kernel.errors import IdTaken, Refused
from openmission.kernel.ids import new_id
from tests.delivery.groups import join, save, with_members
from tests.world.cast import NOW, World
from tests.world.delivery import CALM, make_drt_group, people, plan

pytestmark = pytest.mark.django_db
NEXT = NOW + timedelta(days=7)


def details(**changed: Any) -> MeetingDetails:
    given: dict[str, Any] = {"at": NEXT, "minutes": 60, "place": "office", "room": "Room 2", "session": "motivation"}
    return MeetingDetails(**(given | changed))


def planned(group: Group) -> list[GroupMeeting]:
    return list(group.meetings.filter(state="planned").order_by("at"))


def events(kind: str) -> int:
    return RecordedEvent.objects.filter(kind=f"delivery.{kind}").count()


def test_planned_twice_with_one_id_it_is_one_meeting(world: World) -> None:
    group, id, by = make_drt_group(world), new_id(), world.actor("case_manager")
    first = plan_meeting(group, details=details(), by=by, at=NOW, id=id)
    assert plan_meeting(group, details=details(), by=by, at=NOW, id=id) == first
    assert planned(group) == [first]
    assert (first.session, first.sheet, first.version) == ("motivation", "readiness_rulers", 1)
    with pytest.raises(IdTaken):
        plan_meeting(make_drt_group(world, name="A third"), details=details(), by=by, at=NOW, id=id)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        pytest.param({"at": NOW + timedelta(days=401)}, "day", id="too far ahead"),
        pytest.param({"at": NOW - timedelta(days=367)}, "day", id="too long ago"),
        pytest.param({"minutes": 5}, "minutes", id="too short"),
        pytest.param({"place": "moon"}, "place", id="nowhere"),
        pytest.param({"session": "yoga"}, "session", id="another curriculum's"),
    ],
)
def test_what_cannot_be_right_is_told_at_its_field(world: World, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidMeeting) as fault:
        plan_meeting(make_drt_group(world), details=details(**changed), by=world.actor("case_manager"), at=NOW)
    assert fault.value.field == field


def test_only_who_leads_plans_moves_cancels_and_records(world: World) -> None:
    """Ana works in the team, and does not lead this group."""
    group, (member,) = with_members(world, 1, leaders=(world.staff["peer_specialist"].id,))
    meeting = plan_meeting(group, details=details(at=NOW), by=world.actor("peer_specialist"), at=NOW)
    for stranger in (world.actor("case_manager"), world.actor("peer_specialist", outsider=True)):
        with pytest.raises(Refused):
            plan_meeting(group, details=details(), by=stranger, at=NOW)
        with pytest.raises(Refused):
            change_meeting(meeting, details=details(), by=stranger, at=NOW)
        with pytest.raises(Refused):
            cancel_meeting(meeting, reason="Snow", by=stranger, at=NOW)
        with pytest.raises(Refused):
            save(meeting, {member.id: {}}, stranger)
    assert [(each.state, each.at) for each in group.meetings.all()] == [("planned", NOW)]
    cancel_meeting(meeting, reason="Snow", by=world.actor("supervisor"), at=NOW)


def test_a_meeting_that_is_moved_twice_is_moved_once(world: World) -> None:
    group, by = make_drt_group(world), world.actor("case_manager")
    meeting = plan(world, group, "motivation", days_ago=-7)
    before = events("MeetingPlanned")
    for _time in range(2):
        change_meeting(meeting, details=details(at=NEXT, session="communication"), by=by, at=NOW)
    (moved,) = planned(group)
    assert (moved.id, moved.at, moved.session) == (meeting.id, NEXT, "communication")
    assert events("MeetingPlanned") == before + 1


def test_a_meeting_is_not_moved_onto_another(world: World) -> None:
    group, by = make_drt_group(world, name="Other group"), world.actor("case_manager")
    plan_meeting(group, details=details(), by=by, at=NOW)
    later = plan_meeting(group, details=details(at=NEXT + timedelta(days=7)), by=by, at=NOW)
    with pytest.raises(InvalidMeeting) as told:
        change_meeting(later, details=details(), by=by, at=NOW)
    assert told.value.field == "day"
    assert change_meeting(later, details=details(at=later.at, room="12"), by=by, at=NOW).room == "12"


def test_a_cancelled_meeting_is_missed_by_nobody(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    with pytest.raises(InvalidMeeting) as fault:
        cancel_meeting(meeting, reason="  ", by=by, at=NOW)
    assert fault.value.field == "reason"
    for _time in range(2):
        cancel_meeting(meeting, reason="Snow", by=by, at=NOW)
    known = known_of(by, [member.id])[member.id]
    assert (known.course("drt").missed, known.coming) == ({}, {})
    assert events("MeetingCancelled") == 1
    with pytest.raises(CannotRecord):
        save(meeting, {member.id: {}}, by)
    assert not meeting.deliveries.exists()


def test_who_cancels_or_moves_what_a_colleague_closed_is_told(world: World) -> None:
    group, (member,) = with_members(world, 1)
    by = world.actor("case_manager")
    held, called_off = plan(world, group, "motivation", days_ago=7), plan(world, group, "communication")
    save(held, {member.id: {}}, by)
    cancel_meeting(called_off, reason="Snow", by=by, at=NOW)
    for meeting in (held, called_off):
        with pytest.raises(InvalidMeeting):
            cancel_meeting(meeting, reason="Flood", by=by, at=NOW)
        with pytest.raises(InvalidMeeting):
            change_meeting(meeting, details=details(), by=by, at=NOW)


def test_a_meeting_to_come_is_not_recorded_yet(world: World) -> None:
    group, (member,) = with_members(world, 1)
    with pytest.raises(CannotRecord):
        save(plan(world, group, "motivation", days_ago=-1), {member.id: {}}, world.actor("case_manager"))


def test_an_ended_group_plans_nothing(world: World) -> None:
    group, by = make_drt_group(world), world.actor("case_manager")
    end_group(group, by=by, at=NOW)
    with pytest.raises(InvalidMeeting):
        plan_meeting(group, details=details(), by=by, at=NOW)


def test_saved_twice_the_round_has_one_next_meeting_and_says_once_that_it_was_held(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting, before = plan(world, group, "motivation"), events("MeetingPlanned")
    sent: dict[str, Any] = {"next_meeting": details(), "next_id": new_id(), "homework": "One step."}
    for _time in range(2):
        save(meeting, {member.id: {"exam": CALM}}, world.actor("case_manager"), **sent)
    (following,) = planned(group)
    assert following.id == sent["next_id"]
    assert (events("MeetingHeld"), events("MeetingPlanned")) == (2, before + 1)  # the world has held one, too
    assert events("DeliveryChanged") == 0


def test_two_who_close_the_round_plan_the_next_meeting_once(world: World) -> None:
    """Each form brings an id of its own; what is for another moment is another meeting."""
    group, (member,) = with_members(world, 1)
    meeting = plan(world, group, "motivation")
    for role, at in (("case_manager", NEXT), ("peer_specialist", NEXT), ("peer_specialist", NEXT + timedelta(days=3))):
        by = world.actor(role)
        save(meeting, {member.id: {}}, by, next_meeting=details(at=at), next_id=new_id())
    assert [each.at for each in planned(group)] == [NEXT, NEXT + timedelta(days=3)]


def test_a_round_that_is_sent_again_does_not_bring_back_what_was_cancelled_since(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    sent: dict[str, Any] = {"next_meeting": details(), "next_id": new_id()}
    save(meeting, {member.id: {}}, by, **sent)
    cancel_meeting(planned(group)[0], reason="Holiday", by=by, at=NOW)
    save(meeting, {member.id: {}}, by, **sent)
    assert planned(group) == []


def test_who_came_later_belongs_to_later_meetings_only(world: World) -> None:
    group, (member,) = with_members(world, 1)
    old = plan(world, group, "motivation", days_ago=7)
    late = people(world, 2)[1]
    join(world, group, late, at=NOW - timedelta(days=1))
    save(old, {member.id: {}, late.id: {}}, world.actor("case_manager"))
    assert [row.enrollment_id for row in old.deliveries.all()] == [member.id]
