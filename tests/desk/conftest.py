"""A worker at the desk, with as many clients and contacts as a test asks for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from openmission.care.services.contacts import ContactDetails, log_contact
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment
from tests.world.cast import NOW, World
from tests.world.intake import enroll


@pytest.fixture
def desk(world: World, client: Browser) -> Browser:
    """The north team's case manager, signed in."""
    client.force_login(world.staff["case_manager"])
    return client


@pytest.fixture
def met(world: World) -> Callable[..., None]:
    """Record so many meetings of an enrollment, one a day backwards from yesterday."""

    def record(enrollment: Enrollment, times: int) -> None:
        by = world.actor("case_manager")
        for day in range(1, times + 1):
            at = NOW - timedelta(hours=6 * day)
            details = ContactDetails(at, "met", "in_person", "cti", 30, "home", note=f"Visit {day}.")
            log_contact(enrollment, details=details, by=by, at=at + timedelta(minutes=40))

    return record


@pytest.fixture
def more_clients(world: World) -> Callable[[int], list[Enrollment]]:
    def add(count: int) -> list[Enrollment]:
        start = NOW - timedelta(days=30)
        return [enroll(world, ClientDetails(f"Test{n}", "Linden"), at=start) for n in range(count)]

    return add
