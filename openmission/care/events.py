"""What the care room says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ContactLogged(Event):
    """A contact was recorded. It is on the timeline as the contact itself."""

    contact_id: UUID
    enrollment_id: UUID
    on: date
    outcome: str
    component: str
    phase: str


@dataclass(frozen=True, kw_only=True)
class ContactCorrected(Event):
    contact_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContactWithdrawn(Event):
    """It was recorded by mistake. The timeline shows the contact itself, struck through."""

    contact_id: UUID
    enrollment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentMade(Event):
    appointment_id: UUID
    enrollment_id: UUID
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentMoved(Event):
    on_timeline: ClassVar[bool] = True
    appointment_id: UUID
    enrollment_id: UUID
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(Event):
    on_timeline: ClassVar[bool] = True
    appointment_id: UUID
    enrollment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentLeftUnrecorded(Event):
    """Its time has passed, the program ended, and nobody recorded what became of it."""

    on_timeline: ClassVar[bool] = True
    appointment_id: UUID
    enrollment_id: UUID


@dataclass(frozen=True, kw_only=True)
class DueItemDeferred(Event):
    enrollment_id: UUID
    item_key: str
    until_on: date


@dataclass(frozen=True, kw_only=True)
class DueItemHanded(Event):
    enrollment_id: UUID
    item_key: str
    to_user_id: UUID
    until_on: date


@dataclass(frozen=True, kw_only=True)
class DeferralUndone(Event):
    enrollment_id: UUID
    item_key: str


@dataclass(frozen=True, kw_only=True)
class PhaseReviewed(Event):
    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    phase: str
    decision: str
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class HandoverNoteWritten(Event):
    enrollment_id: UUID
    cover_id: UUID


@dataclass(frozen=True, kw_only=True)
class SafetyConcernRaised(Event):
    """Answers worried, or somebody did. `again`: more was added to one that is open. Never what was answered."""

    on_timeline: ClassVar[bool] = True
    concern_id: UUID
    enrollment_id: UUID
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class SafetyStepsTaken(Event):
    on_timeline: ClassVar[bool] = True
    concern_id: UUID
    enrollment_id: UUID
    done: int


@dataclass(frozen=True, kw_only=True)
class SafetyConcernClosed(Event):
    on_timeline: ClassVar[bool] = True
    concern_id: UUID
    enrollment_id: UUID
