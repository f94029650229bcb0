"""The seven questions: what is an answer, what is open, what cannot be, what worries; and there and back."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmission.delivery.rules.exam import (
    CHOICES,
    ITEMS,
    LISTS,
    PASS,
    SCALES,
    Exam,
    exam_as_answers,
    exam_faults,
    exam_from_answers,
    worries,
)

FULL = Exam(
    agenda="together",
    use="used",
    substances=("alcohol", "other"),
    motivation=0,
    mood=10,
    anxiety=1,
    medication="as_prescribed",
    topic="took_part",
    supports=("people", "treatment"),
)


@st.composite
def exams(draw: st.DrawFn) -> Exam:
    """Any exam that can be."""
    said: dict[str, Any] = {item: draw(st.sampled_from(["", *choices])) for item, choices in CHOICES.items()}
    said |= {item: draw(st.none() | st.integers(low, high)) for item, (low, high) in SCALES.items()}
    said |= {item: tuple(sorted(draw(st.sets(st.sampled_from(choices))))) for item, choices in LISTS.items()}
    passed = draw(st.frozensets(st.sampled_from(ITEMS)))
    empty = Exam()
    return Exam(**{**said, **{item: getattr(empty, item) for item in passed}}, passed=passed)


def test_the_seven_questions_of_the_guide_are_all_asked() -> None:
    """Mood and anxiety are one question of the guide and two answers here; what was used goes with use."""
    assert {"agenda", "use", "motivation", "mood", "anxiety", "medication", "topic", "supports"} == set(ITEMS)
    assert {*CHOICES, *SCALES, *LISTS} == {*ITEMS, "substances"}


def test_nothing_asked_leaves_everything_open_and_is_no_fault() -> None:
    assert Exam().open_items == ITEMS
    assert list(exam_faults(Exam())) == []
    assert exam_as_answers(Exam()) == {}


def test_full_answers_leave_nothing_open() -> None:
    assert FULL.open_items == ()
    assert list(exam_faults(FULL)) == []


@pytest.mark.parametrize("item", ITEMS)
def test_pass_is_an_answer_to_each(item: str) -> None:
    exam = Exam(passed=frozenset({item}))
    assert item not in exam.open_items
    assert list(exam_faults(exam)) == []
    assert exam_as_answers(exam) == {item: PASS}


@pytest.mark.parametrize("item", ITEMS)
def test_an_answer_beside_a_pass_cannot_be(item: str) -> None:
    assert item in list(exam_faults(replace(FULL, passed=frozenset({item}))))


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        pytest.param({"motivation": 0}, [], id="motivation begins with 0"),
        pytest.param({"motivation": 10}, [], id="motivation ends with 10"),
        pytest.param({"motivation": 11}, ["motivation"], id="motivation over the scale"),
        pytest.param({"motivation": -1}, ["motivation"], id="motivation under the scale"),
        pytest.param({"mood": 1}, [], id="mood begins with 1"),
        pytest.param({"mood": 0}, ["mood"], id="mood under the scale"),
        pytest.param({"mood": 11}, ["mood"], id="mood over the scale"),
        pytest.param({"anxiety": 0}, ["anxiety"], id="anxiety under the scale"),
        pytest.param({"anxiety": 11}, ["anxiety"], id="anxiety over the scale"),
        pytest.param({"use": "relapsed"}, ["use"], id="an unknown word for use"),
        pytest.param({"agenda": "no"}, ["agenda"], id="an unknown agenda"),
        pytest.param({"medication": "forgot"}, ["medication"], id="an unknown medication"),
        pytest.param({"topic": "slept"}, ["topic"], id="an unknown topic"),
        pytest.param({"substances": ("alcohol", "tea")}, ["substances"], id="an unknown substance"),
        pytest.param({"supports": ("luck",)}, ["supports"], id="an unknown support"),
        pytest.param({"passed": frozenset({"name"})}, ["passed"], id="a pass on what is not asked"),
        pytest.param({"mood": 0, "use": "x"}, ["use", "mood"], id="several"),
    ],
)
def test_what_cannot_be_is_named(changed: dict[str, Any], faults: list[str]) -> None:
    assert list(exam_faults(replace(FULL, **changed))) == faults


@pytest.mark.parametrize(
    ("exam", "found"),
    [
        pytest.param(Exam(mood=2), ("low_mood",), id="mood 2"),
        pytest.param(Exam(mood=3), (), id="mood 3"),
        pytest.param(Exam(anxiety=9), ("high_anxiety",), id="anxiety 9"),
        pytest.param(Exam(anxiety=8), (), id="anxiety 8"),
        pytest.param(Exam(mood=1, anxiety=10), ("low_mood", "high_anxiety"), id="both"),
        pytest.param(Exam(), (), id="not asked"),
        pytest.param(Exam(passed=frozenset({"mood", "anxiety"})), (), id="passed"),
        pytest.param(Exam(motivation=0, use="used"), (), id="use and no motivation are no danger"),
    ],
)
def test_worrying_answers(exam: Exam, found: tuple[str, ...]) -> None:
    assert worries(exam) == found


@given(exams())
def test_there_and_back_nothing_is_lost(exam: Exam) -> None:
    assert list(exam_faults(exam)) == []
    assert exam_from_answers(exam_as_answers(exam)) == exam


@given(exams())
def test_every_item_is_open_answered_or_passed_and_never_two_of_them(exam: Exam) -> None:
    said = exam_as_answers(exam)
    for item in ITEMS:
        assert (item in exam.open_items) == (item not in said)
        assert (said.get(item) == PASS) == (item in exam.passed)


@given(exams())
def test_a_scale_that_begins_with_zero_is_an_answer(exam: Exam) -> None:
    told = replace(exam, motivation=0, passed=exam.passed - {"motivation"})
    assert "motivation" not in told.open_items
    assert exam_as_answers(told)["motivation"] == 0


def test_an_item_that_nobody_knows_is_refused() -> None:
    with pytest.raises(TypeError):
        exam_from_answers({"weight": 70})
