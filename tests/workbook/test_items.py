"""What one sheet names, others ask about: exactly that, whatever is renamed, added, removed."""

from typing import Any

import pytest

from openmission.curricula.rules import Over
from openmission.workbook.rules import Change, Difference, differences, gone, items, linked_items, scale_changes
from openmission.workbook.rules.items import Filled
from tests.workbook.sheets import sheet
from tests.world.workbook import PROBLEMS

OVER_PROBLEMS = Over("life_problem_areas", "problems", "problem")


def filled(**answers: dict[str, Any]) -> Filled:
    return {slug: (sheet(slug), said) for slug, said in answers.items()}


def named(over: Over, **answers: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item.slug, item.label.en) for item in items(over, filled(**answers))]


def test_problems_become_items() -> None:
    assert named(OVER_PROBLEMS, life_problem_areas=PROBLEMS) == [
        ("aa11", "I sleep in my car."),
        ("bb22", "I lost my job."),
    ]


def test_a_row_without_words_and_a_sheet_that_is_not_begun_name_nothing() -> None:
    assert named(OVER_PROBLEMS, life_problem_areas={"problems": [{"id": "c", "area": "fun"}]}) == []
    assert named(OVER_PROBLEMS) == []


def test_a_choice_of_items_is_an_item() -> None:
    over = Over("decisional_balance", "biggest")
    assert named(over, life_problem_areas=PROBLEMS, decisional_balance={"biggest": "bb22"}) == [
        ("bb22", "I lost my job.")
    ]
    assert named(over, life_problem_areas=PROBLEMS, decisional_balance={"biggest": "gone"}) == []


@pytest.mark.parametrize(
    ("over", "said", "found"),
    [
        pytest.param(
            Over("communication", "helpful"),
            {"helpful": {"ticked": ["pause", "listen"], "own": [{"id": "x1", "text": "I smile"}]}},
            [("listen", "I listen to the end"), ("pause", "I ask for a break and come back"), ("x1", "I smile")],
            id="a checklist: what is ticked, and lines of one's own",
        ),
        pytest.param(Over("communication", "moment"), {"moment": "On Sunday"}, [], id="a text is no list of items"),
        pytest.param(Over("communication", "gone"), {"moment": "On Sunday"}, [], id="a field that is not there"),
    ],
)
def test_other_kinds(over: Over, said: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert named(over, communication=said) == found


def test_what_was_said_about_a_problem_that_was_removed_is_known() -> None:
    there = linked_items(sheet("readiness_rulers"), filled(life_problem_areas=PROBLEMS))["rulers"]
    field = sheet("readiness_rulers").field("rulers")
    assert gone(field, {"aa11": {"importance": 3}, "zz99": {"importance": 1}}, there) == ("zz99",)
    pick = sheet("decisional_balance").field("biggest")
    assert (gone(pick, "zz99", there), gone(pick, "aa11", there), gone(pick, None, there)) == (("zz99",), (), ())


def test_what_moved_between_two_fillings() -> None:
    then = {"rulers": {"aa11": {"importance": 4, "confidence": 2}, "zz99": {"readiness": 5}}}
    now = {"rulers": {"bb22": {"readiness": 0}, "aa11": {"importance": 7}}}
    found = scale_changes(sheet("readiness_rulers"), then, now)
    assert found == (
        Change("rulers", "bb22", "readiness", None, 0),
        Change("rulers", "aa11", "importance", 4, 7),
        Change("rulers", "aa11", "confidence", 2, None),
        Change("rulers", "zz99", "readiness", 5, None),
    )
    assert [change.difference for change in found] == [None, 3, None, None]


def test_what_one_save_changed() -> None:
    before = {"noticed": "Much", "problems": [{"id": "a", "problem": "Rent"}], "helpful": {"ticked": ["pause"]}}
    after = {"problems": [{"id": "a", "problem": "The rent"}, {"id": "b", "problem": "Work"}]}
    assert differences(before, after) == (
        Difference(("problems", "a", "problem"), "Rent", "The rent"),
        Difference(("problems", "b", "problem"), None, "Work"),
        Difference(("noticed",), "Much", None),
        Difference(("helpful", "ticked", "pause"), 1, None),
    )
