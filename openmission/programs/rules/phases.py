"""The calendar of an enrollment: spans of the phases, which one a day falls in, "day 74 of 182"."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from openmission.programs.rules.content import Program


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase from `starts_on` up to, and not including, `ends_on`: the day on which the next phase begins."""

    phase: str
    starts_on: date
    ends_on: date

    @property
    def last_on(self) -> date:
        """The last day of the phase: what people mean by its end."""
        return last_day(self.ends_on)


@dataclass(frozen=True, slots=True)
class DayCount:
    """`day` 1 is the first day; it passes `total` when an enrollment runs over its planned end."""

    day: int
    total: int


def last_day(ends_on: date) -> date:
    """The last day of a phase or program whose `ends_on` is the first day after it. Pages and lines name this day."""
    return ends_on - timedelta(days=1)


def phase_boundaries(starts_on: date, months: int, program: Program) -> tuple[PhaseSpan, ...]:
    """Split `months` calendar months from `starts_on` into the program's phases by their shares.

    Why the shares are what they are says the content (`phase_lengths`, with its source); every boundary may be moved
    for one enrollment. Whole days; the spans leave no gap.
    """
    ends_on = _add_months(starts_on, months)
    length = (ends_on - starts_on).days
    shares = sum(phase.share for phase in program.phases)
    spans, passed = [], 0
    for phase in program.phases:
        first = starts_on + timedelta(days=round(length * passed / shares))
        passed += phase.share
        spans.append(PhaseSpan(phase.slug, first, starts_on + timedelta(days=round(length * passed / shares))))
    return tuple(spans)


def phase_on(day: date, spans: tuple[PhaseSpan, ...]) -> PhaseSpan:
    """The span that `day` falls in; the first before the start, the last after the end."""
    return next((span for span in spans if day < span.ends_on), spans[-1])


def day_count(day: date, spans: tuple[PhaseSpan, ...]) -> DayCount:
    """How far along the whole enrollment `day` is, e.g. day 74 of 182."""
    first, end = spans[0].starts_on, spans[-1].ends_on
    return DayCount(day=max((day - first).days + 1, 0), total=(end - first).days)


def _add_months(day: date, months: int) -> date:
    """The same day of the month, later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
