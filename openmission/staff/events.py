"""What the staff room says."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AgencyCreated(Event):
    name: str


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event):
    changed: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class TeamCreated(Event):
    team_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class StaffAdded(Event):
    user_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class StaffClosed(Event):
    user_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Event):
    user_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class PreferenceChanged(Event):
    changed: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    user_id: UUID
    role: str
    team_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    user_id: UUID
    role: str
    team_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CoverArranged(Event):
    cover_id: UUID
    absent_id: UUID
    covering_id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class CoverEnded(Event):
    cover_id: UUID
    absent_id: UUID
    covering_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """`known` says whether the e-mail belongs to an account; the e-mail typed is not kept."""

    known: bool
    user_id: UUID | None
