"""A form that planned something and is sent again with another time, way or place: it says so; nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from openmission.care.models import Appointment, Contact
from openmission.care.services.appointments import cancel_appointment
from tests.care.test_record_page import NEW, WORDS, filled
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
PLAN = "/appointments/new/"
PLANNED = "A time is planned already: Thu 26 Nov, 14:30 · In person, Office."
WEEK = "A time is planned already: Mon 30 Nov, 08:00 · In person, Office."
ALONE = "To save only the contact, choose “Not now” and no day."


@pytest.fixture
def ana(signed_in: dict[tuple[str, bool], Client]) -> Client:
    return signed_in["case_manager", False]


def told(answer: Any, field: str) -> str:
    """What the page that was sent back says at its only fault."""
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["id"].value() == answer.context["form"].data["id"]
    return answer.context["form"].errors[field][0]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"next_day": "2026-11-27"}, "next_day"),
        ({"next_time": "14:45"}, "next_day"),
        ({"mode": "phone"}, "mode"),
        ({"place": "home"}, "place"),
    ],
    ids=["another day", "another time", "another way", "another place"],
)
def test_an_appointment_that_is_sent_again_otherwise_is_told(
    world: World, ana: Client, changed: dict[str, str], field: str
) -> None:
    data = filled(world, next_day="2026-11-26", next_time="14:30")
    assert ana.post(PLAN, data).status_code == 302
    answer = ana.post(PLAN, data | changed)
    assert told(answer, field).startswith(PLANNED) and ALONE not in told(answer, field)
    assert {name: answer.context["form"][name].value() for name in changed} == changed
    assert f'href="/appointments/{data["id"]}/"' in answer.content.decode()
    assert Appointment.objects.get(id=data["id"]).at.isoformat() == "2026-11-26T19:30:00+00:00"


def test_the_very_same_form_is_one_appointment_also_when_it_was_asked_about(world: World, ana: Client) -> None:
    first, data = (filled(world, next_day="2026-11-26", next_time="14:30") for _ in range(2))
    ana.post(PLAN, first)
    data["knowing"] = first["id"]
    assert {ana.post(PLAN, data).status_code for _ in range(3)} == {302}
    assert {ana.post(PLAN, data | {"knowing": ""}).status_code} == {302}
    assert Appointment.objects.filter(id=data["id"]).count() == 1


def test_what_was_cancelled_meanwhile_is_not_called_planned(world: World, ana: Client) -> None:
    data = filled(world, next_day="2026-11-26", next_time="14:30")
    ana.post(PLAN, data)
    by = world.actor("case_manager")
    cancel_appointment(Appointment.objects.get(id=data["id"]), reason="Rain.", by=by, at=NOW)
    words = told(ana.post(PLAN, data | {"next_day": "2026-11-27"}), "next_day")
    assert words == "This appointment was cancelled, Mon 23 Nov, 09:00. Why: Rain."


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"next": "14"}, "next"),
        ({"next": "other", "next_day": "2026-12-01"}, "next_day"),
        ({"day": "2026-11-22"}, "next"),
    ],
    ids=["another pick", "a day written down", "the same pick from another day"],
)
def test_another_next_time_of_the_same_contact_is_told_and_the_rest_can_be_saved(
    world: World, ana: Client, changed: dict[str, str], field: str
) -> None:
    data = filled(world, next="7")
    assert ana.post(NEW, data).status_code == 302
    again = data | changed | {"note": "Said better"}
    answer = ana.post(NEW, again)
    assert told(answer, field).startswith(WEEK) and told(answer, field).endswith(ALONE)
    assert answer.context["form"]["note"].value() == "Said better"
    contact = Contact.objects.get(id=data["id"])
    planned = Appointment.objects.get(made_by=contact.recorded_by, at=NOW + timedelta(days=7, hours=-1))
    assert contact.note == WORDS
    assert f'href="/appointments/{planned.id}/"' in answer.content.decode()
    assert ana.post(NEW, again | {"next": "", "next_day": ""}).status_code == 302
    assert Contact.objects.get(id=data["id"]).note == "Said better"
    assert Appointment.objects.get(id=planned.id).state == "planned"


def test_what_follows_from_the_contact_is_corrected_without_a_question(world: World, ana: Client) -> None:
    """How and where of the next time were never asked."""
    data, before = filled(world, next="7"), Appointment.objects.count()
    assert ana.post(NEW, data).status_code == 302
    for changed in ({"place": "home"}, {"mode": "phone"}, {"outcome": "no_show"}, {"minutes": "60", "note": "Longer"}):
        assert ana.post(NEW, data | changed).status_code == 302
    assert (Contact.objects.get(id=data["id"]).note, Appointment.objects.count()) == ("Longer", before + 1)
