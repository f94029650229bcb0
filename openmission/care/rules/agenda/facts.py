"""What the engine is told about one enrollment. Each fact is a bounded look-up: none grows with the history."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from openmission.programs.rules import PhaseSpan

if TYPE_CHECKING:
    from openmission.care.rules.agenda.items import DueItem


@dataclass(frozen=True, slots=True)
class Seen:
    """The client was met on the day; the contact is the row to show."""

    on: date
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """The latest miss since the client was last met: a no-show, or (`tried`) our own try that found nobody.

    A client who calls to cancel is in touch: a cancellation is no miss.
    """

    on: date
    tried: bool
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """One role of the care team: who holds it today, and when the client last met anyone in that role."""

    role: str
    holders: frozenset[UUID] = frozenset()
    last_met: Seen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A planned appointment without a record yet: today's, coming, or past."""

    id: UUID
    on: date
    starts_at: time
    staff: frozenset[UUID]
    mode: str = ""
    place: str = ""
    component: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """An open safety concern: the day of the answers, the codes of what worries, the contact it came with."""

    id: UUID
    on: date
    because: tuple[str, ...]
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Deferral:
    """Somebody put a line off until a day, or handed it until then to a colleague (`to`). The newest word counts.

    `weight` and `need_on` are the line's at that moment: a line that weighs more comes back early, and a need of a
    later day is another one. `to_serves`: the colleague serves the client on the day asked about, so that the line is
    in their sight; `to_met`: they have met the client since. The names and the reason are for who reads the line.
    """

    item_key: str
    until_on: date
    weight: int
    need_on: date
    at: datetime
    by: UUID
    to: UUID | None = None
    to_serves: bool = False
    to_met: bool = False
    by_name: str = ""
    to_name: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentFacts:
    """All that the engine knows of one enrollment.

    `spans` are the phases as they stand after edits. `last_met` is the latest meeting with anyone of the agency;
    `misses` counts no-shows and vain tries since then, `last_miss` is the latest of them. `use_reported_on` is the
    latest day on which a slip became known. `phases_reviewed` are phases whose review moved on; for the last one, the
    plan for afterwards is made. `raised` are the lines of rooms above (`care.raised`). Raises `ValueError` when misses
    and last miss disagree.
    """

    enrollment_id: UUID
    spans: tuple[PhaseSpan, ...]
    closed: bool = False
    roles: tuple[RoleFacts, ...] = ()
    last_met: Seen | None = None
    misses: int = 0
    last_miss: Miss | None = None
    use_reported_on: date | None = None
    topics_covered: frozenset[str] = frozenset()
    documents_signed: frozenset[str] = frozenset()
    assessments_done: frozenset[str] = frozenset()
    appointments: tuple[Appointment, ...] = ()
    phases_reviewed: frozenset[str] = frozenset()
    concerns: tuple[Concern, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    raised: "tuple[DueItem, ...]" = ()

    def __post_init__(self) -> None:
        if (self.misses > 0) != (self.last_miss is not None):
            raise ValueError("misses and last_miss go together")

    @property
    def starts_on(self) -> date:
        return self.spans[0].starts_on

    @property
    def last_on(self) -> date:
        return self.spans[-1].last_on

    def role(self, role: str) -> RoleFacts:
        """The facts of the role; nobody and never when it is not filled."""
        for facts in self.roles:
            if facts.role == role:
                return facts
        return RoleFacts(role=role)

    @property
    def last_seen(self) -> Seen | None:
        """The latest meeting, whoever it was with."""
        known = [seen for seen in (self.last_met, *(facts.last_met for facts in self.roles)) if seen]
        return max(known, key=lambda seen: seen.on, default=None)
