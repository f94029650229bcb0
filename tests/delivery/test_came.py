"""Who came unannounced, or stood on paper only: they are in the group since that day, and in its round."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from openmission.delivery.models import Group, GroupMeeting
from openmission.delivery.selectors.courses import known_of
from openmission.delivery.selectors.overview import could_join
from openmission.delivery.selectors.rounds import expected_members
from openmission.delivery.services.groups import InvalidGroup, end_group, join_group, leave_group
from openmission.intake.models import Enrollment
from openmission.kernel.errors import Refused
from tests.delivery.groups import record_of, save, with_members
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import CALM, people, plan

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def came(world: World, group: Group, member: Enrollment, on: date, role: str = "case_manager") -> None:
    join_group(group, member, by=world.actor(role), at=NOW, on=on)


def expected(world: World, meeting: GroupMeeting) -> set[object]:
    return {each.enrollment.id for each in expected_members(world.actor("case_manager"), meeting)}


def test_who_was_there_on_paper_is_in_last_weeks_round(world: World) -> None:
    group, (member,) = with_members(world, 1)
    old, by = plan(world, group, "motivation", days_ago=7), world.actor("case_manager")
    late = people(world, 2)[1]
    save(old, {member.id: {}}, by)
    came(world, group, late, TODAY - WEEK)
    assert expected(world, old) == {member.id, late.id}
    save(old, {late.id: {"exam": CALM}}, by)
    assert record_of(old, late).contact.on == TODAY - WEEK


def test_of_meetings_that_were_held_meanwhile_nobody_says_that_the_new_member_missed_them(world: World) -> None:
    group, (member,) = with_members(world, 1)
    by = world.actor("case_manager")
    for days_ago, session in ((14, "onset_of_problems"), (7, "life_problem_areas")):
        save(plan(world, group, session, days_ago=days_ago), {member.id: {}}, by)
    late = people(world, 2)[1]
    came(world, group, late, TODAY - 2 * WEEK)
    course = known_of(by, [late.id])[late.id].course("drt")
    assert (course.missed, course.done) == ({}, {})
    held = group.meetings.order_by("at").last()
    assert held
    save(held, {member.id: {"note": "A good talk."}}, by, seen=1)  # nor when somebody corrects another's record
    assert known_of(by, [late.id])[late.id].course("drt").missed == {}


def test_who_joined_later_was_there_earlier_in_the_same_row(world: World) -> None:
    group, (member,) = with_members(world, 1)
    old, late = plan(world, group, "motivation", days_ago=7), people(world, 2)[1]
    came(world, group, late, TODAY)
    assert late not in could_join(world.actor("case_manager"), group, at=NOW)
    assert late in could_join(world.actor("case_manager"), group, at=NOW, on=old.on)
    came(world, group, late, old.on)
    came(world, group, late, TODAY)  # and nothing makes it later again
    assert group.members.get(enrollment=late).joined_on == old.on
    assert expected(world, old) == {member.id, late.id}


def test_who_had_left_and_comes_back_has_a_new_row_and_stands_once_in_the_round(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    leave_group(group.members.get(enrollment=member), reason="", by=by, at=NOW)  # when it had begun
    came(world, group, member, meeting.on)
    assert group.members.filter(enrollment=member).count() == 2
    assert [each.enrollment.id for each in expected_members(by, meeting)] == [member.id]


def test_who_comes_back_does_not_stand_twice_on_a_day(world: World) -> None:
    group, (member,) = with_members(world, 1)
    leave_group(group.members.get(), reason="", by=world.actor("case_manager"), at=NOW - timedelta(days=3))
    with pytest.raises(InvalidGroup) as told:
        came(world, group, member, TODAY - timedelta(days=4))
    assert told.value.field == "on"
    came(world, group, member, TODAY - timedelta(days=3))
    assert group.members.count() == 2


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param(1, "Choose today or an earlier day.", id="to come"),
        pytest.param(-22, "is in the program since", id="before the client's program"),
        pytest.param(-1000, "The group began on", id="before the group"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(world: World, days: int, told: str) -> None:
    group, (_member,) = with_members(world, 1)
    late = people(world, 2)[1]
    with pytest.raises(InvalidGroup) as fault:
        came(world, group, late, TODAY + timedelta(days=days))
    assert (fault.value.field, group.members.count()) == ("on", 1)
    assert told in str(fault.value.message)


def test_a_group_of_paper_began_with_its_first_meeting(world: World) -> None:
    """It was made today, and its round of last week is recorded now."""
    group, (_member,) = with_members(world, 1)
    Group.objects.filter(id=group.id).update(begins_on=TODAY)
    late = people(world, 2)[1]
    with pytest.raises(InvalidGroup):
        came(world, group, late, TODAY - WEEK)
    old = plan(world, group, "motivation", days_ago=7)
    came(world, group, late, old.on)
    assert late.id in expected(world, old)


@pytest.mark.parametrize(
    ("days_ago", "joins"),
    [
        pytest.param(14, True, id="at the first meeting"),
        pytest.param(7, True, id="at the second"),
        pytest.param(0, False, id="at the third"),
    ],
)
def test_a_closed_group_is_closed_as_of_the_joining_day(world: World, days_ago: int, joins: bool) -> None:
    group, (member,) = with_members(world, 1, open=False)
    for ago, session in ((14, "onset_of_problems"), (7, "life_problem_areas")):
        save(plan(world, group, session, days_ago=ago), {member.id: {}}, world.actor("case_manager"))
    plan(world, group, "motivation")
    late = people(world, 2)[1]
    if not joins:
        with pytest.raises(InvalidGroup):
            came(world, group, late, TODAY)
        return
    came(world, group, late, TODAY - timedelta(days=days_ago))
    assert group.members.filter(enrollment=late).exists()


def test_the_reach_is_that_of_joining(world: World) -> None:
    group, (_member,) = with_members(world, 1)
    late = people(world, 2)[1]
    with pytest.raises(Refused):
        join_group(group, late, by=world.actor("case_manager", outsider=True), at=NOW, on=TODAY)
    end_group(group, by=world.actor("case_manager"), at=NOW)
    with pytest.raises(Refused):
        came(world, group, late, TODAY)


def test_from_the_round_and_back_to_it(world: World) -> None:
    group, (_member,) = with_members(world, 1)
    meeting, late, browser = plan(world, group, "motivation", days_ago=7), people(world, 2)[1], Browser()
    browser.force_login(world.staff["case_manager"])
    run, form = f"/meetings/{meeting.id}/run/", f"/meetings/{meeting.id}/came/"
    assert form in browser.get(run).content.decode()
    assert form in browser.get(f"/meetings/{meeting.id}/").content.decode()
    assert str(late.id) in browser.get(form).content.decode()
    for _time in range(2):
        answer = browser.post(form, {"enrollment": [str(late.id)]})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{run}#h-{late.id}")
    page = browser.get(run).content.decode()
    assert f'id="h-{late.id}"' in page
    assert f'content="round:{meeting.id}"' not in page  # the draft of the round was not saved by it


def test_the_form_of_joining_takes_an_earlier_day(world: World) -> None:
    group, (_member,) = with_members(world, 1)
    late, browser = people(world, 2)[1], Browser()
    browser.force_login(world.staff["case_manager"])
    address, sent = f"/groups/{group.id}/join/", {"enrollment": [str(late.id)]}
    answer = browser.post(address, sent | {"on": (TODAY + WEEK).isoformat()})
    assert answer.status_code == 422 and "Choose today or an earlier day." in answer.content.decode()
    assert browser.post(address, sent | {"on": (TODAY - WEEK).isoformat()}).status_code == 302
    assert group.members.get(enrollment=late).joined_on == TODAY - WEEK


def test_only_who_leads_adds_to_a_round(world: World) -> None:
    group, (_member,) = with_members(world, 1, leaders=(world.second_pair["peer_specialist"].id,))
    meeting, browser = plan_by_supervisor(world, group), Browser()
    browser.force_login(world.staff["case_manager"])
    assert browser.get(f"/meetings/{meeting.id}/came/").status_code == 403


def plan_by_supervisor(world: World, group: Group) -> GroupMeeting:
    group.leaders.create(user=world.staff["case_manager"])
    meeting = plan(world, group, "motivation")
    group.leaders.filter(user=world.staff["case_manager"]).delete()
    return meeting
