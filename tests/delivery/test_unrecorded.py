"""A meeting that was recorded for some of its members only stays on the leaders' day until that is settled."""

import html
from datetime import timedelta

import pytest
from django.test import Client as Browser

from openmission.care.services.withdrawals import withdraw_contact
from openmission.delivery.models import GroupMeeting, GroupMember
from openmission.delivery.services.groups import end_group
from openmission.delivery.services.meetings import InvalidMeeting, complete_meeting
from openmission.desk.pages.groups import group_lines
from openmission.kernel.actors import Actor
from openmission.kernel.errors import Refused
from tests.delivery.groups import record_of, save, with_members
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import plan

pytestmark = pytest.mark.django_db


def told(by: Actor, meeting: GroupMeeting, days: int = 0) -> list[str]:
    """What My day says of the group's held meeting, so many days later."""
    lines = group_lines(by, on=TODAY + timedelta(days=days))
    return [line.what.partition(": ")[2] for line in lines if line.action_url == f"/meetings/{meeting.id}/run/"]


def test_whoever_has_no_record_is_told_of_until_they_have_one(world: World) -> None:
    group, (will, grace, mark) = with_members(world, 3)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    save(meeting, {will.id: {}}, by)
    assert told(by, meeting) == ["2 of 3 are not recorded yet."]
    assert told(world.actor("peer_specialist"), meeting, 13) == ["2 of 3 are not recorded yet."]
    save(meeting, {grace.id: {"attendance": "excused"}}, by)
    assert told(by, meeting) == ["1 of 3 is not recorded yet."]
    save(meeting, {mark.id: {"attendance": "absent"}}, by)
    assert told(by, meeting) == []
    withdraw_contact(record_of(meeting, mark).contact, reason="Somebody else.", by=by, at=NOW)
    assert told(by, meeting) == ["1 of 3 is not recorded yet."]


def test_it_rests_after_two_weeks_and_counts_who_was_a_member_that_day(world: World) -> None:
    group, (will, grace, mark) = with_members(world, 3)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    GroupMember.objects.filter(enrollment=mark).update(left_on=TODAY)
    save(meeting, {will.id: {}}, by)
    GroupMember.objects.filter(enrollment=grace).update(left_on=TODAY + timedelta(days=1))
    assert told(by, meeting, 14) == ["1 of 2 is not recorded yet."]
    assert told(by, meeting, 15) == []


def test_beside_it_the_group_is_still_told_to_have_no_date(world: World) -> None:
    group, (will, _grace) = with_members(world, 2)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    save(meeting, {will.id: {}}, by)
    lines = [line.action_url for line in group_lines(by, on=TODAY + timedelta(days=10)) if line.name == group.name]
    assert sorted(lines) == [f"/groups/{group.id}/plan/", f"/meetings/{meeting.id}/run/"]


def test_it_is_told_of_after_the_group_has_ended(world: World) -> None:
    group, (will, _grace) = with_members(world, 2)
    meeting, by = plan(world, group, "motivation", days_ago=1), world.actor("case_manager")
    save(meeting, {will.id: {}}, by)
    end_group(group, by=by, at=NOW)
    assert told(by, meeting) == ["1 of 2 is not recorded yet."]


def test_who_leads_leaves_them_without_a_record(world: World) -> None:
    group, (will, _grace) = with_members(world, 2)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    with pytest.raises(InvalidMeeting):
        complete_meeting(meeting, by=by, at=NOW)
    save(meeting, {will.id: {}}, by)
    with pytest.raises(Refused):
        complete_meeting(meeting, by=world.actor("case_manager", outsider=True), at=NOW)
    browser, page = Browser(), f"/meetings/{meeting.id}/"
    browser.force_login(world.staff["case_manager"])
    assert "1 of 2 is not recorded yet." in html.unescape(browser.get(page).content.decode())
    for _time in range(2):
        assert browser.post(f"{page}complete/").status_code == 302
    assert "not recorded yet" not in browser.get(page).content.decode()
    assert told(by, meeting) == []
