"""A meeting of the past, emergency access and a number that is taken reach nobody whom they should not."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from openmission.clients.services.break_glass import break_glass
from openmission.delivery.models import Delivery, Group, GroupMeeting, GroupMember
from openmission.delivery.selectors.rounds import expected_members
from openmission.delivery.services.groups import join_group, leave_group
from openmission.delivery.services.meetings import MeetingDetails, change_meeting, plan_meeting
from openmission.desk.pages.groups import group_lines
from openmission.intake.models import Enrollment
from openmission.kernel.errors import Refused
from openmission.staff.viewers import actor_for
from tests.care.people import luis
from tests.delivery.groups import save, with_members
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import people, plan

pytestmark = pytest.mark.django_db


def details(days_ago: int) -> MeetingDetails:
    at = NOW - timedelta(days=days_ago)
    return MeetingDetails(at=at, minutes=60, place="office", room="", session="motivation")


def plan_back(world: World, group: Group) -> GroupMeeting:
    """A meeting of fifteen days ago, planned now."""
    return plan_meeting(group, details=details(15), by=world.actor("case_manager"), at=NOW)


def left(member: Enrollment, days_ago: int = 10) -> None:
    GroupMember.objects.filter(enrollment=member).update(left_on=TODAY - timedelta(days=days_ago))


def expected(world: World, meeting: GroupMeeting) -> set[object]:
    return {each.enrollment.id for each in expected_members(world.actor("case_manager"), meeting)}


def test_a_meeting_planned_after_its_day_brings_back_nobody_who_left(world: World) -> None:
    group, (gone, here) = with_members(world, 2)
    left(gone)
    meeting, by = plan_back(world, group), world.actor("case_manager")
    assert expected(world, meeting) == {here.id}
    assert set(save(meeting, {gone.id: {}}, by).conflicts) == {gone.id}
    assert not Delivery.objects.filter(enrollment=gone).exists()


def test_nor_does_one_that_is_moved_there(world: World) -> None:
    group, (gone, here) = with_members(world, 2)
    left(gone)
    meeting = plan(world, group, "motivation", days_ago=5)
    change_meeting(meeting, details=details(15), by=world.actor("case_manager"), at=NOW)
    meeting.refresh_from_db()
    assert expected(world, meeting) == {here.id}


def test_one_planned_in_time_and_recorded_late_lists_who_left_since(world: World) -> None:
    group, (gone, here) = with_members(world, 2)
    meeting = plan(world, group, "motivation", days_ago=15)
    left(gone)
    assert expected(world, meeting) == {gone.id, here.id}


def test_who_came_unannounced_and_who_is_recorded_stay_in_it(world: World) -> None:
    group, (gone, here) = with_members(world, 2)
    meeting, late = plan_back(world, group), people(world, 3)[2]
    save(meeting, {gone.id: {}}, world.actor("case_manager"))
    left(gone)
    join_group(group, late, by=world.actor("case_manager"), at=NOW, on=meeting.on)
    assert expected(world, meeting) == {gone.id, here.id, late.id}


def test_my_day_waits_for_no_record_of_who_left(world: World) -> None:
    group, (gone, here, other) = with_members(world, 3)
    left(gone, 2)
    by = world.actor("case_manager")
    meeting = plan_meeting(group, details=details(5), by=by, at=NOW)
    save(meeting, {here.id: {}}, by)
    lines = [line.what for line in group_lines(by, on=TODAY) if line.action_url == f"/meetings/{meeting.id}/run/"]
    assert len(lines) == 1 and "1 of 2 is not recorded yet." in lines[0]
    save(meeting, {other.id: {}}, by)
    assert not [line for line in group_lines(by, on=TODAY) if line.action_url == f"/meetings/{meeting.id}/run/"]


def test_emergency_access_takes_nobody_out_of_a_group(world: World) -> None:
    member, bea = GroupMember.objects.get(id=world.ids["member"]), world.second_pair["case_manager"]
    by = actor_for(bea, on=TODAY)
    break_glass(client_id=luis(world).client_id, reason="An emergency at the shelter.", by=by, at=NOW)
    with pytest.raises(Refused, match="emergency access"):
        leave_group(member, reason="", by=by, at=NOW)
    member.refresh_from_db()
    assert member.left_on is None


def test_a_number_of_another_meeting_is_renewed_and_the_round_is_saved(world: World) -> None:
    group, (member, _other) = with_members(world, 2)
    meeting, browser, taken = plan(world, group, "life_problem_areas"), Browser(), str(world.ids["held"])
    browser.force_login(world.staff["case_manager"])
    address, sent = f"/meetings/{meeting.id}/run/", {f"m-{member.id}-attendance": "present", "minutes": "60"}
    sent |= {"homework": "", "next_id": taken, "next_day": (TODAY + timedelta(days=7)).isoformat()}
    sent |= {"next_time": "10:00", "next_session": "motivation"}
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    new = answer.context["page"].round.close["next_id"].value()
    assert new != taken and new in answer.content.decode()
    assert browser.post(address, sent | {"next_id": new}).status_code == 302
    assert group.meetings.count() == 2
