"""Mood, motivation and use over the sessions, as a small drawing and as a table say it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openmission.delivery.rules.exam import Exam

WIDTH, HEIGHT, EDGE = 240, 60, 6


@dataclass(frozen=True, slots=True)
class Dot:
    """A place in the drawing, in its own units from the top left."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """`rows` oldest first. `mood` and `motivation` are lines of dots over the same width, joined over what was not
    said; `used` are the places on the width at which use was told of.
    """

    rows: tuple[tuple[date, Exam], ...]
    mood: tuple[Dot, ...]
    motivation: tuple[Dot, ...]
    used: tuple[float, ...]

    def __bool__(self) -> bool:
        return bool(self.rows)


def trend_of(points: Sequence[tuple[date, Exam]], most: int = 13) -> Trend:
    """The latest `most` exams, spread by their days. Mood 1 to 10, motivation 0 to 10; up is more."""
    rows = tuple(points)[-most:]
    places = dict(enumerate(_places([on for on, _exam in rows])))
    mood = tuple(_dots([(places[n], exam.mood) for n, (_on, exam) in enumerate(rows)]))
    motivation = tuple(_dots([(places[n], exam.motivation) for n, (_on, exam) in enumerate(rows)]))
    used = tuple(places[n] for n, (_on, exam) in enumerate(rows) if exam.used)
    return Trend(rows, mood, motivation, used)


def _places(days: Sequence[date]) -> Iterator[float]:
    if not days:
        return
    first, span = days[0], max((days[-1] - days[0]).days, 1)
    for day in days:
        yield round(EDGE + (WIDTH - 2 * EDGE) * (day - first).days / span, 1)


def _dots(values: Sequence[tuple[float, int | None]]) -> Iterator[Dot]:
    for x, value in values:
        if value is not None:
            yield Dot(x, round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / 10, 1))
