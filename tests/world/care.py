"""What the pair has recorded with Luis: a meeting, a worry that is over, an appointment for today, a line put off."""

from datetime import timedelta

from openmission.care.details import ContactDetails
from openmission.care.models import Appointment, Contact
from openmission.care.selectors.agenda import due_item
from openmission.care.services.appointments import NewAppointment, make_appointment
from openmission.care.services.contacts import log_contact
from openmission.care.services.deferrals import defer_item
from openmission.care.services.safety import raise_concern, take_safety_steps
from openmission.intake.models import Enrollment
from tests.world.cast import NOW, SINCE, TODAY, World

PUT_OFF = "review:transition"


def build_care(world: World) -> None:
    """`ids` "contact": the pair met Luis three days ago; "appointment": today; "concern": somebody was worried
    long ago, and the safety steps are closed. The line `PUT_OFF` waits.
    """
    luis = Enrollment.objects.get(id=world.ids["enrollment"])
    ana = world.actor("case_manager")
    pair = (world.staff["case_manager"].id, world.staff["peer_specialist"].id)
    contact = meet(world, luis, days_ago=3, staff_ids=pair, note="Talked about the room on Pine Street.")
    details = NewAppointment(NOW + timedelta(hours=2), component="housing", place="home")
    appointment = make_appointment(luis, details=details, by=ana, at=NOW - timedelta(days=3))
    item = due_item(ana, luis.id, PUT_OFF, on=TODAY, at=NOW).item
    defer_item(
        luis,
        item_key=item.key,
        weight=item.weight,
        need_on=item.need_on,
        until_on=TODAY + timedelta(days=2),
        reason="He asked for two more days.",
        by=ana,
        at=NOW,
    )
    concern = raise_concern(luis, because=("worried",), contact=None, by=ana, at=SINCE)
    steps = ("stay", "ask", "supervisor", "next_contact")
    take_safety_steps(concern, steps=steps, note="", why="His sister stays with him.", close=True, by=ana, at=SINCE)
    world.ids |= {"contact": contact.id, "appointment": appointment.id, "concern": concern.id}


def meet(world: World, enrollment: Enrollment, *, days_ago: int, role: str = "case_manager", **said: object) -> Contact:
    """A recorded meeting of so many days ago."""
    details = {"outcome": "met", "mode": "in_person", "place": "office", "component": "cti", "minutes": 45, **said}
    at = NOW - timedelta(days=days_ago)
    return log_contact(
        enrollment, details=ContactDetails(at=at, **details), by=world.actor(role), at=at + timedelta(hours=1)
    )


def plan(world: World, enrollment: Enrollment, *, hours: float, **said: object) -> Appointment:
    """An appointment so many hours from now, made yesterday."""
    details = NewAppointment(NOW + timedelta(hours=hours), **said)
    return make_appointment(enrollment, details=details, by=world.actor("case_manager"), at=NOW - timedelta(days=1))
