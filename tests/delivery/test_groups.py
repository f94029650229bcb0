"""Groups: made, changed and ended; who may join and leave, and what stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.audit.models import RecordedEvent
from openmission.care.services.phases import discharge_client
from openmission.clients.services.clients import ClientDetails
from openmission.delivery.models import Group, GroupMeeting, GroupMember
from openmission.delivery.selectors.rounds import expected_members
from openmission.delivery.services.groups import (
    GroupDetails,
    InvalidGroup,
    change_group,
    end_group,
    join_group,
    leave_group,
    make_group,
)
from openmission.intake.models import Enrollment
from openmission.kernel.errors import IdTaken, Refused
from openmission.kernel.ids import new_id
from tests.delivery.groups import join, save, with_members
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import make_drt_group, people, plan
from tests.world.intake import enroll

pytestmark = pytest.mark.django_db


def details(world: World, **changed: Any) -> GroupDetails:
    """As the group of the world, with changes."""
    group = Group.objects.get(id=world.ids["group"])
    names = ("name", "open", "weekdays", "starts_at", "minutes", "place", "room")
    leaders = (world.staff["case_manager"].id,)
    return GroupDetails(**({name: getattr(group, name) for name in names} | {"leaders": leaders} | changed))


def events(kind: str) -> int:
    return RecordedEvent.objects.filter(kind=f"delivery.{kind}").count()


def of_group(group: Group) -> set[Any]:
    return set(group.members.filter(left_on=None).values_list("enrollment_id", flat=True))


def test_made_twice_with_one_id_it_is_one_group(world: World) -> None:
    id, by = new_id(), world.actor("case_manager")
    given: dict[str, Any] = {
        "team_id": world.north.id,
        "curriculum": "drt",
        "details": details(world, name="New"),
        "by": by,
        "at": NOW,
    }
    assert make_group(id=id, **given) == make_group(id=id, **given)
    assert (Group.objects.filter(name="New").count(), events("GroupMade")) == (1, 2)  # and the one of the world
    assert Group.objects.get(id=id).leaders.get().user_id == by.id
    with pytest.raises(IdTaken):
        make_group(id=id, **given | {"by": world.actor("peer_specialist")})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        pytest.param({"name": " "}, "name", id="no name"),
        pytest.param({"minutes": 9}, "minutes", id="too short"),
        pytest.param({"minutes": 241}, "minutes", id="too long"),
        pytest.param({"place": "moon"}, "place", id="nowhere"),
        pytest.param({"leaders": ()}, "leaders", id="nobody leads it"),
    ],
)
def test_what_cannot_be_right_is_told_at_its_field(world: World, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidGroup) as fault:
        make_drt_group(world, **changed)
    assert fault.value.field == field


def test_it_is_led_by_people_of_the_team_and_goes_through_what_is_published(world: World) -> None:
    by = world.actor("case_manager")
    with pytest.raises(InvalidGroup) as fault:
        make_drt_group(world, leaders=(world.outsiders["case_manager"].id,))
    assert fault.value.field == "leaders"
    with pytest.raises(InvalidGroup) as fault:
        make_group(team_id=world.north.id, curriculum="yoga", details=details(world), by=by, at=NOW)
    assert fault.value.field == "curriculum"


@pytest.mark.parametrize("role", ["intake_worker", "program_manager", "administrator"])
def test_others_do_not_make_groups(world: World, role: str) -> None:
    with pytest.raises(Refused):
        make_group(team_id=world.north.id, curriculum="drt", details=details(world), by=world.actor(role), at=NOW)


def test_nor_does_another_team(world: World) -> None:
    by = world.actor("supervisor", outsider=True)
    with pytest.raises(Refused):
        make_group(team_id=world.north.id, curriculum="drt", details=details(world), by=by, at=NOW)


def test_a_change_of_leaders_keeps_who_stays(world: World) -> None:
    group = make_drt_group(world)
    ana, pat, ben = (world.staff["case_manager"], world.staff["peer_specialist"], world.second_pair["peer_specialist"])
    change_group(group, details=details(world, leaders=(pat.id, ben.id)), by=world.actor("case_manager"), at=NOW)
    assert set(group.leaders.values_list("user_id", flat=True)) == {pat.id, ben.id}
    with pytest.raises(Refused):
        change_group(group, details=details(world, leaders=(ana.id,)), by=world.actor("case_manager"), at=NOW)


@pytest.mark.parametrize(
    ("leaders", "warns"), [(("peer_specialist",), True), (("case_manager", "peer_specialist"), False)]
)
def test_of_a_group_without_a_case_manager_the_page_says_who_leads(
    world: World, leaders: tuple[str, ...], warns: bool
) -> None:
    group = make_drt_group(world, leaders=tuple(world.staff[role].id for role in leaders), name="Small")
    browser = Browser()
    browser.force_login(world.staff["peer_specialist"])
    page = browser.get(f"/groups/{group.id}/").content.decode()
    assert ("These sessions are led by a case manager" in page) is warns


def test_joining_twice_is_once(world: World) -> None:
    group, members = make_drt_group(world), people(world, 1)
    assert join(world, group, members[0]) == join(world, group, members[0])
    assert (group.members.count(), of_group(group)) == (1, {members[0].id})


def test_a_client_is_in_one_group_of_the_same_sessions(world: World) -> None:
    _first, (member,) = with_members(world, 1)
    with pytest.raises(InvalidGroup):
        join(world, make_drt_group(world), member)


def test_and_in_one_of_other_sessions_besides(world: World) -> None:
    _first, (member,) = with_members(world, 1)
    by = world.actor("case_manager")
    talks = make_group(team_id=world.north.id, curriculum="peer", details=details(world), by=by, at=NOW)
    assert of_group(join(world, talks, member).group) == {member.id}


@pytest.mark.parametrize(
    ("open", "held", "joins"),
    [
        pytest.param(False, 0, True, id="closed, before the first meeting"),
        pytest.param(False, 1, True, id="closed, after the first"),
        pytest.param(False, 2, False, id="closed, after the second"),
        pytest.param(True, 2, True, id="open, at any time"),
    ],
)
def test_a_closed_group_takes_nobody_after_its_second_meeting(world: World, open: bool, held: int, joins: bool) -> None:
    group, members = make_drt_group(world, open=open), people(world, 2)
    join(world, group, members[0])
    for number in range(held):
        meeting = plan(world, group, "onset_of_problems", days_ago=7 * (number + 1))
        save(meeting, {members[0].id: {}}, world.actor("case_manager"))
    plan(world, group, "motivation")
    if joins:
        assert join(world, group, members[1], at=NOW).group == group
    else:
        with pytest.raises(InvalidGroup):
            join(world, group, members[1], at=NOW)


def test_who_brings_a_client_serves_them_and_the_group_goes_on_in_their_team(world: World) -> None:
    group, (member,) = make_drt_group(world), people(world, 1)
    for stranger in (world.actor("case_manager", outsider=True), world.actor("intake_worker")):
        with pytest.raises(Refused):
            join_group(group, member, by=stranger, at=NOW)
    elsewhere = enroll(world, ClientDetails(first_name="Noor"), at=NOW - timedelta(days=5), outsider=True)
    with pytest.raises(Refused):
        join_group(group, elsewhere, by=world.actor("case_manager", outsider=True), at=NOW)
    end_group(group, by=world.actor("case_manager"), at=NOW)
    with pytest.raises(Refused):
        join_group(group, member, by=world.actor("case_manager"), at=NOW)


def test_leaving_keeps_what_was_recorded_and_who_comes_back_has_a_new_row(world: World) -> None:
    group, (member, other) = with_members(world, 2)
    meeting = plan(world, group, "onset_of_problems", days_ago=7)
    by = world.actor("case_manager")
    save(meeting, {member.id: {"note": "Has a plan."}, other.id: {}}, by)
    row = group.members.get(enrollment=member)
    for _time in range(2):
        leave_group(row, reason=" Works on Mondays. ", by=by, at=NOW)
    row.refresh_from_db()
    assert (row.left_on, row.left_reason, events("MemberLeft")) == (TODAY, "Works on Mondays.", 1)
    assert {each.enrollment.id for each in expected_members(by, meeting)} == {member.id, other.id}
    assert meeting.deliveries.count() == 2
    back = join_group(group, member, by=by, at=NOW + timedelta(days=7))
    assert back != row and of_group(group) == {member.id, other.id}


def test_strangers_do_not_send_anybody_away_and_a_leader_may(world: World) -> None:
    group, (member,) = with_members(world, 1, leaders=(world.second_pair["peer_specialist"].id,))
    row = GroupMember.objects.get(group=group, enrollment=member)
    with pytest.raises(Refused):
        leave_group(row, reason="", by=world.actor("case_manager", outsider=True), at=NOW)
    leave_group(row, reason="", by=world.actor("supervisor"), at=NOW)
    assert of_group(group) == set()


def test_discharge_leaves_every_group(world: World) -> None:
    group, (member, other) = with_members(world, 2)
    discharge_client(
        member, discharge="completed", discharged_on=TODAY, note="All done.", by=world.actor("case_manager"), at=NOW
    )
    assert Enrollment.objects.get(id=member.id).state != Enrollment.State.ACTIVE
    assert of_group(group) == {other.id}


@pytest.mark.parametrize("way", ["leaves", "is discharged", "sees the group end"])
def test_who_goes_after_the_meeting_has_begun_is_still_recorded_in_it(world: World, way: str) -> None:
    """The last meeting is often the day of goodbye, and its record comes in the evening."""
    group, (member, other) = with_members(world, 2)
    meeting, by = plan(world, group, "onset_of_problems"), world.actor("case_manager")
    if way == "leaves":
        leave_group(group.members.get(enrollment=member), reason="", by=by, at=NOW)
    elif way == "is discharged":
        discharge_client(member, discharge="completed", discharged_on=TODAY, note="All done.", by=by, at=NOW)
    else:
        end_group(group, by=by, at=NOW)
    assert member.id not in of_group(group)
    save(meeting, {member.id: {"note": "A kind goodbye."}, other.id: {}}, by, at=NOW + timedelta(hours=5))
    assert meeting.deliveries.count() == 2


def test_who_leaves_before_the_meeting_is_not_expected_any_more(world: World) -> None:
    group, (member, other) = with_members(world, 2)
    meeting, by = plan(world, group, "onset_of_problems"), world.actor("case_manager")
    leave_group(group.members.get(enrollment=member), reason="", by=by, at=meeting.at - timedelta(hours=1))
    assert [each.enrollment.id for each in expected_members(by, meeting)] == [other.id]


def test_ending_cancels_what_is_to_come_once(world: World) -> None:
    group, (member,) = with_members(world, 1)
    past, coming = plan(world, group, "motivation", days_ago=7), plan(world, group, "communication", days_ago=-7)
    for _time in range(2):
        end_group(group, by=world.actor("case_manager"), at=NOW)
    states = {row.id: row.state for row in GroupMeeting.objects.filter(group=group)}
    assert states == {past.id: "planned", coming.id: "cancelled"}
    assert (of_group(group), events("GroupEnded"), events("MemberLeft")) == (set(), 1, 1)
    save(past, {member.id: {}}, world.actor("case_manager"))
    assert past.deliveries.count() == 1


def test_only_leaders_and_the_supervisor_end_it(world: World) -> None:
    group = make_drt_group(world, leaders=(world.second_pair["peer_specialist"].id,))
    with pytest.raises(Refused):
        end_group(group, by=world.actor("case_manager"), at=NOW)
    end_group(group, by=world.actor("supervisor"), at=NOW)
    group.refresh_from_db()
    assert group.ended_on == TODAY
