"""Hears who has finished the program, who is in its groups no more; and what is corrected in the service log."""

from datetime import datetime

from openmission.care.events import ContactCorrected
from openmission.delivery.services.changes import follow_contact
from openmission.delivery.services.groups import end_leading, leave_all_groups
from openmission.intake.events import ClientDischarged
from openmission.kernel.actors import Actor
from openmission.kernel.events import subscribe
from openmission.staff.events import RoleEnded, StaffClosed
from openmission.staff.models import StaffRole
from openmission.staff.roles import CARE


def leave_groups(event: ClientDischarged, by: Actor, at: datetime) -> None:
    leave_all_groups(enrollment_id=event.enrollment_id, by=by, at=at)


def follow_correction(event: ContactCorrected, by: Actor, at: datetime) -> None:
    follow_contact(contact_id=event.contact_id, by=by, at=at)


def end_leading_there(event: RoleEnded, by: Actor, at: datetime) -> None:
    """Unless they give care there in another role."""
    if event.team_id is None or event.role not in CARE:
        return
    held = StaffRole.objects.filter(user_id=event.user_id, team_id=event.team_id, role__in=CARE, ends_on=None)
    if not held.exclude(role=event.role).exists():
        end_leading(user_id=event.user_id, team_id=event.team_id, by=by, at=at)


def end_leading_everywhere(event: StaffClosed, by: Actor, at: datetime) -> None:
    end_leading(user_id=event.user_id, team_id=None, by=by, at=at)


subscribe(RoleEnded, end_leading_there)
subscribe(StaffClosed, end_leading_everywhere)
subscribe(ContactCorrected, follow_correction)
subscribe(ClientDischarged, leave_groups)
