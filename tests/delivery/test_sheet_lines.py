"""The line for the worksheets of a session: which it asks for, when it is content, and how it says so."""

from dataclasses import replace

import pytest

from openmission.delivery.words import RAISER
from tests.delivery.courses import DRT, SHEETS, SLUGS, titles
from tests.delivery.test_session_agenda import MISSION, WEEKLY, course, items

__all__ = ["titles"]
pytestmark = pytest.mark.usefixtures("titles")
NINE = DRT.sessions[8].worksheets


def test_a_sheet_whose_list_grew_is_not_asked_for_once_the_session_was_given() -> None:
    """The group repeats session 5, which the client has had."""
    sheets = {SHEETS[SLUGS[4]]: "overtaken"}
    given = course(done={**WEEKLY, 5: 33}, coming=(40, 5), sheets=sheets)
    assert "worksheet" not in items(given, 38)
    assert "worksheet" in items(course(done={**WEEKLY, 5: 33}, coming=(40, 5)), 38)


@pytest.mark.parametrize(
    ("states", "sheet", "more"),
    [
        pytest.param((), NINE[0], 1, id="neither"),
        pytest.param((NINE[0],), NINE[1], 0, id="the first is ready"),
        pytest.param((NINE[1],), NINE[0], 0, id="the second is ready"),
        pytest.param(NINE, None, 0, id="both are"),
    ],
)
def test_a_session_with_several_sheets_is_asked_for_until_all_are_ready(
    states: tuple[str, ...], sheet: str | None, more: int
) -> None:
    found = course(done=WEEKLY, coming=(40, 9), sheets=dict.fromkeys(states, "ready"))
    item = items(found, 38).get("worksheet")
    assert (item and item.what.params["sheet"]) == sheet
    if item:
        assert item.what.params["more"] == more
        assert ("1 more worksheet too." in RAISER.what(item, "Dana", MISSION)) is bool(more)


def test_the_sheet_that_was_chosen_for_the_meeting_comes_first() -> None:
    found = course(done=WEEKLY, coming=(40, 9))
    assert found.coming
    chosen = replace(found, coming=replace(found.coming, sheet="stress_plan"))
    told = items(chosen, 38)["worksheet"].what.params
    assert (told["sheet"], told["more"]) == ("stress_plan", 2)
    ready = replace(chosen, sheets={"stress_plan": "ready"})
    assert items(ready, 38)["worksheet"].what.params["sheet"] == NINE[0]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("", "Prepare “Weighing a change” with Dana for DRT session 5"),
        ("preparing", "“Weighing a change” for DRT session 5"),
        ("overtaken", "was ready; since then its list has grown."),
    ],
)
def test_the_line_names_the_sheet(state: str, text: str) -> None:
    sheets = {SHEETS[SLUGS[4]]: state} if state else {}
    item = items(course(done=WEEKLY, coming=(40, 5), sheets=sheets), 38)["worksheet"]
    assert text in RAISER.what(item, "Dana", MISSION)
