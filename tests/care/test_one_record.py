"""A meeting is one record, whoever was at it: who comes second, or again, is told whose the first is."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from openmission.audit.models import Access
from openmission.care.models import Appointment, Contact
from openmission.care.services.appointments import cancel_appointment, move_appointment
from openmission.care.services.contacts import AlreadyRecorded, log_contact
from openmission.care.services.withdrawals import withdraw_contact
from openmission.kernel.ids import new_id
from tests.care.people import HOUR, log, luis, rosa, said
from tests.care.test_record_page import NEW, WORDS, filled
from tests.care.test_same_time import knowing, planned
from tests.world.care import plan
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ASKED = "Pat Bell recorded a meeting with Luis M., Mon 23 Nov, 08:00."


@pytest.fixture
def ana(signed_in: dict[tuple[str, bool], Client]) -> Client:
    return signed_in["case_manager", False]


def pats(world: World, *, appointment: Appointment | None = None, **changed: Any) -> Contact:
    """Pat was quicker: 45 minutes from an hour ago."""
    by = world.actor("peer_specialist")
    return log_contact(luis(world), details=said(**changed), by=by, at=NOW, appointment=appointment)


def told(world: World, **changed: Any) -> str:
    """What is said to Ana who records; empty when nothing is."""
    given = {"details": said(**changed), "by": world.actor("case_manager"), "at": NOW, "knowing": frozenset()}
    try:
        log_contact(luis(world), **given)  # type: ignore[arg-type]
    except AlreadyRecorded as fault:
        return str(fault.message)
    return ""


@pytest.mark.parametrize(
    ("minutes", "asked"), [(-45, False), (-44, True), (0, True), (44, True), (45, False)], ids=lambda value: str(value)
)
def test_it_is_asked_about_when_the_times_overlap(world: World, minutes: int, asked: bool) -> None:
    pats(world)
    assert told(world, at=NOW - HOUR + minutes * MINUTE).startswith(ASKED) is asked


@pytest.mark.parametrize("changed", [{"outcome": "no_show", "minutes": 0}, {"with_whom": "family"}], ids=str)
def test_only_meetings_with_the_client_are_alike(world: World, changed: dict[str, Any]) -> None:
    pats(world)
    assert told(world, **changed) == ""


@pytest.mark.parametrize(
    ("minutes", "asked"), [(-45, False), (0, True), (44, True), (45, False)], ids=lambda value: str(value)
)
def test_ones_own_other_record_is_asked_about_too(world: World, minutes: int, asked: bool) -> None:
    log(world, luis(world))
    own = "You recorded a meeting with Luis M., Mon 23 Nov, 08:00."
    assert told(world, at=NOW - HOUR + minutes * MINUTE).startswith(own) is asked


def test_neither_what_was_withdrawn_nor_another_client_is_asked_about(world: World) -> None:
    withdraw_contact(pats(world), reason="Not him.", by=world.actor("peer_specialist"), at=NOW)
    log(world, rosa(world), by=world.actor("peer_specialist"))
    assert told(world) == ""


def test_a_service_that_is_called_without_it_asks_nobody(world: World) -> None:
    pats(world)
    assert log(world, luis(world)).outcome == "met"


def test_who_had_the_form_open_is_told_whose_record_there_is_and_goes_on_knowingly(world: World, ana: Client) -> None:
    shared = plan(world, luis(world), hours=-1)
    first = pats(world, appointment=shared)
    data = filled(world, who=f"a:{shared.id}", next="7")
    answer = ana.post(f"{NEW}?appointment={shared.id}", data)
    form, page = answer.context["form"], answer.content.decode()
    assert (answer.status_code, set(form.errors), form["note"].value()) == (422, {"who"}, WORDS)
    assert ASKED in page
    assert "recorded already: Met. By Pat Bell, Mon 23 Nov, 09:00." in page
    assert page.count(f'href="/contacts/{first.id}/"') == 1
    assert not Contact.objects.filter(id=data["id"]).exists()
    again = data | {"who": answer.context["page"].chosen.value, "knowing": knowing(answer)}
    assert {ana.post(NEW, again).status_code for _ in range(2)} == {302}
    assert Contact.objects.get(id=data["id"]).appointment is None
    assert Access.objects.filter(client_id=first.client_id, page="care:record").exists()


def test_a_missed_one_that_a_colleague_recorded_is_told_too(world: World, ana: Client) -> None:
    shared = plan(world, luis(world), hours=-1)
    first = pats(world, appointment=shared, outcome="no_show", minutes=0)
    answer = ana.post(NEW, filled(world, who=f"a:{shared.id}"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "recorded already: No-show. By Pat Bell, Mon 23 Nov, 09:00." in answer.context["form"].errors["who"][0]
    assert page.count(f'href="/contacts/{first.id}/"') == 1


def test_without_an_appointment_the_page_leads_to_the_other_record(world: World, ana: Client) -> None:
    first, data = pats(world), filled(world)
    answer = ana.post(NEW, data)
    assert f'href="/contacts/{first.id}/"' in answer.content.decode()
    assert knowing(answer) == str(first.id)
    assert ana.post(NEW, data | {"knowing": knowing(answer)}).status_code == 302


def test_what_was_saved_before_the_colleague_did_is_sent_again_without_a_question(world: World, ana: Client) -> None:
    data = filled(world)
    assert ana.post(NEW, data).status_code == 302
    pats(world)
    assert ana.post(NEW, data | {"note": "Said better"}).status_code == 302
    assert Contact.objects.get(id=data["id"]).note == "Said better"


def test_a_question_about_the_next_time_does_not_bring_the_first_one_back(world: World, ana: Client) -> None:
    first, coming = pats(world), planned(world, rosa(world), at=NOW + timedelta(days=7, hours=-1))
    data = filled(world, next="7")
    data["knowing"] = knowing(ana.post(NEW, data))
    answer = ana.post(NEW, data)
    assert set(answer.context["form"].errors) == {"next"}
    assert knowing(answer) == f"{coming.id} {first.id}"
    assert ana.post(NEW, data | {"knowing": knowing(answer)}).status_code == 302


def test_at_the_desk_after_the_phone_got_no_answer_one_is_led_to_ones_own_record(world: World, ana: Client) -> None:
    phone, desk = filled(world), filled(world)
    assert {ana.post(NEW, phone).status_code for _ in range(2)} == {302}  # tried again by itself
    answer = ana.post(NEW, desk)
    page = answer.content.decode()
    assert (answer.status_code, answer.context["form"]["note"].value()) == (422, WORDS)
    assert f'href="/contacts/{phone["id"]}/">Open what you recorded, Mon 23 Nov, 08:00</a>' in page
    assert not Contact.objects.filter(id=desk["id"]).exists()
    assert ana.post(NEW, desk | {"knowing": knowing(answer)}).status_code == 302


@pytest.mark.parametrize("forged", ["nonsense", f"{new_id()}"], ids=["words", "another id"])
def test_a_forged_knowing_is_no_knowing(world: World, ana: Client, forged: str) -> None:
    pats(world)
    assert ana.post(NEW, filled(world, knowing=forged)).status_code == 422


def become(world: World, appointment: Appointment, what: str) -> str:
    """Let Pat do this with the appointment; what the page must say of it then."""
    pat, at = world.actor("peer_specialist"), NOW - 30 * MINUTE
    if what == "recorded":
        pats(world, appointment=appointment)
        return "recorded already: Met. By Pat Bell, Mon 23 Nov, 09:00."
    if what == "cancelled":
        cancel_appointment(appointment, reason="Rain.", by=pat, at=at)
        return "was cancelled, Mon 23 Nov, 08:30. Why: Rain."
    move_appointment(appointment, to=NOW + timedelta(days=3), reason="Bus.", by=pat, at=at)
    return "was moved to another day, Mon 23 Nov, 08:30. Why: Bus."


@pytest.mark.parametrize("what", ["recorded", "cancelled", "moved"])
def test_opened_too_late_the_client_stays_and_the_page_says_what_became_of_it(
    world: World, ana: Client, what: str
) -> None:
    shared = plan(world, luis(world), hours=-1)
    words = become(world, shared, what)
    answer = ana.get(f"{NEW}?appointment={shared.id}")
    page = answer.content.decode()
    assert (answer.status_code, answer.context["page"].chosen.value) == (200, f"e:{luis(world).id}")
    assert words in page
    link = Contact.objects.get(appointment=shared).id if what == "recorded" else shared.id
    assert f'href="/{"contacts" if what == "recorded" else "appointments"}/{link}/"' in page


def test_an_appointment_that_is_still_planned_says_nothing(world: World, ana: Client) -> None:
    shared = plan(world, luis(world), hours=-1)
    page = ana.get(f"{NEW}?appointment={shared.id}")
    assert page.context["page"].closed is None
    assert "This appointment" not in page.content.decode()
