"""Appointments: made once, moved and cancelled with a word of why."""

from datetime import timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.care.details import InvalidContact
from openmission.care.models import Appointment
from openmission.care.selectors.appointments import AppointmentClosed, get_appointment, next_planned
from openmission.care.services.appointments import (
    InvalidAppointment,
    NewAppointment,
    cancel_appointment,
    make_appointment,
    move_appointment,
)
from openmission.care.services.phases import discharge_client
from openmission.kernel.errors import NotFound, Refused
from openmission.kernel.ids import new_id
from tests.care.people import luis, rosa
from tests.world.care import plan
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def make(world: World, *, id: Any = None, **changed: Any) -> Appointment:
    details = NewAppointment(**({"at": NOW + DAY, "component": "housing"} | changed))
    return make_appointment(luis(world), details=details, by=world.actor("case_manager"), at=NOW, id=id)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"at": NOW - timedelta(minutes=6)}, "next_day"),
        ({"at": NOW + 401 * DAY}, "next_day"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"mode": "pigeon"}, "mode"),
        ({"place": "moon"}, "place"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_what_cannot_be_right_is_refused_at_its_field(world: World, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidAppointment) as refused:
        make(world, **changed)
    assert refused.value.field == field


@pytest.mark.parametrize("changed", [{"component": "justice"}, {"staff_ids": "outsider"}], ids=["about", "who goes"])
def test_neither_a_part_of_another_program_nor_a_stranger(world: World, changed: dict[str, Any]) -> None:
    if "staff_ids" in changed:
        changed = {"staff_ids": (world.outsiders["case_manager"].id,)}
    with pytest.raises(InvalidContact):
        make(world, **changed)


def test_the_same_id_is_the_same_appointment(world: World) -> None:
    id = new_id()
    assert make(world, id=id) == make(world, id=id)
    assert Appointment.objects.filter(id=id).count() == 1


def test_who_makes_it_goes_unless_said_otherwise(world: World) -> None:
    pair = tuple(world.staff[role].id for role in ("case_manager", "peer_specialist"))
    assert list(make(world).staff.values_list("user_id", flat=True)) == [pair[0]]
    assert set(make(world, staff_ids=pair).staff.values_list("user_id", flat=True)) == set(pair)


def test_moving_closes_the_old_one_with_the_reason_and_keeps_the_rest(world: World) -> None:
    pair = tuple(world.staff[role].id for role in ("case_manager", "peer_specialist"))
    old = make(world, minutes=60, place="home", staff_ids=pair)
    again = move_appointment(old, to=NOW + 3 * DAY, reason=" He has court. ", by=world.actor("case_manager"), at=NOW)
    old.refresh_from_db()
    assert (old.state, old.closed_reason, old.closed_at) == ("moved", "He has court.", NOW)
    assert (again.at, again.minutes, again.place, again.component) == (NOW + 3 * DAY, 60, "home", "housing")
    assert again.staff.count() == 2
    assert RecordedEvent.objects.filter(kind="care.AppointmentMoved").count() == 1


def test_cancelling_keeps_the_reason(world: World) -> None:
    appointment = make(world)
    cancel_appointment(appointment, reason="The office is closed.", by=world.actor("peer_specialist"), at=NOW)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.closed_reason) == ("cancelled", "The office is closed.")


@pytest.mark.parametrize("what", ["move", "cancel"])
def test_without_a_reason_it_stays_planned(world: World, what: str) -> None:
    appointment, ana = make(world), world.actor("case_manager")
    with pytest.raises(InvalidAppointment) as refused:
        if what == "move":
            move_appointment(appointment, to=NOW + 3 * DAY, reason="  ", by=ana, at=NOW)
        else:
            cancel_appointment(appointment, reason="  ", by=ana, at=NOW)
    assert refused.value.field == "reason"
    appointment.refresh_from_db()
    assert appointment.state == "planned"


def test_what_is_closed_stays_closed(world: World) -> None:
    appointment, ana = make(world), world.actor("case_manager")
    cancel_appointment(appointment, reason="Ill", by=ana, at=NOW)
    before = Appointment.objects.count()
    with pytest.raises(AppointmentClosed):
        move_appointment(appointment, to=NOW + 3 * DAY, reason="Well again", by=ana, at=NOW)
    with pytest.raises(AppointmentClosed):
        cancel_appointment(appointment, reason="Ill", by=ana, at=NOW)
    assert Appointment.objects.count() == before


def test_out_of_reach_there_is_none(world: World) -> None:
    appointment, cal = make(world), world.actor("case_manager", outsider=True)
    with pytest.raises(NotFound):
        get_appointment(cal, appointment.id, at=NOW)
    with pytest.raises(Refused):
        cancel_appointment(appointment, reason="Mine now", by=cal, at=NOW)


def test_the_end_of_the_program_cancels_what_was_to_come(world: World) -> None:
    enrollment, ana = rosa(world), world.actor("case_manager")
    past, coming = plan(world, enrollment, hours=-20), plan(world, enrollment, hours=30)
    assert next_planned(ana, enrollment.id, at=NOW) == coming
    words = {"discharge": "moved", "discharged_on": TODAY, "note": "To her sister."}
    discharge_client(enrollment, **words, leave_open=True, by=ana, at=NOW)
    past.refresh_from_db()
    coming.refresh_from_db()
    assert (past.state, coming.state) == ("unrecorded", "cancelled")
    enrollment.refresh_from_db()
    with pytest.raises(Refused):
        make_appointment(enrollment, details=NewAppointment(NOW + DAY), by=world.actor("supervisor"), at=NOW)
