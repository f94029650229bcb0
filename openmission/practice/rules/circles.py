"""The standing groups: who leads them, who belongs to them, on which days they meet."""

from dataclasses import dataclass
from datetime import date, timedelta

from openmission.practice.rules.cast import HILL, RIVER, Life

LEAST = 5


@dataclass(frozen=True)
class Circle:
    """It has met every week, `weeks` times before the next meeting `next_in` days after the filling. `leaders`: keys of
    workers; `members`: names of lives.
    """

    name: str
    team: str
    curriculum: str
    leaders: tuple[str, str]
    hour: int
    next_in: int
    weeks: int
    members: tuple[str, ...]

    def days(self, today: date) -> list[date]:
        """Every meeting, the one to come last."""
        coming = today + timedelta(days=self.next_in)
        return [coming - timedelta(weeks=ago) for ago in range(self.weeks, -1, -1)]

    def first_day(self, starts_on: date, today: date) -> date:
        """The first meeting of somebody served since that day: a week later, or the next one for who is new."""
        days = self.days(today)
        return next((day for day in days if day >= starts_on + timedelta(days=7)), days[-1])


CIRCLES = (
    Circle(
        name="Riverside circle",
        team=RIVER,
        curriculum="drt",
        leaders=("casey", "perry"),
        hour=10,
        next_in=0,
        weeks=16,
        members=(
            "Omar Brightwater",
            "Rosa Núñez",
            "Mae Thistle",
            "Wren Applewood",
            "Jasper Lake",
            "Hazel Winters",
            "Sunny",
            "Peony Harrow",
            "Fern Holloway",
        ),
    ),
    Circle(
        name="Hilltop circle",
        team=HILL,
        curriculum="drt",
        leaders=("clay", "sage"),
        hour=14,
        next_in=1,
        weeks=4,
        members=(
            "Ash Kingfisher",
            "Linnea Birch",
            "Sorrel MacAdder",
            "Poppy Lightfoot",
            "Juniper Ray-Hollis",
            "Violet Meadows",
        ),
    ),
    Circle(
        name="Peer evening",
        team=HILL,
        curriculum="peer",
        leaders=("bay", "sage"),
        hour=17,
        next_in=3,
        weeks=3,
        members=("Ash Kingfisher", "Linnea Birch", "Poppy Lightfoot", "Juniper Ray-Hollis", "Rowan Tidewater"),
    ),
)


def circle_of(life: Life, curriculum: str) -> Circle | None:
    """The group in which that life goes through a curriculum."""
    return next((c for c in CIRCLES if c.curriculum == curriculum and life.name in c.members), None)
