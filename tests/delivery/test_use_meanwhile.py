"""Use and what was used are one answer: however two people change it, it does not contradict itself unsaid."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmission.delivery.answers import merge_answers
from openmission.kernel.merging import Conflict

Answers = dict[str, Any]
ALCOHOL, BOTH = {"use": "used", "substances": ["alcohol"]}, {"use": "used", "substances": ["alcohol", "opioids"]}
NO_USE = {"use": "none"}


def said(exam: Answers) -> Answers:
    return {"attendance": "present", "exam": exam}


def merged(base: Answers, stored: Answers, mine: Answers) -> tuple[Answers, tuple[Conflict, ...]]:
    found, conflicts = merge_answers(said(base), said(stored), said(mine))
    return found.get("exam", {}), conflicts


@pytest.mark.parametrize(
    ("base", "stored", "mine", "told"),
    [
        pytest.param({}, NO_USE, ALCOHOL, {"use", "substances"}, id="no use, and somebody names alcohol"),
        pytest.param({}, ALCOHOL, NO_USE, {"use"}, id="alcohol, and somebody says no use"),
        pytest.param({}, {"use": "pass"}, ALCOHOL, {"use", "substances"}, id="a pass"),
        pytest.param(ALCOHOL, BOTH, NO_USE, {"use", "substances"}, id="one more, and it was none"),
        pytest.param(ALCOHOL, NO_USE, BOTH, {"use", "substances"}, id="it was none, and one more"),
        pytest.param(ALCOHOL, {}, BOTH, {"use", "substances"}, id="not asked after all, and one more"),
    ],
)
def test_what_contradicts_it_stays_as_stored_and_is_told(
    base: Answers, stored: Answers, mine: Answers, told: set[str]
) -> None:
    found, conflicts = merged(base, stored, mine)
    assert found == stored
    assert {(each.place, each.stored, each.mine) for each in conflicts if each.place[1] == "use"} == {
        (("exam", "use"), stored.get("use"), mine["use"])
    }
    assert {each.place[1] for each in conflicts} == told


def test_what_both_named_is_united() -> None:
    opioids = {"use": "used", "substances": ["opioids"]}
    assert merged({}, ALCOHOL, opioids) == (BOTH, ())
    assert merged({"use": "used"}, {"use": "used"}, ALCOHOL) == (ALCOHOL, ())


NAMED = st.sets(st.sampled_from(["alcohol", "opioids", "other"]), min_size=1).map(sorted)
USE: st.SearchStrategy[Answers] = st.sampled_from([{}, NO_USE, {"use": "pass"}, {"use": "used"}]) | NAMED.map(
    lambda named: {"use": "used", "substances": named}
)
EXAMS = st.builds(lambda use, mood: use | ({"mood": mood} if mood else {}), USE, st.sampled_from([0, 3, 7]))


@given(EXAMS, EXAMS, EXAMS)
def test_it_never_contradicts_itself_and_what_anybody_said_stands_or_is_told(
    base: Answers, stored: Answers, mine: Answers
) -> None:
    found, conflicts = merged(base, stored, mine)
    told = {each.place[1] for each in conflicts if each.place[0] == "exam"}
    assert not found.get("substances") or found["use"] == "used"
    for side in (stored, mine):
        for part in ("use", "mood"):
            changed = side.get(part) != base.get(part)
            assert not changed or found.get(part) == side.get(part) or part in told
        new, gone = (marks(one) - marks(other) for one, other in ((side, base), (base, side)))
        assert (new <= marks(found) and not gone & marks(found)) or told & {"use", "substances"}


@given(EXAMS, EXAMS)
def test_what_only_one_changed_is_taken_and_saying_it_twice_is_saying_it_once(base: Answers, mine: Answers) -> None:
    for one in (merged(base, base, mine), merged(base, mine, base), merged(base, mine, mine)):
        assert one == (mine, ())


@given(EXAMS, EXAMS, EXAMS)
def test_without_a_conflict_it_does_not_matter_who_was_first(base: Answers, stored: Answers, mine: Answers) -> None:
    (one, told), (other, again) = merged(base, stored, mine), merged(base, mine, stored)
    assert bool(told) == bool(again)
    assert told or ordered(one) == ordered(other)


def marks(exam: Answers) -> set[str]:
    return set(exam.get("substances", ()))


def ordered(exam: Answers) -> Answers:
    return {name: sorted(value) if isinstance(value, list) else value for name, value in exam.items()}
