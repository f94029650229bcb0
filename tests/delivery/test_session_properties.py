"""What must hold of the lines of this room for every client, and that each is told in words, in both languages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from openmission.care.rules.agenda import DueItem, EnrollmentFacts
from openmission.delivery.rules.agenda import CourseFacts, session_items
from openmission.delivery.words import RAISER
from openmission.programs.rules import Program
from tests.delivery.courses import Where, courses, titles

__all__ = ["titles"]
pytestmark = pytest.mark.usefixtures("titles")

INSTEAD = {"next": ("behind", "make_up"), "behind": ("make_up",)}


def lines(course: CourseFacts, facts: EnrollmentFacts, program: Program, on: date) -> dict[str, DueItem]:
    found = session_items(course, facts, program, on)
    assert len({item.key for item in found}) == len(found)
    return {item.key.partition(":")[0]: item for item in found}


def assert_nothing_lowered(before: dict[str, DueItem], after: dict[str, DueItem]) -> None:
    """What stood still stands, or a line that takes its place, and presses at least as much."""
    for rule, item in before.items():
        instead = [rule, *INSTEAD.get(rule, ())]
        carried = [after[name].severity for name in instead if name in after]
        assert carried, f"{rule} vanished"
        assert min(carried) >= item.severity, f"{rule} was lowered"


@given(courses(), st.integers(0, 60))
def test_use_only_adds(where: Where, back: int) -> None:
    course, facts, program, on = where
    sober = replace(facts, use_reported_on=None)
    told = replace(facts, use_reported_on=on - timedelta(days=back))
    before, after = lines(course, sober, program, on), lines(course, told, program, on)
    assert {rule: item for rule, item in after.items() if rule != "booster"} == before
    assert after.keys() - before.keys() <= {"booster"}


@given(courses(), st.data())
def test_absence_only_adds(where: Where, data: st.DataObject) -> None:
    course, facts, program, on = where
    left = [each.slug for each in course.curriculum.sessions if each.slug not in {*course.done, *course.missed}]
    assume(left)
    missed = {**course.missed, data.draw(st.sampled_from(left)): on}
    assert_nothing_lowered(lines(course, facts, program, on), lines(replace(course, missed=missed), facts, program, on))


@given(courses(), st.integers(1, 60))
def test_time_alone_only_keeps_or_raises(where: Where, days: int) -> None:
    """But for what has a last day: a planned day that is over, and the offer after a slip."""
    course, facts, program, on = where
    course, facts = replace(course, coming=None), replace(facts, appointments=(), use_reported_on=None)
    later = on + timedelta(days=days)
    assert_nothing_lowered(lines(course, facts, program, on), lines(course, facts, program, later))


@given(courses())
def test_giving_what_is_asked_for_takes_the_line_away_or_asks_for_another(where: Where) -> None:
    course, facts, program, on = where
    for rule, item in lines(course, facts, program, on).items():
        session, sheet = item.what.params["session"], item.what.params.get("sheet")
        if rule == "worksheet":
            after = replace(course, sheets={**course.sheets, str(sheet): "ready"})
        else:
            missed = {slug: day for slug, day in course.missed.items() if slug != session}
            after = replace(course, done={**course.done, session: (on, on)}, missed=missed)
        again = lines(after, facts, program, on).get(rule)
        asked = ("session", "sheet")
        assert again is None or [again.what.params.get(name) for name in asked] != [session, sheet]


@given(courses())
def test_one_client_has_few_lines(where: Where) -> None:
    course, facts, program, on = where
    assert len(lines(course, facts, program, on)) <= (3 if course.curriculum.after_use else 1)


@given(courses())
def test_a_closed_enrollment_needs_nothing(where: Where) -> None:
    course, facts, program, on = where
    assert session_items(course, replace(facts, closed=True), program, on) == ()


@pytest.mark.parametrize("language", ["en", "es"])
@given(where=courses())
def test_every_line_has_words(where: Where, language: str) -> None:
    """Nothing is left to fill in, and nothing of the other language or of the code shows."""
    course, facts, program, on = where
    with translation.override(language):
        for item in lines(course, facts, program, on).values():
            said = [RAISER.what(item, "Dana", program), RAISER.label(item), *(RAISER.why(f, program) for f in item.why)]
            assert "Dana" in said[0] or item.what.params.get("state")
            assert all(words.strip() and "%" not in words and " None" not in words for words in said), said
            assert f"{item.enrollment_id}" in RAISER.url(item)
            assert str(item.what.params["number"]) in said[0]
