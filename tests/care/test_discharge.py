"""At the end of the program nothing stays planned: what is to come is cancelled, what has passed is said."""

import pytest
from django.test import Client

from openmission.audit.models import RecordedEvent
from openmission.care.models import Appointment
from openmission.care.services.phases import InvalidReview, discharge_client
from openmission.intake.models import Enrollment
from tests.care.people import rosa
from tests.world.care import plan
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db


def leave(world: World, enrollment: Enrollment, *, leave_open: bool) -> None:
    ana, words = world.actor("case_manager"), {"discharge": "completed", "discharged_on": TODAY, "note": "A room."}
    discharge_client(enrollment, **words, leave_open=leave_open, by=ana, at=NOW)  # type: ignore[arg-type]


def states(enrollment: Enrollment) -> list[str]:
    return list(Appointment.objects.filter(enrollment=enrollment).order_by("at").values_list("state", flat=True))


def test_the_program_does_not_end_over_an_appointment_that_nobody_spoke_of(world: World) -> None:
    enrollment = rosa(world)
    plan(world, enrollment, hours=-3)
    plan(world, enrollment, hours=48)
    with pytest.raises(InvalidReview) as fault:
        leave(world, enrollment, leave_open=False)
    assert fault.value.field == "leave_open"
    enrollment.refresh_from_db()
    assert (enrollment.state, states(enrollment)) == ("active", ["planned", "planned"])


def test_left_knowingly_the_past_is_not_recorded_and_what_is_to_come_is_cancelled(world: World) -> None:
    enrollment = rosa(world)
    plan(world, enrollment, hours=-3)
    plan(world, enrollment, hours=48)
    leave(world, enrollment, leave_open=True)
    assert states(enrollment) == ["unrecorded", "cancelled"]
    rows = Appointment.objects.filter(enrollment=enrollment).order_by("at")
    assert [row.closed_reason for row in rows] == ["", "The program has ended."]
    assert all(row.closed_at == NOW for row in rows)
    kinds = RecordedEvent.objects.filter(client_id=enrollment.client_id, kind__startswith="care.Appointment")
    assert {"care.AppointmentLeftUnrecorded", "care.AppointmentCancelled"} <= set(kinds.values_list("kind", flat=True))


def test_the_page_names_what_waits_and_asks(world: World, signed_in: dict[tuple[str, bool], Client]) -> None:
    ana, enrollment = signed_in["case_manager", False], rosa(world)
    url, sent = f"/enrollments/{enrollment.id}/discharge/", {"discharge": "completed", "note": "A room, a doctor."}
    sent["discharged_on"] = TODAY.isoformat()
    assert "leave_open" not in ana.get(url).content.decode()
    waiting = plan(world, enrollment, hours=-3)
    assert f"/contacts/new/?appointment={waiting.id}" in ana.get(url).content.decode()
    answer = ana.post(url, sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"leave_open"})
    assert "A room, a doctor." in answer.content.decode()
    assert ana.post(url, sent | {"leave_open": "on"}).status_code == 302
    assert states(enrollment) == ["unrecorded"]
