"""What reviewers broke: each stays mended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.care.details import ContactDetails
from openmission.care.models import SafetyConcern
from openmission.care.services.corrections import correct_contact
from openmission.clients.services.break_glass import break_glass
from openmission.curricula import selectors as curricula
from openmission.curricula.files import read_content
from openmission.curricula.services import publish_content
from openmission.delivery.models import Delivery
from openmission.delivery.naming import NamesAnother
from openmission.delivery.policies import can_lead_group
from openmission.delivery.selectors.groups import group_days
from openmission.delivery.services.groups import join_group
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting
from openmission.intake.models import Enrollment
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import Refused
from openmission.staff.services import accounts
from openmission.staff.viewers import actor_for
from tests.curricula.shipped import CONTENT
from tests.delivery.groups import join, record_of, save, with_members
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import make_drt_group, people, plan

pytestmark = pytest.mark.django_db


def browser(world: World, role: str) -> Browser:
    found = Browser()
    found.force_login(world.staff[role])
    return found


def publish_second_version() -> None:
    """Of DRT, in which the first session is another one. Whoever calls clears `curricula._newest` afterwards."""
    data = read_content("curriculum", CONTENT / "curricula" / "drt" / "v1" / "manifest.yaml")
    first = {**data["sessions"][0], "slug": "how_it_began"}
    rest = [{**row, "builds_on": []} for row in data["sessions"][1:]]
    publish_content("curriculum", {**data, "version": 2, "sessions": [first, *rest]}, by=SYSTEM, at=NOW)
    curricula._newest.cache_clear()


def as_it_is(contact: Any, **changed: Any) -> Any:
    names = ("at", "outcome", "mode", "component", "minutes", "place", "with_whom", "note", "slip")
    staff = tuple(contact.staff.values_list("user_id", flat=True))
    return ContactDetails(**({name: getattr(contact, name) for name in names} | {"staff_ids": staff} | changed))


def test_a_peer_group_is_saved_through_its_page(world: World) -> None:
    """It has no status exam: nothing that the page does not ask is missing."""
    group, (will,) = with_members(world, 1)
    type(group).objects.filter(id=group.id).update(curriculum="peer")
    group.refresh_from_db()
    details = MeetingDetails(at=NOW - timedelta(minutes=5), minutes=60, place="office", room="", session="willingness")
    meeting = plan_meeting(group, details=details, by=world.actor("case_manager"), at=NOW - timedelta(hours=1))
    sent = {f"m-{will.id}-attendance": "present", f"m-{will.id}-seen": "0", "minutes": "60"}
    answer = browser(world, "peer_specialist").post(f"/meetings/{meeting.id}/run/", sent)
    assert answer.status_code == 302
    assert record_of(meeting, will).contact.outcome == "met"


def test_who_is_not_spoken_of_is_not_recorded(world: World) -> None:
    group, (will, grace) = with_members(world, 2)
    meeting = plan(world, group, "motivation")
    sent = {f"m-{will.id}-mood": "5", f"m-{will.id}-seen": "0", f"m-{grace.id}-seen": "0", "minutes": "60"}
    ana = browser(world, "case_manager")
    assert ana.post(f"/meetings/{meeting.id}/run/", sent).status_code == 302
    assert list(Delivery.objects.filter(meeting=meeting).values_list("enrollment_id", flat=True)) == [will.id]
    assert "Not recorded" in ana.get(f"/meetings/{meeting.id}/").content.decode()


def test_nobody_is_no_meeting(world: World) -> None:
    group, (_will,) = with_members(world, 1)
    meeting = plan(world, group, "motivation")
    answer = browser(world, "case_manager").post(f"/meetings/{meeting.id}/run/", {"minutes": "60"})
    assert answer.status_code == 422
    assert "Nobody is recorded yet" in answer.content.decode()


def test_lines_that_a_browser_ends_its_own_way_are_no_other_words(world: World) -> None:
    group, (will,) = with_members(world, 1)
    meeting = plan(world, group, "motivation")
    for _time in range(2):
        saved = save(meeting, {will.id: {"attendance": "present", "note": "one\r\ntwo"}}, world.actor("case_manager"))
        assert saved.conflicts == {}
    assert record_of(meeting, will).revision == 1


def test_a_worrying_answer_that_does_not_stand_opens_the_steps_all_the_same(world: World) -> None:
    group, (will,) = with_members(world, 1)
    meeting = plan(world, group, "motivation")
    save(meeting, {will.id: {"exam": {"mood": 6}}}, world.actor("case_manager"))
    saved = save(meeting, {will.id: {"exam": {"mood": 1}}}, world.actor("peer_specialist"))
    assert saved.conflicts
    assert SafetyConcern.objects.get(enrollment=will).because == ["low_mood"]


def test_emergency_access_brings_nobody_into_a_group(world: World) -> None:
    bea = world.second_pair["case_manager"]
    group = make_drt_group(world, name="Bea's", leaders=(bea.id,))
    (will,) = people(world, 1)
    actor = actor_for(bea, on=TODAY)
    break_glass(client_id=will.client_id, reason="She stands at our door and is unwell.", by=actor, at=NOW)
    with pytest.raises(Refused):
        join_group(group, will, by=actor, at=NOW)


def test_a_leader_reads_no_note_of_a_chart_that_is_closed_to_them(world: World) -> None:
    """And saving leaves it as it is."""
    bea = world.second_pair["case_manager"]
    group = make_drt_group(world, name="Bea's", leaders=(bea.id,))
    (will,) = people(world, 1)
    join(world, group, will)
    actor = actor_for(bea, on=TODAY)
    details = MeetingDetails(at=NOW - timedelta(minutes=5), minutes=60, place="office", room="", session="motivation")
    meeting = plan_meeting(group, details=details, by=actor, at=NOW - timedelta(hours=1))
    save(meeting, {will.id: {"exam": {"mood": 6}, "note": "Quiet."}}, actor)
    contact = record_of(meeting, will).contact
    private = as_it_is(contact, note="Told me alone about the winter.")
    correct_contact(contact, details=private, by=world.actor("supervisor"), at=NOW)
    theirs = Browser()
    theirs.force_login(bea)
    page = theirs.get(f"/meetings/{meeting.id}/run/").content.decode()
    assert "about the winter" not in page
    sent = {f"m-{will.id}-attendance": "present", f"m-{will.id}-mood": "7", "agenda": "together"}
    sent[f"m-{will.id}-seen"] = str(record_of(meeting, will).revision)
    assert theirs.post(f"/meetings/{meeting.id}/run/", sent).status_code == 302
    assert record_of(meeting, will).contact.note == "Told me alone about the winter."
    assert record_of(meeting, will).exam.mood == 7


def test_a_note_is_asked_about_when_it_is_corrected_in_the_service_log(world: World) -> None:
    group, (will, _grace) = with_members(world, 2)
    meeting = plan(world, group, "motivation")
    save(meeting, {will.id: {"exam": {"mood": 6}}}, world.actor("case_manager"))
    contact = record_of(meeting, will).contact
    with pytest.raises(NamesAnother):
        correct_contact(
            contact, details=as_it_is(contact, note="Sat with Grace."), by=world.actor("case_manager"), at=NOW
        )


def test_a_session_alone_is_asked_about_who_was_in_the_group_too(world: World) -> None:
    _group, (will, _grace) = with_members(world, 2)
    ana = browser(world, "case_manager")
    page = ana.get(f"/sessions/{will.id}/drt/").content.decode()
    id = page.partition('name="id" value="')[2].partition('"')[0]
    sent = {"id": id, "session": "motivation", "day": TODAY.isoformat(), "time": "08:00", "mode": "in_person"}
    sent |= {"place": "office", "minutes": "50", "note": "Came with Grace.", "mood": "5"}
    answer = ana.post(f"/sessions/{will.id}/drt/", sent)
    assert answer.status_code == 422
    assert "“Grace”" in answer.content.decode()
    assert ana.post(f"/sessions/{will.id}/drt/", sent | {"knowing": "on"}).status_code == 302


def test_a_worrying_answer_alone_leads_to_the_safety_steps(world: World) -> None:
    (will,) = people(world, 1)
    ana = browser(world, "case_manager")
    id = ana.get(f"/sessions/{will.id}/drt/").content.decode().partition('name="id" value="')[2].partition('"')[0]
    sent = {"id": id, "session": "motivation", "day": TODAY.isoformat(), "time": "08:00", "mode": "in_person"}
    answer = ana.post(f"/sessions/{will.id}/drt/", sent | {"place": "office", "minutes": "50", "mood": "1"})
    assert answer.url == f"/safety/{SafetyConcern.objects.get(enrollment=will).id}/"


def test_every_planned_meeting_of_the_day_stands_on_it(world: World) -> None:
    group, _members = with_members(world, 1)
    first = plan(world, group, "motivation", days_ago=3)
    second = plan(world, group, "communication")
    days = [day for day in group_days(world.actor("case_manager")) if day.group.id == group.id]
    assert [day.meeting.id for day in days if day.meeting] == [first.id, second.id]


def test_a_new_version_in_the_middle_moves_nobody(world: World) -> None:
    """A group and its members stay with the version that they began with."""
    group, (will,) = with_members(world, 1)
    meeting = plan(world, group, "onset_of_problems", days_ago=7)
    save(meeting, {will.id: {"exam": {"mood": 6}}}, world.actor("case_manager"), at=meeting.at + timedelta(hours=1))
    publish_second_version()
    try:
        again = plan(world, group, "onset_of_problems")  # which the new version does not have
        assert again.version == 1
        client = Enrollment.objects.get(id=will.id).client_id
        assert browser(world, "case_manager").get(f"/clients/{client}/").status_code == 200
        assert browser(world, "case_manager").get("/day/").status_code == 200
    finally:
        curricula._newest.cache_clear()


def test_whose_seat_ends_leads_no_more_and_the_supervisor_has_the_group(world: World) -> None:
    """A role that is given back brings no group back."""
    bea = world.second_pair["case_manager"]
    group = make_drt_group(world, name="Bea's", leaders=(bea.id,))
    role = bea.roles.get()
    accounts.end_role(role, by=SYSTEM, at=NOW)
    accounts.give_role(bea, role="case_manager", team=world.north, by=SYSTEM, at=NOW)
    assert not can_lead_group(actor_for(bea, on=TODAY), group)
    assert group.id in [day.group.id for day in group_days(world.actor("supervisor"))]
