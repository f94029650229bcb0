"""The page tells the second of two what the first saved, keeps what they have, and saves it when asked again."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from openmission.care.services.withdrawals import withdraw_contact
from openmission.delivery.models import GroupMeeting
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting
from tests.delivery.groups import with_members
from tests.durability.test_rounds import chosen, members, said
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import people, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> GroupMeeting:
    group, _members = with_members(world, 2)
    return plan(world, group, "motivation")


def browser(world: World, role: str) -> Browser:
    found = Browser()
    found.force_login(world.staff[role])
    return found


def shown(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def both(world: World, meeting: GroupMeeting) -> tuple[Browser, str, str]:
    """Ana has saved; Pat, and his page as it was before that, with the address of both."""
    ana, pat, run = browser(world, "case_manager"), browser(world, "peer_specialist"), f"/meetings/{meeting.id}/run/"
    before = shown(pat.get(run))
    assert ana.post(run, said(shown(ana.get(run)), mood=3, motivation=7)).status_code == 302
    return pat, run, before


def test_the_second_is_told_and_saves_again(world: World, meeting: GroupMeeting) -> None:
    pat, run, before = both(world, meeting)
    answer = pat.post(run, said(before, mood=4, motivation=7))
    page = shown(answer)
    assert answer.status_code == 422
    assert page.count("“3” is saved, you said “4”") == 2  # once for each member
    who = members(page)
    assert [chosen(page, f"m-{each}-mood") for each in who] == ["3", "3"]
    assert pat.post(run, said(page)).status_code == 302  # without a thought: what stands stays
    assert [row.exam.mood for row in meeting.deliveries.select_related("exam")] == [3, 3]
    assert pat.post(run, said(page, mood=4)).status_code == 302
    assert [row.exam.mood for row in meeting.deliveries.select_related("exam")] == [4, 4]


def test_who_marks_absent_somebody_who_was_there_is_told_and_undoes_nothing(
    world: World, meeting: GroupMeeting
) -> None:
    pat, run, before = both(world, meeting)
    page = shown(pat.post(run, said(before, attendance="absent")))
    assert page.count("is saved, you said “Absent”") == 2
    assert pat.post(run, said(page)).status_code == 302
    assert [row.exam.mood for row in meeting.deliveries.select_related("exam")] == [3, 3]


def test_why_somebody_was_away_stays_as_a_colleague_said(world: World, meeting: GroupMeeting) -> None:
    ana, pat, run = browser(world, "case_manager"), browser(world, "peer_specialist"), f"/meetings/{meeting.id}/run/"
    before = shown(pat.get(run))
    assert ana.post(run, said(shown(ana.get(run)), attendance="excused")).status_code == 302
    page = shown(pat.post(run, said(before, attendance="absent")))
    assert page.count("“Excused” is saved, you said “Absent”") == 2
    assert pat.post(run, said(page)).status_code == 302
    assert {row.contact.outcome for row in meeting.deliveries.select_related("contact")} == {"cancelled"}


def test_what_was_used_goes_with_use_in_the_form_too(world: World, meeting: GroupMeeting) -> None:
    ana, pat, run = browser(world, "case_manager"), browser(world, "peer_specialist"), f"/meetings/{meeting.id}/run/"
    before = shown(pat.get(run))
    assert ana.post(run, said(shown(ana.get(run)), use="none")).status_code == 302
    page = shown(pat.post(run, said(before, use="used", substances="alcohol")))
    assert "“No use” is saved, you said “Used”" in page
    for each in members(page):
        assert (chosen(page, f"m-{each}-use"), chosen(page, f"m-{each}-substances")) == ("none", "")


def test_who_was_marked_absent_meanwhile_is_told_with_all_answers_kept(world: World, meeting: GroupMeeting) -> None:
    ana, pat, run = browser(world, "case_manager"), browser(world, "peer_specialist"), f"/meetings/{meeting.id}/run/"
    before = shown(pat.get(run))
    assert ana.post(run, said(shown(ana.get(run)), attendance="absent")).status_code == 302
    answer = pat.post(run, said(before, mood=4, motivation=8))
    page = shown(answer)
    assert (answer.status_code, page.count("“Absent” is saved, you said “Here”")) == (422, 2)
    who = members(page)
    assert {(chosen(page, f"m-{each}-attendance"), chosen(page, f"m-{each}-mood")) for each in who} == {
        ("present", "4")
    }
    assert pat.post(run, said(page)).status_code == 302
    assert {row.exam.motivation for row in meeting.deliveries.select_related("exam")} == {8}


def test_what_nobody_else_said_is_saved_without_a_word(world: World, meeting: GroupMeeting) -> None:
    pat, run, before = both(world, meeting)
    first = members(before)[0]
    sent = said(before) | {f"m-{first}-anxiety": "5"}
    assert pat.post(run, sent).status_code == 302
    rows = {str(row.enrollment_id): row.exam for row in meeting.deliveries.select_related("exam")}
    assert (rows[first].mood, rows[first].anxiety) == (3, 5)
    assert {exam.motivation for exam in rows.values()} == {7}


def test_who_was_withdrawn_stays_so_until_somebody_says_of_them_again(world: World, meeting: GroupMeeting) -> None:
    """The page shows them with nothing said; a form that is older than the withdrawal does not bring it back."""
    _pat, run, before = both(world, meeting)
    first, second = members(before)
    contact = meeting.deliveries.get(enrollment_id=first).contact
    withdraw_contact(contact, reason="It was somebody else.", by=world.actor("case_manager"), at=NOW)
    ana = browser(world, "case_manager")
    page = shown(ana.get(run))
    assert members(page) == [first, second]
    assert ana.post(run, said(page) | {f"m-{second}-mood": "8"}).status_code == 302
    assert meeting.deliveries.get(enrollment_id=first).contact.withdrawn_at
    assert ana.post(run, said(shown(ana.get(run))) | {f"m-{first}-mood": "7"}).status_code == 302
    assert meeting.deliveries.get(enrollment_id=first).exam.mood == 7
    assert meeting.deliveries.get(enrollment_id=first).contact.withdrawn_at is None


def test_a_correction_does_not_turn_round_what_was_agreed_on(world: World, meeting: GroupMeeting) -> None:
    """Asked once for the whole group, and kept with each member: the page shows what was said."""
    ana, run = browser(world, "case_manager"), f"/meetings/{meeting.id}/run/"
    assert ana.post(run, said(shown(ana.get(run)), mood=5) | {"agenda": "not_yet"}).status_code == 302
    page = shown(ana.get(run))
    assert chosen(page, "agenda") == "not_yet"
    assert ana.post(run, said(page, mood=6) | {"agenda": chosen(page, "agenda")}).status_code == 302
    assert {row.exam.agenda for row in meeting.deliveries.select_related("exam")} == {"not_yet"}


def test_what_is_asked_once_for_the_group_is_told_once_and_kept(world: World, meeting: GroupMeeting) -> None:
    ana, pat, run = browser(world, "case_manager"), browser(world, "peer_specialist"), f"/meetings/{meeting.id}/run/"
    before = shown(pat.get(run))
    assert chosen(before, "agenda") == ""  # it is asked, never taken for granted
    assert ana.post(run, said(shown(ana.get(run)), mood=5) | {"agenda": "together"}).status_code == 302
    answer = pat.post(run, said(before, mood=5) | {"agenda": "not_yet"})
    page = shown(answer)
    told = "What to talk about: “Agreed together” is saved, you said “Not this time”."
    assert (answer.status_code, page.count(told), chosen(page, "agenda")) == (422, 1, "together")
    assert pat.post(run, said(page) | {"agenda": "together"}).status_code == 302  # without a thought
    assert {row.exam.agenda for row in meeting.deliveries.select_related("exam")} == {"together"}
    page = shown(pat.get(run))
    assert pat.post(run, said(page) | {"agenda": "not_yet"}).status_code == 302
    assert {row.exam.agenda for row in meeting.deliveries.select_related("exam")} == {"not_yet"}


def homework_of(page: str) -> dict[str, str]:
    """What the form says of the homework, and what it says that it showed."""
    text = page.partition('name="homework"')[2].partition(">")[2].partition("</textarea>")[0].strip()
    return {"homework": text, "homework_seen": page.partition('name="homework_seen" value="')[2].partition('"')[0]}


@pytest.mark.parametrize("written", ["Walk every day.", ""])
def test_suggested_homework_that_nobody_touched_is_no_answer(world: World, meeting: GroupMeeting, written: str) -> None:
    ana, pat, run = browser(world, "case_manager"), browser(world, "peer_specialist"), f"/meetings/{meeting.id}/run/"
    before = shown(pat.get(run))
    assert homework_of(before)["homework"]
    page = shown(ana.get(run))
    assert ana.post(run, said(page, mood=5) | homework_of(page) | {"homework": written}).status_code == 302
    assert pat.post(run, said(before, mood=5) | homework_of(before)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.homework == written


def test_suggested_homework_is_what_the_group_takes_home(world: World, meeting: GroupMeeting) -> None:
    ana, run = browser(world, "case_manager"), f"/meetings/{meeting.id}/run/"
    page = shown(ana.get(run))
    assert ana.post(run, said(page, mood=5) | homework_of(page)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.homework == homework_of(page)["homework"]


def test_a_record_of_which_all_is_taken_back_is_asked_about(world: World, meeting: GroupMeeting) -> None:
    """Nothing would be saved, and the old answers stood."""
    ana, run = browser(world, "case_manager"), f"/meetings/{meeting.id}/run/"
    assert ana.post(run, said(shown(ana.get(run)), mood=5, attendance="present")).status_code == 302
    page = shown(ana.get(run))
    first = members(page)[0]
    answer = ana.post(run, said(page) | {f"m-{first}-mood": "", f"m-{first}-attendance": ""})
    assert answer.status_code == 422
    assert "If nothing of it is so, withdraw the record." in shown(answer)
    contact = meeting.deliveries.get(enrollment_id=first).contact_id
    assert f'href="/contacts/{contact}/withdraw/"' in shown(answer)
    sent = said(page) | {f"m-{first}-mood": "", f"m-{first}-attendance": "absent"}
    assert ana.post(run, sent).status_code == 302
    assert meeting.deliveries.get(enrollment_id=first).contact.outcome == "no_show"


@pytest.mark.parametrize(
    ("days", "hour", "runs"),
    [
        pytest.param(0, 8, True, id="morning"),
        pytest.param(0, 22, True, id="late evening"),
        pytest.param(1, 8, False, id="tomorrow"),
    ],
)
def test_a_meeting_can_be_run_on_its_day_at_the_agencys_clock(world: World, days: int, hour: int, runs: bool) -> None:
    """Ten at night in New York is the next day elsewhere."""
    group, _members = with_members(world, 1)
    at = timezone.localtime(NOW).replace(hour=hour, minute=0) + timedelta(days=days)
    details = MeetingDetails(at=at, minutes=60, place="office", room="", session="motivation")
    late = plan_meeting(group, details=details, by=world.actor("case_manager"), at=NOW)
    page = shown(browser(world, "case_manager").get(f"/meetings/{late.id}/"))
    assert (f"/meetings/{late.id}/run/" in page) is runs


def test_homework_that_is_too_long_says_so(world: World) -> None:
    ana, address = browser(world, "case_manager"), f"/sessions/{people(world, 1)[0].id}/drt/"
    id = shown(ana.get(address)).partition('name="id" value="')[2].partition('"')[0]
    sent = {"id": id, "session": "motivation", "day": TODAY.isoformat(), "time": "08:00", "mode": "in_person"}
    page = shown(ana.post(address, sent | {"place": "office", "minutes": "50", "homework": "x" * 2100}))
    assert "This has 2,100 characters, and at most 2,000 fit." in page
    assert "This answer cannot be" not in page
