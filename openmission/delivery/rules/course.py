"""Where a client stands in a curriculum, and what a group does next."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import ceil

from openmission.curricula.rules import Curriculum, Session
from openmission.programs.rules import Program

FIRST, REPEAT, MAKE_UP, BOOSTER = "first", "repeat", "make_up", "booster"


@dataclass(frozen=True, slots=True)
class Given:
    """One session that took place with the client (`met`), or was missed in a group meeting (`in_group`)."""

    session: str
    on: date
    met: bool
    in_group: bool


@dataclass(frozen=True, slots=True)
class Course:
    """`done` {session: (first day, last day)}; `missed` {session: the latest day} of group meetings that were missed
    and not made up since.
    """

    done: Mapping[str, tuple[date, date]]
    missed: Mapping[str, date]

    def within(self, sessions: Set[str]) -> "Course":
        """Of these sessions only."""
        done = {session: days for session, days in self.done.items() if session in sessions}
        return Course(done, {session: on for session, on in self.missed.items() if session in sessions})


def course_of(given: Iterable[Given]) -> Course:
    """What the deliveries add up to. A session that was ever given needs no make-up."""
    done: dict[str, tuple[date, date]] = {}
    missed: dict[str, date] = {}
    for each in given:
        if each.met:
            first, last = done.get(each.session, (each.on, each.on))
            done[each.session] = (min(first, each.on), max(last, each.on))
        elif each.in_group:
            missed[each.session] = max(missed.get(each.session, each.on), each.on)
    return Course(done, {session: on for session, on in missed.items() if session not in done})


def next_session(curriculum: Curriculum, done: Set[str]) -> Session | None:
    """The first session in order that the client has not had; None when all were given."""
    return next((session for session in curriculum.sessions if session.slug not in done), None)


def kind_of(session: str, *, done: Set[str], missed: Set[str], phase: str, curriculum: Curriculum) -> str:
    """What a delivery is to this client: the first one, a make-up of a missed meeting, or given before: a booster in
    the phases that have them (guide, Table 3: phases 2 and 3), a repeat in the others.
    """
    if session not in done:
        return MAKE_UP if session in missed else FIRST
    return BOOSTER if phase in curriculum.booster_phases else REPEAT


@dataclass(frozen=True, slots=True)
class Turn:
    """One delivery, in a phase of the program: met, or missed in a group meeting."""

    curriculum: Curriculum
    session: str
    phase: str
    met: bool
    in_group: bool


def kinds_of(turns: Iterable[Turn]) -> Iterator[str]:
    """What each delivery was to one client, after those before it (empty: they were not there). In order of time."""
    done: dict[str, set[str]] = defaultdict(set)
    missed: dict[str, set[str]] = defaultdict(set)
    for turn in turns:
        curriculum = turn.curriculum
        had, lacked = done[curriculum.slug], missed[curriculum.slug]
        if turn.met:
            yield kind_of(turn.session, done=had, missed=lacked, phase=turn.phase, curriculum=curriculum)
            had.add(turn.session)
        else:
            yield ""
            lacked |= {turn.session} if turn.in_group else set()


def steps(
    curriculum: Curriculum, done: Mapping[str, tuple[date, date]], missed: Mapping[str, date]
) -> list[tuple[Session, str, date | None]]:
    """Every session with its state (done, missed, next, open) and the day it was last given or missed."""
    following = next_session(curriculum, done.keys())
    found: list[tuple[Session, str, date | None]] = []
    for session in curriculum.sessions:
        if session.slug in done:
            found.append((session, "done", done[session.slug][1]))
        elif session.slug in missed:
            found.append((session, "missed", missed[session.slug]))
        else:
            found.append((session, "next" if session == following else "open", None))
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """What a session is to the members: how many get it for the first time, have had it, or lack what it builds on."""

    session: Session
    new: int
    again: int
    unprepared: int


def fit(session: Session, members: Sequence[Set[str]]) -> Fit:
    """`members`: the sessions that each of them has had."""
    again = sum(session.slug in done for done in members)
    lacking = sum(session.slug not in done and not set(session.builds_on) <= done for done in members)
    return Fit(session, len(members) - again, again, lacking)


def suggested(curriculum: Curriculum, members: Sequence[Set[str]], last: str | None) -> Fit:
    """What the group does next. It goes on in order after its `last` session, from the start again after the end, and
    passes over what more than half of the members have had; when they have had everything, simply the next in order.
    """
    slugs = [session.slug for session in curriculum.sessions]
    start = slugs.index(last) + 1 if last in slugs else 0
    in_order = [curriculum.sessions[(start + step) % len(slugs)] for step in range(len(slugs))]
    fits = [fit(session, members) for session in in_order]
    if not members:
        return fits[0]
    needed = next((each for each in fits if each.new * 2 >= len(members)), None)
    return needed or next((each for each in fits if each.new), fits[0])


def per_week(program: Program, months: int) -> int:
    """Structured sessions a week in a format; one where the format is not the program's."""
    return next((row.sessions_per_week for row in program.formats if row.months == months), 1)


def every_days(sessions_per_week: int) -> int:
    """Days from one session to the next: 7 for one a week, 4 for two a week (2-month format)."""
    return ceil(7 / max(sessions_per_week, 1))


def expected_on(number: int, total: int, starts_on: date, days: int) -> date:
    """The day by which session `number` of `total` is given when they are spread evenly over `days`."""
    return date.fromordinal(starts_on.toordinal() + ceil(days * number / total))
