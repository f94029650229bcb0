"""Who acts or looks: the one shape that policies, services and selectors are given."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Seat:
    """A role held, in one team or (team_id None) in the whole agency."""

    role: str
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work (or the system itself, id None), with the seats held and the colleagues covered today."""

    id: UUID | None
    name: str
    seats: frozenset[Seat] = frozenset()
    covers: frozenset[UUID] = frozenset()

    def has(self, *roles: str) -> bool:
        """True when any of the roles is held, in whatever team."""
        return any(seat.role in roles for seat in self.seats)

    def teams(self, *roles: str) -> frozenset[UUID]:
        """The teams in which any of the roles is held."""
        return frozenset(seat.team_id for seat in self.seats if seat.role in roles and seat.team_id)

    @property
    def acts_for(self) -> frozenset[UUID]:
        """Oneself and the colleagues covered; nobody for the system."""
        return self.covers | {self.id} if self.id else self.covers

    @property
    def is_system(self) -> bool:
        return self.id is None


SYSTEM = Actor(id=None, name="OpenMISSION")
