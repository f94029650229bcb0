"""When the next appointment is proposed for, where nobody said a time."""

from datetime import time

import pytest
from django.test import Client
from django.utils import timezone

from openmission.care.details import next_id
from openmission.care.models import Appointment, Contact
from openmission.care.rules.next_time import proposed_time
from tests.care.test_record_page import NEW, filled
from tests.world.cast import World


@pytest.mark.parametrize(
    ("this", "proposed"),
    [
        ("05:05", "10:00"),
        ("07:52", "10:00"),
        ("07:53", "08:00"),
        ("09:37", "09:30"),
        ("09:38", "09:45"),
        ("17:55", "18:00"),
        ("18:07", "18:00"),
        ("18:08", "10:00"),
        ("23:59", "10:00"),
        ("00:00", "10:00"),
    ],
)
def test_by_day_at_the_same_time_else_at_ten(this: str, proposed: str) -> None:
    assert proposed_time(time.fromisoformat(this)) == time.fromisoformat(proposed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "proposed"), [("", "10:00"), ("05:30", "05:30")], ids=["nothing said", "a time written down"]
)
def test_who_works_at_night_plans_for_the_day_unless_told_otherwise(
    world: World, signed_in: dict[tuple[str, bool], Client], own: str, proposed: str
) -> None:
    data = filled(world, time="05:05", next="7", next_time=own)
    assert signed_in["case_manager", False].post(NEW, data).status_code == 302
    planned = Appointment.objects.get(id=next_id(Contact.objects.get(id=data["id"]).id))
    assert f"{timezone.localtime(planned.at):%H:%M}" == proposed
