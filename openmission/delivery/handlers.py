"""Hears who has finished the program: they are in its groups no more."""

from datetime import datetime

from openmission.delivery.services.groups import leave_all_groups
from openmission.intake.events import ClientDischarged
from openmission.kernel.actors import Actor
from openmission.kernel.events import subscribe


def leave_groups(event: ClientDischarged, by: Actor, at: datetime) -> None:
    leave_all_groups(enrollment_id=event.enrollment_id, by=by, at=at)


subscribe(ClientDischarged, leave_groups)
