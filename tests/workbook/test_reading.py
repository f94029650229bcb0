"""From a posted form to answers: nothing typed is lost, and what cannot be right is named."""

from typing import Any

import pytest

from openmission.workbook.rules import LONGEST, Fault, faults, read_answers
from tests.workbook.sheets import sheet

CASES: dict[str, tuple[str, dict[str, Any], dict[str, list[str]], dict[str, Any]]] = {
    "words, without the spaces around them": (
        "life_problem_areas",
        {},
        {"noticed": ["  Two things.\r\nBoth at home. "]},
        {"noticed": "Two things.\nBoth at home."},
    ),
    "rows of a table, in their order, without the empty one": (
        "life_problem_areas",
        {},
        {
            "problems": [""],
            "problems.b2.area": ["work"],
            "problems.b2.problem": ["No job"],
            "problems.b2.mental_health": ["0"],
            "problems.a1.area": [""],
            "problems.a1.problem": ["Rent"],
            "problems.c3.area": [""],
            "problems.c3.problem": [" "],
        },
        {
            "problems": [
                {"id": "b2", "area": "work", "problem": "No job", "mental_health": 0},
                {"id": "a1", "problem": "Rent"},
            ]
        },
    ),
    "a row that is gone from the form": (
        "life_problem_areas",
        {"problems": [{"id": "a1", "problem": "Rent"}], "noticed": "It is a lot."},
        {"problems": [""]},
        {"noticed": "It is a lot."},
    ),
    "lines of a list": (
        "decisional_balance",
        {},
        {"stay_good.a1.text": ["Sleep"], "stay_good.b2.text": [""], "biggest": ["aa11"]},
        {"biggest": "aa11", "stay_good": [{"id": "a1", "text": "Sleep"}]},
    ),
    "a checklist with lines of one's own": (
        "communication",
        {},
        {"less_helpful": ["", "loud", "hint"], "less_helpful.x1.text": ["I text at night"]},
        {"less_helpful": {"ticked": ["loud", "hint"], "own": [{"id": "x1", "text": "I text at night"}]}},
    ),
    "a timeline": (
        "onset_timelines",
        {},
        {
            "timelines.t1.lane": ["mental_health"],
            "timelines.t1.when": ["15"],
            "timelines.t1.what": ["No sleep"],
            "first": ["not_sure"],
        },
        {"timelines": [{"id": "t1", "lane": "mental_health", "when": "15", "what": "No sleep"}], "first": "not_sure"},
    ),
    "fixed rows, and none that the sheet has not": (
        "twelve_step",
        {},
        {"steps.step_2.meaning": ["I hope again"], "steps.step_99.meaning": ["?"]},
        {"steps": {"step_2": {"meaning": "I hope again"}}},
    ),
    "rulers; an item that the form does not show stays": (
        "readiness_rulers",
        {"rulers": {"aa11": {"importance": 4}, "gone1": {"importance": 7}}},
        {"rulers.aa11.importance": ["8"], "rulers.aa11.confidence": [""]},
        {"rulers": {"aa11": {"importance": 8}, "gone1": {"importance": 7}}},
    ),
    "a field that the form does not show stays": (
        "readiness_rulers",
        {"notes": "It moves."},
        {"rulers.aa11.importance": ["0"]},
        {"rulers": {"aa11": {"importance": 0}}, "notes": "It moves."},
    ),
    "ids that no page of ours made": (
        "life_problem_areas",
        {},
        {"problems.A B.problem": ["x"], "problems..problem": ["x"], "problems.a1.colour": ["x"], "problems.a1": ["x"]},
        {},
    ),
}


@pytest.mark.parametrize(("slug", "base", "posted", "answers"), CASES.values(), ids=CASES)
def test_what_a_form_says(
    slug: str, base: dict[str, Any], posted: dict[str, list[str]], answers: dict[str, Any]
) -> None:
    assert read_answers(sheet(slug), posted, base=base) == answers
    assert faults(sheet(slug), answers) == ()


FAULTS: dict[str, tuple[str, dict[str, list[str]], list[Fault]]] = {
    "too long": (
        "life_problem_areas",
        {"problems.a1.problem": ["x" * (LONGEST + 1)], "noticed": ["y" * LONGEST]},
        [Fault("problems.a1.problem", "too_long", "problems")],
    ),
    "a number outside the scale": (
        "readiness_rulers",
        {"rulers.aa11.importance": ["11"]},
        [Fault("rulers.aa11.importance", "off_scale", "rulers")],
    ),
    "no number": (
        "life_problem_areas",
        {"problems.a1.mental_health": ["much"], "problems.a1.substance_use": ["²"]},
        [
            Fault("problems.a1.mental_health", "off_scale", "problems"),
            Fault("problems.a1.substance_use", "off_scale", "problems"),
        ],
    ),
    "an unknown option": ("onset_timelines", {"first": ["never"]}, [Fault("first", "unknown", "first")]),
    "an unknown line": ("communication", {"helpful": ["shout"]}, [Fault("helpful", "unknown", "helpful")]),
    "an unknown part of life": (
        "life_problem_areas",
        {"problems.a1.area": ["moon"]},
        [Fault("problems.a1.area", "unknown", "problems")],
    ),
    "too many rows": (
        "decisional_balance",
        {f"stay_good.r{number}.text": ["x"] for number in range(7)},
        [Fault("stay_good", "too_many", "stay_good")],
    ),
    "more rows than a form can send": (
        "beliefs",
        {f"beliefs.r{number}.text": ["x"] for number in range(61)},
        [Fault("beliefs", "too_many", "beliefs")],
    ),
    "an id that is none": ("decisional_balance", {"biggest": ["A B"]}, [Fault("biggest", "unknown", "biggest")]),
}


@pytest.mark.parametrize(("slug", "posted", "found"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_right_is_named_and_kept(slug: str, posted: dict[str, list[str]], found: list[Fault]) -> None:
    answers = read_answers(sheet(slug), posted, base={})
    assert list(faults(sheet(slug), answers)) == found
    assert all(values[0] in str(answers) for values in posted.values())
