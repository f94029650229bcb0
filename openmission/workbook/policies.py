"""Who may write on a client's sheets: the pair shares them."""

from datetime import datetime

from openmission.care.policies import can_log_contact
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision


def can_fill_sheet(actor: Actor, enrollment: Enrollment, at: datetime) -> Decision:
    """Whoever may record a contact of the enrollment, also after its end: the book stays the client's."""
    return can_log_contact(actor, enrollment, at)
