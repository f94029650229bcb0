"""What the staff room says. Names of colleagues are kept as they were: history stays readable."""

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
class StaffChanged(Event):
    """`fields` names what changed: name, email."""

    user_id: UUID
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StaffClosed(Event):
    user_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class StaffReopened(Event):
    user_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Event):
    """An administrator set it."""

    user_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class OwnPasswordChanged(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class SecondFactorAdded(Event):
    """`factor`: totp, webauthn or recovery_codes."""

    factor: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Event):
    factor: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorsCleared(Event):
    """An administrator took away the second factors of somebody who lost theirs."""

    user_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class PreferenceChanged(Event):
    changed: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """`team` is its name, empty for a role in the whole agency."""

    user_id: UUID
    name: str
    role: str
    team_id: UUID | None
    team: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    user_id: UUID
    name: str
    role: str
    team_id: UUID | None
    team: str


@dataclass(frozen=True, kw_only=True)
class CoverArranged(Event):
    cover_id: UUID
    absent_id: UUID
    absent: str
    covering_id: UUID
    covering: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class CoverEnded(Event):
    cover_id: UUID
    absent_id: UUID
    absent: str
    covering_id: UUID
    covering: str


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """`name`: whose account the e-mail belongs to, empty for an unknown e-mail; what was typed is not kept.

    `second_factor`: the password was right, the code was not.
    """

    user_id: UUID | None
    name: str
    second_factor: bool = False


@dataclass(frozen=True, kw_only=True)
class EncryptionKeyChanged(Event):
    """So many encrypted values, files and second factors were rewritten with the new key. While no key opens
    `unreadable` others the old key is kept beside it.
    """

    values: int
    unreadable: int = 0
