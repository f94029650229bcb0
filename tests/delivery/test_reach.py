"""Who sees and leads a group: a leader records for members whom colleagues serve, and sees of them no chart."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from openmission.audit.models import Access
from openmission.care.policies import can_log_contact
from openmission.clients.services.clients import ClientDetails
from openmission.delivery.models import Group
from openmission.delivery.policies import can_lead_group
from openmission.delivery.selectors.groups import get_group, get_meeting, get_member, group_days
from openmission.delivery.selectors.overview import could_join, group_rows, overview
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.staff.models import User
from openmission.staff.viewers import actor_for
from tests.delivery.groups import join, record_of, save
from tests.world.cast import NOW, SINCE, TODAY, World
from tests.world.delivery import CALM, make_drt_group, people
from tests.world.intake import enroll

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(world: World) -> Actor:
    """Peer of the second pair, leads the group, and serves nobody in it. Pat, of the first pair, leads it with him."""
    return actor_for(world.second_pair["peer_specialist"], on=TODAY)


@pytest.fixture
def group(world: World, ben: Actor) -> Group:
    """Two members, whom Ana and Pat serve."""
    made = make_drt_group(world, name="Of the second pair", leaders=(ben.id, world.staff["peer_specialist"].id))
    for member in people(world, 2):
        join(world, made, member)
    return made


def planned(group: Group, by: Actor) -> Any:
    details = MeetingDetails(at=NOW - timedelta(minutes=30), minutes=60, place="office", room="", session="motivation")
    return plan_meeting(group, details=details, by=by, at=NOW - timedelta(hours=1))


def members(group: Group) -> Iterator[Enrollment]:
    for row in group.members.select_related("enrollment").order_by("client__first_name"):
        yield row.enrollment


def browser(user: User) -> Browser:
    found = Browser()
    found.force_login(user)
    return found


def test_a_leader_records_for_a_member_whom_colleagues_serve(group: Group, ben: Actor) -> None:
    grace, will = members(group)
    meeting = planned(group, ben)
    save(meeting, {grace.id: {"exam": CALM, "note": "Came."}, will.id: {"attendance": "absent"}}, ben)
    save(meeting, {grace.id: {"exam": {**CALM, "mood": 8}, "note": "Came."}}, ben, seen=1)
    record = record_of(meeting, grace)
    assert (record.contact.recorded_by, record.exam.mood, record.revision) == (ben.id, 8, 2)
    assert [row.role for row in record.contact.staff.all()] == ["peer_specialist"]


def test_and_does_not_see_their_chart(world: World, group: Group, ben: Actor) -> None:
    grace, _will = members(group)
    meeting, page = planned(group, ben), browser(world.second_pair["peer_specialist"])
    save(meeting, {grace.id: {"exam": CALM, "note": "Came."}}, ben)
    contact = record_of(meeting, grace).contact
    closed = (f"/clients/{grace.client_id}/", f"/sessions/{grace.id}/", f"/sessions/{grace.id}/drt/")
    for address in (*closed, f"/contacts/{contact.id}/", f"/workbook/{grace.id}/"):
        assert page.get(address).status_code == 404, address
    assert not can_log_contact(ben, grace, NOW)
    for address in (f"/groups/{group.id}/", f"/meetings/{meeting.id}/", f"/meetings/{meeting.id}/run/"):
        text = page.get(address).content.decode()
        assert "Grace" in text
        assert f"/clients/{grace.client_id}/" not in text


@pytest.mark.parametrize("page", ["group", "meeting", "run"])
def test_the_leader_sees_all_members_and_each_is_noted_in_the_access_log(
    world: World, group: Group, ben: Actor, page: str
) -> None:
    meeting = planned(group, ben)
    address = reverse(f"delivery:{page}", args=[group.id if page == "group" else meeting.id])
    browser(world.second_pair["peer_specialist"]).get(address)
    looked = Access.objects.filter(by_id=ben.id, page=f"delivery:{page}")
    assert set(looked.values_list("client_id", flat=True)) == {member.client_id for member in members(group)}


def test_a_colleague_who_neither_leads_nor_serves_sees_no_member(world: World, group: Group, ben: Actor) -> None:
    """Bea gives care in the team. The counts are the group's; who they are is not hers to see, and no look is noted."""
    bea = actor_for(world.second_pair["case_manager"], on=TODAY)
    page = overview(bea, get_group(bea, group.id), at=NOW)
    assert (page.leads, page.standings, page.hidden, page.size) == (False, (), 2, 2)
    for address in (f"/groups/{group.id}/", f"/meetings/{planned(group, ben).id}/"):
        answer = browser(world.second_pair["case_manager"]).get(address)
        assert not [name for name in ("Grace", "Marsh", "Will M") if name in answer.content.decode()]
        assert answer.status_code == 200
    assert not Access.objects.filter(by_id=bea.id).exists()


