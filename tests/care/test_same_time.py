"""Two appointments at the same time: who plans the second is told in words, and may go on knowingly."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from openmission.audit.models import Access
from openmission.care.models import Appointment, AppointmentStaff, Contact
from openmission.care.services.appointments import (
    AlreadyPlanned,
    NewAppointment,
    cancel_appointment,
    make_appointment,
    move_appointment,
)
from openmission.intake.models import Enrollment
from openmission.kernel.ids import new_id
from tests.care.people import luis, rosa
from tests.care.test_record_page import NEW, WORDS, filled
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
THEN = NOW + timedelta(days=3)  # Thu 26 Nov, 09:00
MINUTES = timedelta(minutes=1)


@pytest.fixture
def ana(signed_in: dict[tuple[str, bool], Client]) -> Client:
    return signed_in["case_manager", False]


def planned(world: World, enrollment: Enrollment, *, role: str = "case_manager", **said: Any) -> Appointment:
    """45 minutes from `THEN`, made by the worker of the role, who goes there alone."""
    details = NewAppointment(**({"at": THEN} | said))
    return make_appointment(enrollment, details=details, by=world.actor(role), at=NOW)


def told(world: World, enrollment: Enrollment, **said: Any) -> str:
    """What is said to Ana who plans; empty when nothing is."""
    try:
        planned(world, enrollment, **({"knowing": frozenset()} | said))
    except AlreadyPlanned as fault:
        return str(fault.message)
    return ""


def test_the_same_worker_is_told_who_and_when(world: World) -> None:
    planned(world, rosa(world))
    assert "Thu 26 Nov, 09:00, Rosa F. (Ana Ruiz)" in told(world, luis(world))


def test_who_is_named_is_noted_in_the_access_log(world: World, ana: Client) -> None:
    other = planned(world, rosa(world))
    mine = planned(world, luis(world), at=THEN + timedelta(days=1))
    sent = {"next_day": "2026-11-26", "next_time": "09:00", "reason": "Bus."}
    assert "Rosa F." in ana.post(f"/appointments/{mine.id}/move/", sent).content.decode()
    assert Access.objects.filter(client_id=other.client_id, page="care:appointment_move").exists()


def test_the_same_client_is_told_though_another_goes(world: World) -> None:
    planned(world, luis(world), role="peer_specialist")
    assert "Thu 26 Nov, 09:00, Luis M. (Pat Bell)" in told(world, luis(world))


def test_the_partner_who_is_taken_along_is_told(world: World) -> None:
    planned(world, rosa(world), role="peer_specialist")
    assert told(world, luis(world)) == ""
    pat = (world.staff["peer_specialist"].id,)
    assert "Rosa F. (Pat Bell)" in told(world, luis(world), staff_ids=pat)


@pytest.mark.parametrize(
    ("minutes", "clashing"), [(-45, False), (-44, True), (44, True), (45, False)], ids=lambda value: str(value)
)
def test_it_is_the_time_that_counts_not_only_the_minute(world: World, minutes: int, clashing: bool) -> None:
    planned(world, luis(world))
    assert bool(told(world, luis(world), at=THEN + minutes * MINUTES)) is clashing


def test_of_a_client_out_of_reach_only_the_colleagues_time_is_told(world: World) -> None:
    """Of the other team's client neither the name, nor who else goes there, nor that there is anything if nobody of
    ours goes.
    """
    lucia = Enrollment.objects.get(client_id=world.ids["lucia"])
    other = planned(world, rosa(world))
    Appointment.objects.filter(id=other.id).update(enrollment=lucia, client_id=lucia.client_id)
    AppointmentStaff.objects.create(appointment=other, user=world.outsiders["case_manager"])
    text = told(world, luis(world))
    assert "Thu 26 Nov, 09:00, another client (Ana Ruiz)." in text
    Appointment.objects.filter(id=other.id).update(client_id=luis(world).client_id)
    other.staff.filter(user=world.staff["case_manager"]).delete()
    assert told(world, luis(world)) == ""


def test_what_was_cancelled_is_no_clash_and_moving_does_not_clash_with_itself(world: World) -> None:
    first, by = planned(world, luis(world)), world.actor("case_manager")
    nothing: frozenset[Any] = frozenset()
    again = move_appointment(first, to=THEN + 15 * MINUTES, reason="Bus.", by=by, at=NOW, knowing=nothing)
    assert again.state == "planned"
    cancel_appointment(again, reason="Rain.", by=by, at=NOW)
    assert told(world, luis(world)) == ""


def test_a_move_that_is_asked_about_changes_nothing(world: World) -> None:
    planned(world, rosa(world))
    moving, by = planned(world, luis(world), at=THEN + timedelta(days=1)), world.actor("case_manager")
    with pytest.raises(AlreadyPlanned):
        move_appointment(moving, to=THEN, reason="Bus.", by=by, at=NOW, knowing=frozenset())
    moving.refresh_from_db()
    assert (moving.state, Appointment.objects.filter(enrollment=luis(world), at=THEN).exists()) == ("planned", False)


def knowing(answer: Any) -> str:
    """What the page that was sent back carries."""
    value = str(answer.context["form"]["knowing"].value())
    assert f'name="knowing" value="{value}"' in answer.content.decode()
    return value


def test_the_page_says_it_and_plans_when_saved_again(world: World, ana: Client) -> None:
    first = planned(world, rosa(world))
    data = filled(world, next_day="2026-11-26", next_time="09:30")
    answer = ana.post("/appointments/new/", data)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"next_day"})
    assert "Thu 26 Nov, 09:00, Rosa F. (Ana Ruiz)" in answer.content.decode()
    assert knowing(answer) == str(first.id)
    second = planned(world, luis(world), at=THEN + 20 * MINUTES, role="peer_specialist")
    answer = ana.post("/appointments/new/", data | {"knowing": knowing(answer)})
    assert (answer.status_code, knowing(answer)) == (422, f"{first.id} {second.id}")
    assert ana.post("/appointments/new/", data | {"knowing": knowing(answer)}).status_code == 302
    assert Appointment.objects.filter(id=data["id"], state="planned").exists()


def test_the_page_that_moves_one_keeps_the_reason(world: World, ana: Client) -> None:
    planned(world, rosa(world))
    moving = planned(world, luis(world), at=THEN + timedelta(days=1))
    url, data = f"/appointments/{moving.id}/move/", {"next_day": "2026-11-26", "next_time": "09:00", "reason": "Bus."}
    answer = ana.post(url, data)
    assert (answer.status_code, answer.context["form"]["reason"].value()) == (422, "Bus.")
    assert ana.post(url, data | {"knowing": knowing(answer)}).status_code == 302


@pytest.mark.parametrize(
    ("chosen", "field"),
    [({"next": "7"}, "next"), ({"next": "other", "next_day": "2026-11-30"}, "next_day")],
    ids=["a quick pick", "a day written down"],
)
def test_the_next_time_of_a_contact_is_asked_about_where_it_was_chosen(
    world: World, ana: Client, chosen: dict[str, str], field: str
) -> None:
    planned(world, rosa(world), at=NOW + timedelta(days=7, hours=-1))
    data = filled(world, **chosen)
    answer = ana.post(NEW, data)
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors), form["note"].value()) == (422, {field}, WORDS)
    assert not Contact.objects.filter(id=data["id"]).exists()
    sent = data | {"knowing": knowing(answer)}
    assert {ana.post(NEW, sent).status_code for _ in range(2)} == {302}
    assert Appointment.objects.filter(enrollment=luis(world), at=NOW + timedelta(days=7, hours=-1)).count() == 1


def test_a_quick_pick_that_lies_in_the_past_is_told_where_it_was_chosen(world: World, ana: Client) -> None:
    answer = ana.post(NEW, filled(world, day="2026-11-02", next="7"))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"next"})


@pytest.mark.parametrize("forged", ["nonsense", "\x00", f"{new_id()}"], ids=["words", "a null", "another id"])
def test_a_forged_knowing_is_no_knowing(world: World, ana: Client, forged: str) -> None:
    planned(world, rosa(world))
    data = filled(world, next_day="2026-11-26", next_time="09:00", knowing=forged)
    assert ana.post("/appointments/new/", data).status_code == 422
