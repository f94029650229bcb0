"""Hears who has finished the program, who is in its groups no more; and what is corrected in the service log."""

from datetime import datetime

from openmission.care.events import ContactCorrected
from openmission.delivery.services.deliveries import follow_contact
from openmission.delivery.services.groups import leave_all_groups
from openmission.intake.events import ClientDischarged
from openmission.kernel.actors import Actor
from openmission.kernel.events import subscribe


def leave_groups(event: ClientDischarged, by: Actor, at: datetime) -> None:
    leave_all_groups(enrollment_id=event.enrollment_id, by=by, at=at)


def follow_correction(event: ContactCorrected, by: Actor, at: datetime) -> None:
    follow_contact(contact_id=event.contact_id, by=by, at=at)


subscribe(ContactCorrected, follow_correction)
subscribe(ClientDischarged, leave_groups)
