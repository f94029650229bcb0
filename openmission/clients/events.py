"""What the clients room says."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ClientCreated(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class ClientChanged(Event):
    """`fields` names what changed; the values stay in the client's own row."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TeamTied(Event):
    team_id: UUID
    because: str


@dataclass(frozen=True, kw_only=True)
class TeamUntied(Event):
    team_id: UUID
    because: str


@dataclass(frozen=True, kw_only=True)
class CareTeamJoined(Event):
    on_timeline: ClassVar[bool] = True
    user_id: UUID
    user_name: str
    role: str
    enrollment_id: UUID


@dataclass(frozen=True, kw_only=True)
class CareTeamLeft(Event):
    on_timeline: ClassVar[bool] = True
    user_id: UUID
    user_name: str
    role: str
    enrollment_id: UUID


@dataclass(frozen=True, kw_only=True)
class GlassBroken(Event):
    """Emergency access was taken. The reason is in the break-glass row."""

    break_glass_id: UUID


@dataclass(frozen=True, kw_only=True)
class BreakGlassReviewed(Event):
    break_glass_id: UUID
