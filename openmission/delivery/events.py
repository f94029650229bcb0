"""What the delivery room says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class GroupMade(Event):
    """`leaders`: who may read and record in the group from now on."""

    group_id: UUID
    leaders: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Event):
    group_id: UUID
    leaders: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class GroupEnded(Event):
    group_id: UUID
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """`joined_on` may be an earlier day; older rows do not say it."""

    on_timeline: ClassVar[bool] = True
    group_id: UUID
    enrollment_id: UUID
    joined_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    on_timeline: ClassVar[bool] = True
    group_id: UUID
    enrollment_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Event):
    group_id: UUID
    meeting_id: UUID
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    group_id: UUID
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    """A meeting was recorded, or what was recorded changed."""

    group_id: UUID
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionDelivered(Event):
    """A client's session was recorded: the contact tells whether they were there. It is on the timeline as that."""

    enrollment_id: UUID
    contact_id: UUID
    curriculum: str
    session: str


@dataclass(frozen=True, kw_only=True)
class BoosterDeclined(Event):
    """After a slip a booster was offered on a day, and the client did not want it."""

    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    curriculum: str
    session: str
    offered_on: date


@dataclass(frozen=True, kw_only=True)
class BoosterDeclineTakenBack(Event):
    """It was said by mistake, or the client wants it now: it is offered again."""

    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    curriculum: str
    session: str


@dataclass(frozen=True, kw_only=True)
class DeliveryChanged(Event):
    """What was recorded about a client's session was changed; what it said before is kept."""

    enrollment_id: UUID
    contact_id: UUID
    fields: tuple[str, ...]
