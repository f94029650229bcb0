"""Recording a contact: what is refused, who took part in which role, one row however often it is sent."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.care.details import InvalidContact
from openmission.care.models import Appointment, Contact
from openmission.care.selectors.appointments import AppointmentClosed
from openmission.care.services.appointments import InvalidAppointment, NewAppointment
from openmission.care.services.contacts import log_contact
from openmission.care.services.phases import discharge_client
from openmission.intake.models import EnrollmentPhase
from openmission.kernel.errors import IdTaken, Refused
from openmission.kernel.ids import new_id
from openmission.staff.services import cover
from openmission.staff.viewers import actor_for
from tests.care.people import HOUR, log, luis, rosa, said
from tests.world.care import plan
from tests.world.cast import NOW, TODAY, World
from tests.world.clients import LUCIA
from tests.world.intake import enroll

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def roles(contact: Contact) -> dict[str, str]:
    return dict(contact.staff.values_list("user__name", "role"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"outcome": "vanished"}, "outcome"),
        ({"mode": "pigeon"}, "mode"),
        ({"with_whom": "nobody"}, "with_whom"),
        ({"place": "moon"}, "place"),
        ({"place": ""}, "place"),
        ({"component": "nothing"}, "component"),
        ({"component": ""}, "component"),
        ({"component": "justice"}, "component"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -5}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"outcome": "no_show", "minutes": 721}, "minutes"),
        ({"at": NOW + timedelta(minutes=6)}, "day"),
        ({"at": NOW - timedelta(days=367)}, "day"),
    ],
    ids=lambda value: "-".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value),
)
def test_what_cannot_be_right_is_refused_at_its_field(world: World, changed: dict[str, Any], field: str) -> None:
    before = Contact.objects.count()
    with pytest.raises(InvalidContact) as refused:
        log(world, luis(world), **changed)
    assert refused.value.field == field
    assert Contact.objects.count() == before


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"outcome": "tried", "mode": "phone", "place": "", "minutes": 0}, id="a call without an answer"),
        pytest.param({"outcome": "no_show", "minutes": 0}, id="a no-show"),
        pytest.param({"outcome": "cancelled", "mode": "text", "place": "", "minutes": 0}, id="a cancellation by text"),
        pytest.param({"mode": "video", "place": ""}, id="a video call has no place"),
        pytest.param({"minutes": 720}, id="twelve hours"),
        pytest.param({"minutes": 1}, id="one minute"),
        pytest.param({"at": NOW - timedelta(days=366)}, id="a year ago"),
        pytest.param({"at": NOW + timedelta(minutes=5)}, id="a phone's clock that is a little ahead"),
        pytest.param({"with_whom": "landlord", "component": "housing"}, id="with the landlord"),
    ],
)
def test_what_may_be_right_is_kept(world: World, changed: dict[str, Any]) -> None:
    contact = log(world, luis(world), **changed)
    assert {name: getattr(contact, name) for name in changed} == changed


def test_a_contact_leaves_its_event_without_the_note(world: World) -> None:
    contact = log(world, luis(world), note="He spoke of his brother.")
    event = RecordedEvent.objects.get(kind="care.ContactLogged", data__contact_id=str(contact.id))
    assert (event.client_id, event.by_name) == (contact.client_id, "Ana Ruiz")
    assert "brother" not in str(event.data)


def test_a_note_is_kept_without_the_spaces_around_it(world: World) -> None:
    assert log(world, luis(world), note=" one\r\ntwo \n").note == "one\ntwo"


def test_a_joint_contact_is_one_row_with_both_roles(world: World) -> None:
    pair = tuple(world.staff[role].id for role in ("case_manager", "peer_specialist"))
    contact = log(world, luis(world), staff_ids=(*pair, pair[0]))
    assert roles(contact) == {"Ana Ruiz": "case_manager", "Pat Bell": "peer_specialist"}
    assert (contact.by_case_manager, contact.by_peer) == (True, True)


@pytest.mark.parametrize(
    ("role", "flags"),
    [("case_manager", (True, False)), ("peer_specialist", (False, True)), ("supervisor", (False, False))],
    ids=["case manager", "peer", "supervisor"],
)
def test_who_records_took_part_unless_said_otherwise(world: World, role: str, flags: tuple[bool, bool]) -> None:
    contact = log(world, luis(world), by=world.actor(role))
    assert roles(contact) == {world.staff[role].name: role}
    assert (contact.by_case_manager, contact.by_peer) == flags


def test_who_covers_stands_in_the_role_of_the_colleague(world: World) -> None:
    ben = world.second_pair["peer_specialist"]
    with pytest.raises(Refused):
        log(world, luis(world), by=actor_for(ben, on=TODAY))
    away = {"absent": world.staff["case_manager"], "covering": ben, "starts_on": TODAY, "ends_on": TODAY, "reason": ""}
    cover.arrange_cover(**away, by=world.actor("supervisor"), at=NOW)
    contact = log(world, luis(world), by=actor_for(ben, on=TODAY))
    assert roles(contact) == {"Ben Ortiz": "case_manager"}
    assert (contact.by_case_manager, contact.by_peer) == (True, False)


def test_a_colleague_of_the_team_may_have_come_along(world: World) -> None:
    contact = log(
        world, luis(world), staff_ids=(world.staff["case_manager"].id, world.second_pair["peer_specialist"].id)
    )
    assert roles(contact) == {"Ana Ruiz": "case_manager", "Ben Ortiz": "peer_specialist"}


def test_a_stranger_to_the_team_is_refused(world: World) -> None:
    with pytest.raises(InvalidContact) as refused:
        log(world, luis(world), staff_ids=(world.outsiders["peer_specialist"].id,))
    assert refused.value.field == "staff"


def test_out_of_reach_nobody_records(world: World) -> None:
    for actor in (world.actor("case_manager", outsider=True), world.actor("intake_worker")):
        with pytest.raises(Refused):
            log(world, luis(world), by=actor)


def test_another_teams_enrollment_of_the_same_client_is_out_of_reach(world: World) -> None:
    elsewhere = enroll(world, LUCIA, at=NOW - 9 * DAY, outsider=True)
    with pytest.raises(Refused):
        log(world, elsewhere)


@pytest.mark.parametrize("phase", ["transition", "try_out", "transfer"])
def test_the_phase_is_that_of_the_day(world: World, phase: str) -> None:
    span = EnrollmentPhase.objects.get(enrollment=luis(world), slug=phase)
    for day in (span.starts_on, span.ends_on - DAY):
        contact = log(world, luis(world), at=datetime.fromisoformat(f"{day}T18:00:00+00:00"))
        assert (contact.on, contact.phase) == (day, phase)


def test_outside_the_program_the_nearest_phase_counts(world: World) -> None:
    enrollment = luis(world)
    before = datetime.fromisoformat(f"{enrollment.starts_on - 3 * DAY}T18:00:00+00:00")
    assert [log(world, enrollment, at=at).phase for at in (before, NOW)] == ["transition", "transfer"]


def test_the_day_is_that_of_the_agency(world: World) -> None:
    at = datetime.fromisoformat("2026-11-22T03:30:00+00:00")  # Saturday evening in New York
    assert log(world, luis(world), at=at).on == date(2026, 11, 21)


def test_a_contact_closes_the_appointment_it_kept(world: World) -> None:
    appointment = plan(world, luis(world), hours=-2)
    ana = world.actor("case_manager")
    contact = log_contact(luis(world), details=said(), by=ana, at=NOW, appointment=appointment)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.contact, appointment.closed_at) == ("recorded", contact, NOW)
    with pytest.raises(AppointmentClosed):
        log_contact(luis(world), details=said(), by=ana, at=NOW, appointment=appointment, id=new_id())


def test_an_appointment_with_somebody_else_is_refused(world: World) -> None:
    appointment = plan(world, luis(world), hours=-2)
    with pytest.raises(InvalidContact):
        log_contact(rosa(world), details=said(), by=world.actor("case_manager"), at=NOW, appointment=appointment)
    appointment.refresh_from_db()
    assert appointment.state == "planned"


def test_the_same_id_is_the_same_contact_with_one_next_appointment(world: World) -> None:
    ana, id, appointment = world.actor("case_manager"), new_id(), plan(world, luis(world), hours=-2)
    events, planned = RecordedEvent.objects.count(), Appointment.objects.count()
    for _ in range(3):
        log_contact(
            luis(world),
            details=said(note="Once"),
            by=ana,
            at=NOW,
            id=id,
            appointment=appointment,
            next_appointment=NewAppointment(NOW + 7 * DAY),
        )
    assert Contact.objects.filter(id=id).count() == 1
    assert Appointment.objects.count() == planned + 1
    assert RecordedEvent.objects.count() == events + 2  # logged, made


def test_what_was_said_differently_in_a_retry_is_a_correction(world: World) -> None:
    """The answer was lost, and more was typed before it was sent again."""
    id = new_id()
    log(world, luis(world), id=id, note="Half a sen")
    contact = log(world, luis(world), id=id, note="Half a sentence, now whole.")
    assert contact.note == "Half a sentence, now whole."
    assert "Half a sen" in contact.versions.get().before


@pytest.mark.parametrize("who", ["the partner", "another client"])
def test_an_id_that_belongs_to_another_contact_is_refused(world: World, who: str) -> None:
    id = log(world, luis(world), id=new_id(), note="Ana's").id
    with pytest.raises(IdTaken):
        if who == "the partner":
            log(world, luis(world), by=world.actor("peer_specialist"), id=id, note="Pat's")
        else:
            log(world, rosa(world), id=id, note="Rosa's")
    assert Contact.objects.get(id=id).note == "Ana's"


def test_when_the_next_appointment_cannot_be_nothing_is_kept(world: World) -> None:
    before = Contact.objects.count()
    with pytest.raises(InvalidAppointment):
        log_contact(
            luis(world),
            details=said(),
            by=world.actor("case_manager"),
            at=NOW,
            next_appointment=NewAppointment(NOW - HOUR),
        )
    assert Contact.objects.count() == before


def test_after_discharge_the_supervisor_still_records_after_care(world: World) -> None:
    enrollment = rosa(world)
    discharge_client(
        enrollment,
        discharge="completed",
        discharged_on=TODAY,
        note="Well done.",
        by=world.actor("case_manager"),
        at=NOW,
    )
    assert log(world, enrollment, by=world.actor("supervisor"), note="She called to say hello.")
    with pytest.raises(Refused):
        log(world, enrollment)