def test_a_colleague_who_serves_one_of_them_sees_that_one(world: World, group: Group) -> None:
    sean = Enrollment.objects.get(client_id=world.ids["sean"])
    made = Group.objects.get(id=world.ids["group"])
    bea = actor_for(world.second_pair["case_manager"], on=TODAY)
    page = overview(bea, get_group(bea, made.id), at=NOW)
    assert [each.member.enrollment for each in page.standings] == [sean]
    assert (page.hidden, page.standings[0].open_chart, page.leads) == (1, True, False)


@pytest.mark.parametrize("role", ["case_manager", "peer_specialist", "supervisor"])
def test_another_team_does_not_know_the_group(world: World, group: Group, ben: Actor, role: str) -> None:
    stranger, meeting = world.actor(role, outsider=True), planned(group, ben)
    for look in (lambda: get_group(stranger, group.id), lambda: get_meeting(stranger, meeting.id)):
        with pytest.raises(NotFound):
            look()
    with pytest.raises(NotFound):
        get_member(stranger, group.members.first().id, at=NOW)  # type: ignore[union-attr]
    assert group not in group_rows(stranger)
    page = browser(world.outsiders[role])
    for address in (f"/groups/{group.id}/", f"/meetings/{meeting.id}/", f"/meetings/{meeting.id}/run/"):
        assert page.get(address).status_code == 404


def test_who_covers_for_a_leader_may_lead(world: World) -> None:
    """Ben covers for Bea today, and not next week."""
    group = make_drt_group(world, name="Of Bea", leaders=(world.second_pair["case_manager"].id,))
    (member,) = people(world, 1)
    join(world, group, member)
    ben = actor_for(world.second_pair["peer_specialist"], on=TODAY)
    meeting = planned(group, ben)
    save(meeting, {member.id: {"note": "Came."}}, ben)
    assert record_of(meeting, member).contact.recorded_by == ben.id
    later = actor_for(world.second_pair["peer_specialist"], on=TODAY + timedelta(days=20))
    assert not can_lead_group(later, group)
    assert group in [day.group for day in group_days(ben)]
    assert group not in [day.group for day in group_days(later)]


@pytest.mark.parametrize(
    ("role", "leads"),
    [
        pytest.param("peer_specialist", True, id="a leader"),
        pytest.param("supervisor", True, id="the supervisor of its team"),
        pytest.param("case_manager", False, id="who serves the members"),
        pytest.param("intake_worker", False, id="another role"),
        pytest.param("privacy_officer", False, id="who reviews looks"),
    ],
)
def test_who_may_lead(world: World, group: Group, role: str, leads: bool) -> None:
    decision = can_lead_group(world.actor(role), group)
    assert bool(decision) is leads
    assert leads or decision.reason


def test_a_client_of_the_other_team_is_offered_to_no_group_of_this_one(world: World, group: Group) -> None:
    elsewhere = enroll(world, ClientDetails(first_name="Noor"), at=SINCE, outsider=True)
    offered = could_join(world.actor("case_manager"), group, at=NOW)
    assert elsewhere not in offered
    assert Enrollment.objects.get(id=world.ids["enrollment"]) not in offered  # Luis is in another group already
    assert not {member.id for member in members(group)} & {each.id for each in offered}
