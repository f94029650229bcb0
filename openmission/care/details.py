"""What is recorded about a contact, what cannot be right about it, and what became of an appointment."""

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.care.models.contact import Appointment, Contact, ContactVersion, Mode, Outcome, Place, WithWhom
from openmission.kernel.days import short_time
from openmission.kernel.errors import DomainError

LONGEST = 720
OLDEST = timedelta(days=366)
FIELDS = ("at", "outcome", "mode", "component", "minutes", "place", "with_whom", "note", "slip")


class InvalidContact(DomainError):
    """Something about the contact cannot be right; `field` says what."""


class ChangedMeanwhile(DomainError):
    """Somebody else corrected or withdrew the contact after it was read."""


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

    def __post_init__(self) -> None:
        """The note without the spaces around it, its lines ended in one way."""
        object.__setattr__(self, "note", self.note.replace("\r\n", "\n").strip())


def component_fault(component: str, components: Set[str]) -> InvalidContact | None:
    """What is no part of the client's program. In a program without any (linkage only) a contact is about none."""
    if component in components or not (component or components):
        return None
    text = _("Choose what it is about: the client's program has these parts.")
    return InvalidContact(text if components else _("The client's program has no such part."), field="component")


def check_contact(details: ContactDetails, components: Set[str], at: datetime) -> None:
    """Raise the first of `contact_faults`."""
    for fault in contact_faults(details, components, at):
        raise fault


def contact_faults(details: ContactDetails, components: Set[str], at: datetime) -> Iterator[InvalidContact]:
    """Everything that cannot be right. `components` are those of the client's program."""
    for field, choices in (("outcome", Outcome), ("mode", Mode), ("with_whom", WithWhom)):
        if getattr(details, field) not in choices.values:
            yield InvalidContact(_("Choose one."), field=field)
    if details.place and details.place not in Place.values:
        yield InvalidContact(_("Choose one."), field="place")
    if fault := component_fault(details.component, components):
        yield fault
    met, most = details.outcome == Outcome.MET, {"most": LONGEST}
    if met and details.mode == Mode.IN_PERSON and not details.place:
        yield InvalidContact(_("Say where you met."), field="place")
    if met and not 1 <= details.minutes <= LONGEST:
        yield InvalidContact(_("Say how long it took, from 1 to %(most)d minutes.") % most, field="minutes")
    elif not 0 <= details.minutes <= LONGEST:
        yield InvalidContact(_("At most %(most)d minutes.") % most, field="minutes")
    if details.at > at + timedelta(minutes=5):
        yield InvalidContact(_("That moment is still to come. Make an appointment instead."), field="day")
    if details.at < at - OLDEST:
        yield InvalidContact(_("That is more than a year ago. Check the day."), field="day")


def check_seen(current: Contact, seen: str | None) -> None:
    """Raise `ChangedMeanwhile` when the locked contact was changed after what the person saw. `seen`: the id of the
    latest version that they know of (empty: none; None: do not ask).
    """
    latest = current.versions.order_by("at", "id").last()
    if seen is not None and latest and str(latest.id) != seen:
        raise ChangedMeanwhile(
            _("Somebody changed this contact while you had it open. Look at what is different before you go on.")
        )


def said_before_that(correction: ContactVersion, details: ContactDetails) -> bool:
    """Whether the contact said this until that correction; who took part is left aside."""
    before = json.loads(correction.before)
    before["at"] = datetime.fromisoformat(before["at"])
    return all(before[name] == getattr(details, name) for name in FIELDS)


def next_id(contact_id: UUID) -> UUID:
    """The id of the appointment made together with a contact: the same in a retry, and still ordered by time."""
    return UUID(int=contact_id.int ^ 1)


def became(closed: Appointment) -> str:
    """What became of an appointment that is planned no more, when, and, as far as it is kept, by whom; in words."""
    if contact := getattr(closed, "contact", None):
        said = {"outcome": contact.get_outcome_display(), "name": contact.recorded_by_name}
        text = _("This appointment is recorded already: %(outcome)s. By %(name)s, %(when)s.")
        return text % (said | {"when": short_time(contact.recorded_at)})
    text = {
        Appointment.State.CANCELLED: _("This appointment was cancelled, %(when)s. Why: %(reason)s"),
        Appointment.State.MOVED: _("This appointment was moved to another day, %(when)s. Why: %(reason)s"),
    }.get(Appointment.State(closed.state), _("This appointment was closed as not recorded, %(when)s."))
    when = short_time(closed.closed_at) if closed.closed_at else ""
    return text % {"when": when, "reason": closed.closed_reason}
