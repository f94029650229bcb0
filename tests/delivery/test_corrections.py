"""A session alone is corrected on a page of its own; what two people said is merged, and no late form undoes it."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.care.models import Contact, ContactVersion
from openmission.care.services.withdrawals import withdraw_contact
from openmission.delivery.models import Delivery
from openmission.intake.models import Enrollment
from openmission.kernel.ids import new_id
from tests.care.people import rosa
from tests.delivery.groups import record_of, save, versions, with_members
from tests.delivery.test_deliveries import correct, deliver, standing
from tests.durability.test_rounds import chosen
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import CALM, plan

pytestmark = pytest.mark.django_db
PAIR = ("case_manager", "peer_specialist")
CHIPS = ("agenda", "use", "motivation", "mood", "anxiety", "medication", "topic", "mode", "place", "minutes")


def browser(world: World, role: str) -> Browser:
    found = Browser()
    found.force_login(world.staff[role])
    return found


def shown(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def said(page: str, **changed: Any) -> dict[str, Any]:
    """The form as the browser would send it, with these changes."""
    sent: dict[str, Any] = {name: chosen(page, name) for name in CHIPS}
    for name in ("seen", "day", "time"):
        sent[name] = "".join(re.findall(rf'name="{name}"[^>]* value="([^"]*)"', page))
    sent["session"] = re.findall(r'<option value="([^"]*)"[^>]* selected', page)[0]
    for name in ("note", "homework"):
        sent[name] = re.findall(rf'<textarea name="{name}"[^>]*>\s*(.*?)</textarea>', page, re.S)[0]
    for name in ("staff", "supports"):
        pressed = [tag for tag in re.findall(rf'<input[^>]*name="{name}"[^>]*>', page) if " checked" in tag]
        sent[name] = [re.findall(r'value="([^"]*)"', tag)[0] for tag in pressed]
    return sent | changed


@pytest.fixture
def member(world: World) -> Enrollment:
    return rosa(world)


@pytest.fixture
def row(world: World, member: Enrollment) -> Delivery:
    """Ana and Pat together, recorded by Ana."""
    found = deliver(world, member, {"exam": CALM, "note": "A good talk.", "homework": "Walk."}).delivery
    correct(world, found.contact, staff_ids=tuple(world.staff[role].id for role in PAIR))
    return Delivery.objects.get(id=found.id)


def where(row: Delivery) -> str:
    return f"/sessions/given/{row.id}/"


def test_the_page_shows_what_is_recorded_and_saving_it_writes_nothing(world: World, row: Delivery) -> None:
    ana = browser(world, "case_manager")
    page = shown(ana.get(where(row)))
    sent, before = said(page), row.revision
    assert (sent["mood"], sent["note"], sent["homework"], sent["minutes"]) == ("6", "A good talk.", "Walk.", "50")
    assert (sent["place"], sent["session"], len(sent["staff"])) == ("office", "onset_of_problems", 2)
    answer = ana.post(where(row), sent)
    assert answer.url == f"/sessions/{row.enrollment_id}/"
    row.refresh_from_db()
    assert row.revision == before


def test_everything_is_corrected_and_what_it_said_before_is_kept(world: World, row: Delivery) -> None:
    ana = browser(world, "case_manager")
    sent = said(shown(ana.get(where(row))), mood="8", note="A better talk.", homework="", session="motivation")
    sent |= {"time": "08:15", "mode": "phone", "place": "", "minutes": "30"}
    sent["staff"] = [str(world.staff["case_manager"].id)]
    assert ana.post(where(row), sent).status_code == 302
    row = Delivery.objects.get(id=row.id)
    contact = row.contact
    assert (row.session, row.homework, row.exam.mood) == ("motivation", "", 8)
    assert (contact.note, contact.mode, contact.place, contact.minutes) == ("A better talk.", "phone", "", 30)
    assert [person.user_id for person in contact.staff.all()] == [world.staff["case_manager"].id]
    assert standing(world, row.enrollment) == ({"motivation"}, set())
    assert versions(row)[0]["note"] == "A good talk."
    assert ContactVersion.objects.filter(contact=contact).exists()


def test_two_at_once_lose_nothing_and_the_second_is_told(world: World, row: Delivery) -> None:
    ana, pat = browser(world, "case_manager"), browser(world, "peer_specialist")
    before = shown(pat.get(where(row)))
    sent = said(shown(ana.get(where(row))), mood="3", minutes="60", session="motivation")
    assert ana.post(where(row), sent).status_code == 302
    mine = said(before, mood="4", anxiety="5", minutes="45", session="communication", time="08:10")
    answer = pat.post(where(row), mine)
    page = shown(answer)
    assert answer.status_code == 422
    assert "“3” is saved, you said “4”" in page and "“60” is saved, you said “45”" in page
    assert "Session: “3 · " in page  # by their titles
    row = Delivery.objects.select_related("contact", "exam").get(id=row.id)
    assert (row.exam.mood, row.exam.anxiety, row.contact.minutes, row.session) == (3, 5, 60, "motivation")
    again = said(page)
    assert (again["mood"], again["minutes"], again["session"], again["time"]) == ("3", "60", "motivation", "08:10")
    assert pat.post(where(row), again).status_code == 302  # without a thought: what stands stays
    row = Delivery.objects.select_related("contact", "exam").get(id=row.id)
    assert (row.exam.mood, row.contact.minutes, row.session) == (3, 60, "motivation")
    mine = said(shown(pat.get(where(row)))) | {"mood": "4", "minutes": "45", "session": "communication"}
    assert pat.post(where(row), mine).status_code == 302
    row = Delivery.objects.select_related("contact", "exam").get(id=row.id)
    assert (row.exam.mood, row.contact.minutes, row.session) == (4, 45, "communication")


def test_who_saw_it_before_the_service_log_was_corrected_is_told(world: World, row: Delivery) -> None:
    pat = browser(world, "peer_specialist")
    before = shown(pat.get(where(row)))
    staff = tuple(row.contact.staff.values_list("user_id", flat=True))
    correct(world, row.contact, note="Second.", place="home", staff_ids=staff)
    answer = pat.post(where(row), said(before, note="Third.", place="court"))
    page = shown(answer)
    assert (
        "Note: “Second.” is saved, you said “Third.”" in page
        and "“In person, Home” is saved, you said “In person, Court”" in page
    )
    row.contact.refresh_from_db()
    assert (row.contact.note, row.contact.place) == ("Second.", "home")


@pytest.mark.parametrize("edited", [False, True], ids=["a copy", "edited with Back"])
def test_a_late_form_of_the_first_recording_undoes_no_correction(
    world: World, member: Enrollment, edited: bool
) -> None:
    ana, form = browser(world, "case_manager"), f"/sessions/{member.id}/drt/"
    first = {"session": "motivation", "day": TODAY.isoformat(), "time": "08:00", "mode": "in_person"}
    first |= {"place": "office", "minutes": "50", "mood": "5", "note": "First.", "id": str(new_id())}
    assert ana.post(form, first).status_code == 302
    row = Delivery.objects.get(enrollment=member)
    sent = said(shown(ana.get(where(row))), mood="7", note="Second.", session="communication", minutes="30")
    assert ana.post(where(row), sent | {"homework": "Walk."}).status_code == 302
    answer = ana.post(form, first | ({"note": "Third.", "anxiety": "4"} if edited else {}))
    assert answer.status_code == (422 if edited else 302)
    row = Delivery.objects.get(enrollment=member)
    assert (row.session, row.exam.mood, row.homework, row.contact.minutes) == ("communication", 7, "Walk.", 30)
    assert (row.contact.note, row.exam.anxiety) == ("Second.", 4 if edited else None)
    if edited:
        page = shown(answer)
        assert "“Second.” is saved, you said “Third.”" in page and f'action="{where(row)}"' in page
        assert ana.post(where(row), said(page)).status_code == 302
        row.contact.refresh_from_db()
        assert row.contact.note == "Third."
    assert Contact.objects.filter(enrollment=member).count() == 1


def test_a_withdrawn_session_is_told_and_what_was_typed_stays(world: World, row: Delivery) -> None:
    ana = browser(world, "case_manager")
    before = shown(ana.get(where(row)))
    withdraw_contact(row.contact, reason="It was somebody else.", by=world.actor("peer_specialist"), at=NOW)
    answer = ana.post(where(row), said(before, note="More words."))
    page = shown(answer)
    assert answer.status_code == 422
    assert "Somebody withdrew this contact" in page and "It was somebody else." in page and "More words." in page
    assert "Save the correction" not in page
    assert ana.get(where(row)).url == f"/contacts/{row.contact_id}/"


@pytest.mark.parametrize("changed", [{"outcome": "no_show", "minutes": 0}, {"component": "cti"}], ids=str)
def test_what_is_no_session_any_more_is_corrected_in_the_service_log(
    world: World, row: Delivery, changed: dict[str, Any]
) -> None:
    correct(world, row.contact, **changed)
    assert browser(world, "case_manager").get(where(row)).url == f"/contacts/{row.contact_id}/"


def test_what_cannot_be_is_told_and_what_was_typed_stays(world: World, row: Delivery) -> None:
    ana = browser(world, "case_manager")
    sent = said(shown(ana.get(where(row))), note="Kept words.", mood="8", place="", day="2031-01-01")
    answer = ana.post(where(row), sent)
    page = shown(answer)
    assert (answer.status_code, chosen(page, "mood")) == (422, "8")
    assert "Kept words." in page and "Say where you met." in page
    assert record_note(row) == "A good talk."


def record_note(row: Delivery) -> str:
    return Contact.objects.get(id=row.contact_id).note


def test_a_note_that_names_a_member_is_asked_about_only_when_it_is_new(world: World) -> None:
    _group, (will, _grace) = with_members(world, 2)
    row = deliver(world, will, {"note": "His sister Grace called."}).delivery
    ana = browser(world, "case_manager")
    sent = said(shown(ana.get(where(row))), mood="5")
    assert ana.post(where(row), sent).status_code == 302
    sent = said(shown(ana.get(where(row))), note="Came with Grace.")
    answer = ana.post(where(row), sent)
    assert answer.status_code == 422 and "“Grace”" in shown(answer)
    assert ana.post(where(row), sent | {"knowing": "on"}).status_code == 302
    assert record_note(row) == "Came with Grace."


def test_a_worrying_correction_leads_to_the_safety_steps(world: World, row: Delivery) -> None:
    ana = browser(world, "case_manager")
    answer = ana.post(where(row), said(shown(ana.get(where(row))), mood="1"))
    assert answer.url.startswith("/safety/")


def test_who_may_correct_finds_the_way_and_nobody_else(world: World, row: Delivery, member: Enrollment) -> None:
    link = f'href="{where(row)}"'
    for role, may in (("case_manager", True), ("peer_specialist", True), ("supervisor", True)):
        for page in (f"/sessions/{member.id}/", f"/contacts/{row.contact_id}/"):
            assert (link in shown(browser(world, role).get(page))) is may, (role, page)
    correct(world, row.contact)  # Ana was there alone
    pat = browser(world, "peer_specialist")
    for page in (f"/sessions/{member.id}/", f"/contacts/{row.contact_id}/"):
        assert link not in shown(pat.get(page))
    before = versions(row)
    assert pat.get(where(row)).status_code == 403
    assert pat.post(where(row), {"seen": "1", "note": "Not mine."}).status_code == 403
    stranger = Browser()
    stranger.force_login(world.outsiders["case_manager"])
    for answer in (stranger.get(where(row)), stranger.post(where(row), {"seen": "1", "note": "Not mine."})):
        assert answer.status_code == 404
    assert versions(row) == before


def test_a_session_of_a_group_is_corrected_in_its_round(world: World) -> None:
    group, (will,) = with_members(world, 1)
    meeting = plan(world, group, "motivation")
    save(meeting, {will.id: {"exam": CALM}}, world.actor("case_manager"))
    row, ana = record_of(meeting, will), browser(world, "case_manager")
    for answer in (ana.get(where(row)), ana.post(where(row), {"seen": "1", "note": "Alone."})):
        assert answer.url == f"/meetings/{meeting.id}/"
    assert f'href="/meetings/{meeting.id}/"' in shown(ana.get(f"/contacts/{row.contact_id}/"))


def test_the_moment_stays_to_the_second_when_it_is_not_changed(world: World, member: Enrollment) -> None:
    at = NOW - timedelta(hours=2, seconds=17)
    row, ana = deliver(world, member, {"note": "A talk."}, on=at).delivery, browser(world, "case_manager")
    assert ana.post(where(row), said(shown(ana.get(where(row))), note="Two talks.")).status_code == 302
    assert Contact.objects.get(id=row.contact_id).at == at
