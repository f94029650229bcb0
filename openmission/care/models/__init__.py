"""Tables of the care room."""

from openmission.care.models.agenda import Deferral, HandoverNote, PhaseReview
from openmission.care.models.contact import Appointment, AppointmentStaff, Contact, ContactStaff, ContactVersion
from openmission.care.models.safety import SafetyConcern

__all__ = [
    "Appointment",
    "AppointmentStaff",
    "Contact",
    "ContactStaff",
    "ContactVersion",
    "Deferral",
    "HandoverNote",
    "PhaseReview",
    "SafetyConcern",
]
