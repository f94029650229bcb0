"""People of the world as the tests of care meet them."""

from datetime import timedelta
from typing import Any

from openmission.care.details import ContactDetails
from openmission.care.models import Contact
from openmission.care.services.contacts import log_contact
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from tests.world.cast import NOW, World
from tests.world.intake import enroll

ROSA = ClientDetails(first_name="Rosa", last_name="Ferry")
HOUR = timedelta(hours=1)


def luis(world: World) -> Enrollment:
    """Served by Ana and Pat for 46 weeks of a six months' program: every phase is past."""
    return Enrollment.objects.get(id=world.ids["enrollment"])


def rosa(world: World, *, days: int = 20, **options: Any) -> Enrollment:
    """Newly served by Ana and Pat."""
    return enroll(world, ROSA, at=NOW - timedelta(days=days), **options)


def said(**changed: Any) -> ContactDetails:
    """A meeting an hour ago at the office."""
    given = {"at": NOW - HOUR, "outcome": "met", "mode": "in_person", "place": "office", "minutes": 45}
    return ContactDetails(**(given | {"component": "cti"} | changed))


def log(world: World, enrollment: Enrollment, *, by: Actor | None = None, id: Any = None, **changed: Any) -> Contact:
    """Ana, or whoever is named, records a meeting."""
    details = said(**changed)
    return log_contact(enrollment, details=details, by=by or world.actor("case_manager"), at=NOW, id=id)
