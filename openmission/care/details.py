"""What is recorded about a contact, and what cannot be right about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.care.models.contact import Component, Mode, Outcome, Place, WithWhom
from openmission.kernel.errors import DomainError

LONGEST = 720
OLDEST = timedelta(days=366)


class InvalidContact(DomainError):
    """Something about the contact cannot be right; `field` says what."""


@dataclass(frozen=True)
class ContactDetails:
    """What is recorded about a contact. `at` is when it took place; `staff_ids` who took part (empty: the recorder)."""

    at: datetime
    outcome: str
    mode: str
    component: str
    minutes: int = 0
    place: str = ""
    with_whom: str = WithWhom.CLIENT
    note: str = ""
    slip: bool = False
    staff_ids: tuple[UUID, ...] = ()


def check_contact(details: ContactDetails, at: datetime) -> None:
    """Raise `InvalidContact` for what cannot be right."""
    for field, choices in (("outcome", Outcome), ("mode", Mode), ("component", Component), ("with_whom", WithWhom)):
        if getattr(details, field) not in choices.values:
            raise InvalidContact(_("Choose one."), field=field)
    if details.place and details.place not in Place.values:
        raise InvalidContact(_("Choose one."), field="place")
    if details.mode == Mode.IN_PERSON and details.outcome == Outcome.MET and not details.place:
        raise InvalidContact(_("Say where you met."), field="place")
    if details.outcome == Outcome.MET and not 1 <= details.minutes <= LONGEST:
        raise InvalidContact(
            _("Say how long it took, from 1 to %(most)d minutes.") % {"most": LONGEST}, field="minutes"
        )
    if not 0 <= details.minutes <= LONGEST:
        raise InvalidContact(_("At most %(most)d minutes.") % {"most": LONGEST}, field="minutes")
    if details.at > at + timedelta(minutes=5):
        raise InvalidContact(_("That moment is still to come. Make an appointment instead."), field="at")
    if details.at < at - OLDEST:
        raise InvalidContact(_("That is more than a year ago. Check the day."), field="at")
