"""Where a client stands, what a session is to a group, what it does next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmission.delivery.rules.course import (
    Given,
    course_of,
    every_days,
    expected_on,
    fit,
    kind_of,
    next_session,
    per_week,
    suggested,
)
from tests.delivery.courses import DRT, PEER, SLUGS
from tests.programs.shipped import program_of

START = date(2026, 6, 1)
ALL = frozenset(SLUGS)
MET = {"met": True, "in_group": True}
MISSED = {"met": False, "in_group": True}


def day(number: int) -> date:
    return START + timedelta(days=number)


def given_(session: int, on: int, *, met: bool = True, in_group: bool = True) -> Given:
    return Given(SLUGS[session - 1], day(on), met, in_group)


def had(*numbers: int) -> frozenset[str]:
    """The sessions of these numbers."""
    return frozenset(SLUGS[number - 1] for number in numbers)


@pytest.mark.parametrize(
    ("given", "done", "missed"),
    [
        pytest.param([], {}, {}, id="nothing yet"),
        pytest.param([given_(1, 0)], {1: (0, 0)}, {}, id="given once"),
        pytest.param([given_(1, 7), given_(1, 0)], {1: (0, 7)}, {}, id="twice, in any order"),
        pytest.param([given_(2, 7, **MISSED)], {}, {2: 7}, id="missed in the group"),
        pytest.param([given_(2, 7, **MISSED), given_(2, 30, **MISSED)], {}, {2: 30}, id="missed twice: the latest day"),
        pytest.param([given_(2, 30, **MISSED), given_(2, 7, **MISSED)], {}, {2: 30}, id="whatever the order"),
        pytest.param([given_(2, 7, met=False, in_group=False)], {}, {}, id="nobody to make up for alone"),
        pytest.param(
            [given_(2, 7, **MISSED), given_(2, 9, met=True, in_group=False)], {2: (9, 9)}, {}, id="made up alone"
        ),
        pytest.param([given_(2, 7, **MISSED), given_(2, 30, **MET)], {2: (30, 30)}, {}, id="made up with the group"),
        pytest.param([given_(2, 0), given_(2, 7, **MISSED)], {2: (0, 0)}, {}, id="a repeat that is missed is no loss"),
        pytest.param([given_(1, 0), given_(2, 7, **MISSED)], {1: (0, 0)}, {2: 7}, id="one of each"),
    ],
)
def test_what_deliveries_add_up_to(
    given: list[Given], done: dict[int, tuple[int, int]], missed: dict[int, int]
) -> None:
    course = course_of(given)
    assert course.done == {SLUGS[n - 1]: (day(first), day(last)) for n, (first, last) in done.items()}
    assert course.missed == {SLUGS[n - 1]: day(on) for n, on in missed.items()}


@pytest.mark.parametrize(
    ("done", "number"),
    [
        pytest.param((), 1, id="at the beginning"),
        pytest.param((1, 2, 3), 4, id="in order"),
        pytest.param((1, 3, 4), 2, id="a gap comes first"),
        pytest.param((2, 3), 1, id="who joined late begins with the first"),
        pytest.param(range(1, 14), None, id="all were given"),
    ],
)
def test_the_next_session_is_the_first_not_had(done: tuple[int, ...], number: int | None) -> None:
    session = next_session(DRT, had(*done))
    assert (session.number if session else None) == number


def test_sessions_of_an_older_version_do_not_stand_in_the_way() -> None:
    first = next_session(DRT, frozenset({"a_session_that_went"}))
    assert first and first.number == 1


@pytest.mark.parametrize(
    ("done", "missed", "phase", "kind"),
    [
        pytest.param((), (), "transition", "first", id="the first time"),
        pytest.param((), (4,), "transition", "make_up", id="missed before"),
        pytest.param((), (4,), "transfer", "make_up", id="missed, in a late phase"),
        pytest.param((4,), (), "transition", "repeat", id="had it, in phase 1"),
        pytest.param((4,), (), "try_out", "booster", id="had it, in phase 2"),
        pytest.param((4,), (), "transfer", "booster", id="had it, in phase 3"),
        pytest.param((3,), (5,), "try_out", "first", id="others do not count"),
    ],
)
def test_what_a_delivery_is_to_the_client(
    done: tuple[int, ...], missed: tuple[int, ...], phase: str, kind: str
) -> None:
    assert kind_of(SLUGS[3], done=had(*done), missed=had(*missed), phase=phase, curriculum=DRT) == kind


def test_a_curriculum_without_boosters_has_repeats() -> None:
    slug = PEER.sessions[0].slug
    assert kind_of(slug, done={slug}, missed=set(), phase="transfer", curriculum=PEER) == "repeat"


RULERS = DRT.session("motivation")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param([], (0, 0, 0), id="nobody"),
        pytest.param([had(), had()], (2, 0, 2), id="new, without what it builds on"),
        pytest.param([had(2), had(1, 2)], (2, 0, 0), id="new, and prepared"),
        pytest.param([had(3), had(2, 3)], (0, 2, 0), id="had it: nothing is lacking"),
        pytest.param([had(), had(2), had(3)], (2, 1, 1), id="mixed"),
    ],
)
def test_what_a_session_is_to_the_members(members: list[frozenset[str]], expected: tuple[int, int, int]) -> None:
    assert RULERS.builds_on == ("life_problem_areas",)
    found = fit(RULERS, members)
    assert (found.new, found.again, found.unprepared) == expected


@pytest.mark.parametrize(
    ("members", "last", "number"),
    [
        pytest.param([], 0, 1, id="nobody yet, nothing held"),
        pytest.param([], 4, 5, id="nobody: simply on"),
        pytest.param([had()] * 5, 0, 1, id="a new group begins"),
        pytest.param([had(1)] * 5, 1, 2, id="in order"),
        pytest.param([had(1, 2)] * 3 + [had(1)] * 2, 1, 3, id="passes over what more than half have had"),
        pytest.param([had(1, 2)] * 2 + [had(1)] * 2, 1, 2, id="half is not more than half"),
        pytest.param([had(1, 2)] * 3 + [had(1)] * 3, 1, 2, id="half of six too"),
        pytest.param([had(*range(1, 13))] * 5, 12, 13, id="the last one"),
        pytest.param([ALL] * 2 + [had(13)] * 3, 13, 1, id="from the start again after the end"),
        pytest.param([ALL] * 4 + [ALL - had(6)], 8, 6, id="one member lacks one: that one, across the end"),
        pytest.param([ALL] * 5, 3, 4, id="everybody had everything: simply the next"),
        pytest.param([ALL] * 5, 13, 1, id="everybody had everything, at the end"),
        pytest.param([had(1)] * 5, 99, 2, id="a last session that went"),
    ],
)
def test_what_the_group_does_next(members: list[frozenset[str]], last: int, number: int) -> None:
    slug = SLUGS[last - 1] if 0 < last <= 13 else None
    assert suggested(DRT, members, slug).session.number == number


@given(st.lists(st.frozensets(st.sampled_from(SLUGS)), max_size=10), st.none() | st.sampled_from(SLUGS))
def test_a_group_is_never_offered_what_nobody_needs_while_somebody_needs_something(
    members: list[frozenset[str]], last: str | None
) -> None:
    found = suggested(DRT, members, last)
    assert found.new + found.again == len(members)
    assert found.new > 0 or all(ALL <= done for done in members)
    if any(2 * sum(slug not in done for done in members) >= max(len(members), 1) for slug in SLUGS):
        assert 2 * found.new >= len(members)


@pytest.mark.parametrize(
    ("months", "weekly", "days"),
    [
        pytest.param(2, 2, 4, id="2 months"),
        pytest.param(6, 1, 7, id="6 months"),
        pytest.param(12, 1, 7, id="12 months"),
        pytest.param(5, 1, 7, id="a format that the program has not"),
    ],
)
def test_two_sessions_a_week_in_the_2_month_format(months: int, weekly: int, days: int) -> None:
    assert per_week(program_of("mission"), months) == weekly
    assert every_days(weekly) == days


def test_no_pace_at_all_is_read_as_weekly() -> None:
    assert every_days(0) == 7


@pytest.mark.parametrize(
    ("number", "total", "days", "on"),
    [
        pytest.param(1, 13, 122, 10, id="the first of thirteen"),
        pytest.param(13, 13, 122, 122, id="the last one by the last day"),
        pytest.param(1, 13, 41, 4, id="2-month format"),
        pytest.param(1, 1, 0, 0, id="no days at all"),
    ],
)
def test_sessions_spread_evenly(number: int, total: int, days: int, on: int) -> None:
    assert expected_on(number, total, START, days) == day(on)


@given(st.integers(1, 20), st.integers(0, 400))
def test_later_sessions_are_expected_later_and_all_within_the_time(total: int, days: int) -> None:
    expected = [expected_on(number, total, START, days) for number in range(1, total + 1)]
    assert expected == sorted(expected)
    assert START <= expected[0] and expected[-1] == day(days)
