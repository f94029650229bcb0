"""A contact recorded for the wrong client: withdrawn, it stays in sight and counts nowhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openmission.audit.models import RecordedEvent
from openmission.care.details import InvalidContact, next_id
from openmission.care.models import Appointment, Contact
from openmission.care.selectors.facts import standings
from openmission.care.selectors.phases import phase_looks
from openmission.care.services.appointments import NewAppointment, cancel_appointment, move_appointment
from openmission.care.services.contacts import log_contact
from openmission.care.services.corrections import correct_contact
from openmission.care.services.withdrawals import withdraw_contact
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment
from openmission.kernel.errors import IdTaken, Refused
from tests.care.people import log, luis, rosa, said
from tests.world.care import plan
from tests.world.cast import NOW, TODAY, World
from tests.world.intake import enroll

pytestmark = pytest.mark.django_db
WHY = "It was Mae whom I met."
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ana(signed_in: dict[tuple[str, bool], Client]) -> Client:
    return signed_in["case_manager", False]


def withdraw(world: World, contact: Contact, *, role: str = "case_manager", reason: str = WHY) -> Contact:
    return withdraw_contact(contact, reason=reason, by=world.actor(role), at=NOW)


def facts(world: World, enrollment: Enrollment) -> Any:
    rows = Enrollment.objects.filter(id=enrollment.id)
    return standings(world.actor("case_manager"), rows, on=TODAY)[0].facts


@pytest.mark.parametrize(
    "details",
    [{}, {"slip": True}, {"outcome": "no_show", "minutes": 0}, {"outcome": "tried", "minutes": 0}],
    ids=["a meeting", "a slip", "a no-show", "a try"],
)
def test_to_the_agenda_it_is_as_if_it_had_never_been(world: World, details: dict[str, Any]) -> None:
    enrollment = rosa(world)
    before = facts(world, enrollment)
    contact = log(world, enrollment, **details)
    assert facts(world, enrollment) != before
    withdraw(world, contact)
    assert facts(world, enrollment) == before
    assert [look.meetings for look in phase_looks(world.actor("case_manager"), enrollment)] == [0, 0, 0]


def test_an_earlier_meeting_counts_again(world: World) -> None:
    enrollment = rosa(world)
    earlier = log(world, enrollment, at=NOW - timedelta(days=5))
    withdraw(world, log(world, enrollment))
    assert facts(world, enrollment).last_met.contact_id == earlier.id


def test_the_row_keeps_its_words_and_says_who_and_why(world: World) -> None:
    contact = log(world, rosa(world), note="Met at the library.", slip=True)
    withdraw(world, contact)
    contact.refresh_from_db()
    assert (contact.outcome, contact.slip, contact.note) == ("withdrawn", False, "Met at the library.")
    assert (contact.withdrawn_at, contact.withdrawn_by_name, contact.withdrawn_reason) == (NOW, "Ana Ruiz", WHY)
    event = RecordedEvent.objects.get(kind="care.ContactWithdrawn")
    assert (event.client_id, event.data["contact_id"]) == (contact.client_id, str(contact.id))
    assert WHY not in str(event.data)


@pytest.mark.parametrize(("state", "expected"), [("active", "planned"), ("discharged", "unrecorded")])
def test_the_appointment_it_answered_is_free_again(world: World, state: str, expected: str) -> None:
    enrollment, by = rosa(world), world.actor("case_manager")
    appointment = plan(world, enrollment, hours=-2)
    contact = log_contact(enrollment, details=said(), appointment=appointment, by=by, at=NOW)
    Enrollment.objects.filter(id=enrollment.id).update(state=state, discharged_on=None if state == "active" else TODAY)
    withdraw(world, contact)
    appointment.refresh_from_db()
    assert appointment.state == expected
    assert not Contact.objects.filter(appointment=appointment).exists()
    if state == "active":
        again = log_contact(enrollment, details=said(), appointment=appointment, by=by, at=LATER)
        assert again.appointment == appointment


def test_the_next_time_that_was_planned_with_it_is_cancelled(world: World) -> None:
    enrollment, by = rosa(world), world.actor("case_manager")
    other = plan(world, enrollment, hours=48)
    coming = NewAppointment(NOW + timedelta(days=7), component="cti")
    contact = log_contact(enrollment, details=said(), next_appointment=coming, by=by, at=NOW)
    withdraw(world, contact)
    states = Appointment.objects.filter(enrollment=enrollment).order_by("at").values_list("id", "state")
    assert [state for _id, state in states] == ["planned", "cancelled"]
    assert states[0][0] == other.id


def test_the_next_time_that_was_moved_since_stays_and_is_named_before_and_after(world: World, ana: Client) -> None:
    """Nobody knows from here whether the client counts on the new day: a person decides."""
    enrollment, by = rosa(world), world.actor("case_manager")
    earlier = plan(world, enrollment, hours=48)
    coming = NewAppointment(NOW + timedelta(days=7), component="cti")
    contact = log_contact(enrollment, details=said(), next_appointment=coming, by=by, at=NOW)
    made = Appointment.objects.get(id=next_id(contact.id))
    again = move_appointment(made, to=NOW + timedelta(days=9), reason="She is away.", by=by, at=LATER)
    cancel, is_cancelled = f"/appointments/{again.id}/cancel/", "planned with it is cancelled"
    for url in (f"/contacts/{contact.id}/withdraw/", f"/contacts/{contact.id}/"):
        page = ana.get(url).content.decode()
        assert (cancel in page, is_cancelled in page) == (url.endswith("withdraw/"), False)
        assert f"/appointments/{earlier.id}/cancel/" not in page
    withdraw(world, contact)
    again.refresh_from_db()
    assert again.state == "planned"
    assert cancel in ana.get(f"/contacts/{contact.id}/").content.decode()
    cancel_appointment(again, reason="It was Mae.", by=by, at=LATER)
    assert cancel not in ana.get(f"/contacts/{contact.id}/").content.decode()


def test_twice_is_once(world: World) -> None:
    contact = log(world, rosa(world))
    withdraw(world, contact)
    assert withdraw(world, contact, reason="Again").withdrawn_reason == WHY
    assert contact.versions.count() == 1
    assert RecordedEvent.objects.filter(kind="care.ContactWithdrawn").count() == 1


def test_withdrawn_it_is_neither_corrected_nor_saved_again(world: World) -> None:
    enrollment = rosa(world)
    contact = log(world, enrollment)
    withdraw(world, contact)
    with pytest.raises(Refused):
        correct_contact(contact, details=said(note="New"), by=world.actor("case_manager"), at=LATER)
    with pytest.raises(IdTaken):
        log(world, enrollment, id=contact.id)


@pytest.mark.parametrize("reason", ["", "  \n "], ids=["none", "blank"])
def test_it_needs_a_reason(world: World, reason: str) -> None:
    contact = log(world, rosa(world))
    with pytest.raises(InvalidContact):
        withdraw(world, contact, reason=reason)
    contact.refresh_from_db()
    assert (contact.outcome, contact.withdrawn_at) == ("met", None)


@pytest.mark.parametrize(
    ("role", "allowed"), [("case_manager", True), ("peer_specialist", False), ("supervisor", True)],
    ids=["who recorded it", "the partner", "the supervisor"],
)  # fmt: skip
def test_who_may_correct_may_withdraw(
    world: World, signed_in: dict[tuple[str, bool], Client], role: str, allowed: bool
) -> None:
    contact = log(world, luis(world))
    answer = signed_in[role, False].post(f"/contacts/{contact.id}/withdraw/", {"reason": WHY})
    assert answer.status_code == (302 if allowed else 403)
    contact.refresh_from_db()
    assert bool(contact.withdrawn_at) is allowed
    assert signed_in[role, True].post(f"/contacts/{contact.id}/withdraw/", {"reason": WHY}).status_code == 404


@pytest.mark.parametrize("reason", ["", "   ", "a" * 20_001], ids=["none", "blank", "too long"])
def test_the_page_asks_for_a_reason_and_keeps_what_was_typed(world: World, ana: Client, reason: str) -> None:
    contact = log(world, luis(world))
    answer = ana.post(f"/contacts/{contact.id}/withdraw/", {"reason": reason})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"reason"})
    assert answer.context["form"]["reason"].value() == reason
    assert not Contact.objects.get(id=contact.id).withdrawn_at


def test_timeline_and_page_show_it_struck_through_to_the_partner_too(
    world: World, ana: Client, signed_in: dict[tuple[str, bool], Client]
) -> None:
    contact = log(world, luis(world), note="At the library.")
    url = f"/contacts/{contact.id}/withdraw/"
    plan(world, luis(world), hours=72)
    page = ana.get(f"/contacts/{contact.id}/").content.decode()
    assert "Recorded by mistake" in page and "Next time" in page
    assert "At the library." in ana.get(url).content.decode()
    assert {ana.post(url, {"reason": WHY}).headers["Location"] for _ in range(2)} == {f"/contacts/{contact.id}/"}
    pat = signed_in["peer_specialist", False]
    for page in (f"/clients/{contact.client_id}/", f"/contacts/{contact.id}/"):
        text = pat.get(page).content.decode()
        assert f"Withdrawn by Ana Ruiz, {timezone.localtime(NOW):%a} " in text
        assert f"because: {WHY}" in text
        assert "<del>At the library.</del>" in text
    page = ana.get(f"/contacts/{contact.id}/").content.decode()
    assert f"/contacts/{contact.id}/correct/" not in page and "Next time" not in page


def test_it_is_recorded_for_the_right_client_with_the_same_words(world: World, ana: Client) -> None:
    contact = log(world, luis(world), note="At the library.", slip=True, minutes=50)
    again = f"/contacts/new/?again={contact.id}"
    assert ana.get(again).status_code == 404
    ana.post(f"/contacts/{contact.id}/withdraw/", {"reason": WHY})
    assert again in ana.get(f"/contacts/{contact.id}/").content.decode()
    form = ana.get(again).context["form"]
    said = {name: form[name].value() for name in ("who", "outcome", "note", "slip", "own_minutes", "place")}
    expected = {"who": "", "outcome": "met", "note": "At the library.", "slip": True, "own_minutes": 50}
    assert said == expected | {"place": "office"}
    mae = enroll(world, ClientDetails(first_name="Mae", last_name="Tull"), at=NOW - timedelta(days=20))
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"who": f"e:{mae.id}", "day": f"{sent['day']:%Y-%m-%d}", "time": f"{sent['time']:%H:%M}", "slip": "on"}
    assert ana.post(again, sent).status_code == 302
    moved = Contact.objects.get(enrollment=mae)
    assert (moved.note, moved.slip, moved.minutes, moved.at) == ("At the library.", True, 50, contact.at)


@pytest.mark.parametrize("again", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_nothing_to_record_again_is_not_found(world: World, ana: Client, again: str) -> None:
    assert ana.get(f"/contacts/new/?again={again}").status_code == 404


def test_out_of_reach_it_is_not_prefilled(world: World, signed_in: dict[tuple[str, bool], Client]) -> None:
    contact = withdraw(world, log(world, luis(world)))
    assert signed_in["case_manager", True].get(f"/contacts/new/?again={contact.id}").status_code == 404
