"""What the intake room says."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ReferralReceived(Event):
    on_timeline: ClassVar[bool] = True
    referral_id: UUID
    team_id: UUID
    source: str


@dataclass(frozen=True, kw_only=True)
class ReferralAttempted(Event):
    on_timeline: ClassVar[bool] = True
    referral_id: UUID
    how: str
    reached: bool


@dataclass(frozen=True, kw_only=True)
class ScreeningAnswered(Event):
    referral_id: UUID
    program: str
    answers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ScreeningDecided(Event):
    on_timeline: ClassVar[bool] = True
    referral_id: UUID
    program: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class ClientWaitlisted(Event):
    on_timeline: ClassVar[bool] = True
    referral_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReferralClosed(Event):
    on_timeline: ClassVar[bool] = True
    referral_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ReferralReopened(Event):
    on_timeline: ClassVar[bool] = True
    referral_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClientEnrolled(Event):
    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    program: str
    months: int
    starts_on: date
    team_id: UUID


@dataclass(frozen=True, kw_only=True)
class DocumentSigned(Event):
    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    document_id: UUID
    slug: str
    title: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DocumentRevoked(Event):
    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    document_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class ChecklistMarked(Event):
    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    list: str
    done: tuple[str, ...]
    undone: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PhaseMoved(Event):
    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    phase: str
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class ClientDischarged(Event):
    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    discharge: str
    discharged_on: date
