"""What a second round of reviewers broke: each stays mended."""

from datetime import timedelta
from html import unescape
from re import findall

import pytest
from django.test import Client as Browser

from openmission.care.details import ContactDetails
from openmission.care.models import SafetyConcern
from openmission.care.selectors.agenda import day_lines
from openmission.care.services.phases import discharge_client
from openmission.care.services.safety import take_safety_steps
from openmission.clients.models import Client
from openmission.curricula import selectors as curricula
from openmission.delivery.models import Delivery
from openmission.delivery.selectors.courses import known_one
from openmission.delivery.selectors.groups import group_days
from openmission.delivery.services.deliveries import NewDelivery, deliver_session
from openmission.delivery.services.groups import end_group
from tests.delivery.groups import save, with_members
from tests.delivery.test_reviewed import browser, publish_second_version
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import people, plan

pytestmark = pytest.mark.django_db


def test_steps_of_somebody_discharged_are_on_the_supervisors_day(world: World) -> None:
    """The last meeting is recorded after the discharge, when the pair's place has ended: somebody is needed still."""
    group, (will,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    discharge_client(will, discharge="completed", discharged_on=TODAY, note="Done well.", by=by, at=NOW)
    save(meeting, {will.id: {"exam": {"mood": 1}}}, by)
    lead, concern = world.actor("supervisor"), SafetyConcern.objects.get(enrollment=will)
    lines = [line for line in day_lines(lead, on=TODAY) if line.item.enrollment_id == will.id]
    assert [line.item.rule for line in lines] == ["safety"]
    page = browser(world, "supervisor").get("/day/").content.decode()
    assert "The program has ended." in page and f"/due/{will.id}/" not in page
    assert f"/safety/{concern.id}/" in page
    take_safety_steps(concern, steps=(), note="", why="Mother is with them.", close=True, by=lead, at=NOW)
    assert not [line for line in day_lines(lead, on=TODAY) if line.item.enrollment_id == will.id]


def test_a_meeting_without_a_record_stays_on_the_day_when_its_group_ends(world: World) -> None:
    group, (_will,) = with_members(world, 1)
    plan(world, group, "motivation", days_ago=1)
    end_group(group, by=world.actor("case_manager"), at=NOW)
    days = [day for day in group_days(world.actor("case_manager")) if day.group.id == group.id]
    assert [day.meeting is None for day in days] == [False]
    group, _members = with_members(world, 1)
    end_group(group, by=world.actor("case_manager"), at=NOW)
    assert group.id not in [day.group.id for day in group_days(world.actor("case_manager"))]


def test_a_meeting_in_the_older_version_takes_nobody_out_of_the_one_they_began_with(world: World) -> None:
    group, (will,) = with_members(world, 1)
    plan(world, group, "motivation", days_ago=-1)  # the group has begun with the first version
    by = world.actor("case_manager")
    publish_second_version()
    try:
        newest = curricula.shipped_curriculum(by, "drt")
        when = {"at": NOW - timedelta(days=2), "outcome": "met", "mode": "in_person", "place": "office", "minutes": 50}
        details = ContactDetails(component="drt", **when)
        new = NewDelivery(curriculum=newest, session="how_it_began", answers={}, details=details)
        deliver_session(will, new=new, by=by, at=NOW)
        save(plan(world, group, "motivation"), {will.id: {}}, by)
        assert known_one(by, will.id).version == {"drt": 2}
    finally:
        curricula._newest.cache_clear()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("typed", ["", "Call your aunt."])
def test_the_homework_of_the_session_that_was_chosen_is_recorded(world: World, language: str, typed: str) -> None:
    """The form has that of the next session in it; another session is chosen, and the homework left as it is."""
    (will,) = people(world, 1)
    Client.objects.filter(id=will.client_id).update(language=language)
    ana, address = browser(world, "case_manager"), f"/sessions/{will.id}/drt/"
    page = ana.get(address).content.decode()
    preset = page.partition('name="homework"')[2].partition(">")[2].partition("</textarea>")[0].strip()
    form = {"id": page.partition('name="id" value="')[2].partition('"')[0], "session": "anger_management"}
    when = {"day": TODAY.isoformat(), "time": "08:00", "mode": "in_person", "place": "office", "minutes": "50"}
    assert ana.post(address, {**form, **when, "homework": typed or unescape(preset)}).status_code == 302
    usual = curricula.shipped_curriculum(world.actor("case_manager"), "drt").session("anger_management").homework[0]
    assert Delivery.objects.get(enrollment=will).homework == (typed or getattr(usual, language))


@pytest.mark.parametrize("served", [True, False])
def test_save_now_opens_the_steps_of_that_member(world: World, served: bool) -> None:
    """Of who is not served by the leader the meeting's page tells what to do."""
    ana, bea = world.staff["case_manager"], world.second_pair["case_manager"]
    group, members = with_members(world, 2, leaders=(ana.id, bea.id))
    meeting, leader = plan(world, group, "motivation"), Browser()
    leader.force_login(ana if served else bea)
    address = f"/meetings/{meeting.id}/run/"
    page = leader.get(address).content.decode()
    form = dict(findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    moods = {f"m-{member.id}-mood": "1" for member in members}
    when = {"minutes": "60", "staff": [str(ana.id)]}
    answer = leader.post(address, form | moods | when | {"steps": str(members[1].id)})
    concern = SafetyConcern.objects.get(enrollment=members[1])
    opened = f"/safety/{concern.id}/" if served else f"/meetings/{meeting.id}/"
    assert (answer.status_code, answer.headers.get("Location")) == (302, opened)
