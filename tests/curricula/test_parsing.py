"""Files that fit their schemas but contradict each other are refused, with the place."""

from collections.abc import Callable
from typing import Any

import pytest

from openmission.curricula.rules import IncoherentCurriculum, parse_checklist, parse_curriculum, parse_worksheet
from openmission.programs.rules import Severity, Text
from tests.curricula.shipped import content_of

Change = Callable[[dict[str, Any]], Any]


def _named(rows: list[dict[str, Any]], slug: str) -> dict[str, Any]:
    return next(row for row in rows if row["slug"] == slug)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda d: d["sessions"].append(d["sessions"][0]), "sessions: .* twice", id="a session twice"),
        pytest.param(lambda d: d["due_rules"].append(d["due_rules"][0]), "due_rules: .* twice", id="a rule twice"),
        pytest.param(
            lambda d: d["due_rules"].remove(_named(d["due_rules"], "make_up")),
            "due_rules: make_up is missing",
            id="no rule for make-ups",
        ),
        pytest.param(
            lambda d: d.update(after_use="dancing"), "after_use: there is no session dancing", id="no session"
        ),
        pytest.param(
            lambda d: d["check_in"]["answers"].append(d["check_in"]["answers"][0]),
            "check_in/answers: something is listed twice",
            id="an answer of the check-in twice",
        ),
        pytest.param(
            lambda d: d["sessions"][1]["builds_on"].append("motivation"),
            "sessions/life_problem_areas: builds on motivation, which is not earlier",
            id="it builds on a later session",
        ),
        pytest.param(
            lambda d: d["sessions"][1]["builds_on"].append("life_problem_areas"),
            "builds on life_problem_areas, which is not earlier",
            id="it builds on itself",
        ),
        pytest.param(
            lambda d: _named(d["due_rules"], "next")["steps"].update(week=9, today=3),
            "due_rules/next: steps must come in the order",
            id="pressing less with time",
        ),
        pytest.param(
            lambda d: d["sessions"][0]["source"].update({"in": "hearsay"}),
            "sources: hearsay is named but not listed",
            id="a session's source",
        ),
        pytest.param(
            lambda d: d["group"]["source"].update({"in": "hearsay"}),
            "sources: hearsay is named but not listed",
            id="the group's source",
        ),
    ],
)
def test_a_curriculum_that_contradicts_itself_is_refused(change: Change, says: str) -> None:
    data = content_of("curriculum", "drt")
    change(data)
    with pytest.raises(IncoherentCurriculum, match=f"drt version 1: .*{says}"):
        parse_curriculum(data)


def _columns(data: dict[str, Any]) -> list[dict[str, Any]]:
    return data["fields"][0]["columns"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda d: d["fields"].append(d["fields"][0]), "fields: .* twice", id="a field twice"),
        pytest.param(
            lambda d: _columns(d).append(_columns(d)[0]), "fields/rulers/columns: .* twice", id="a column twice"
        ),
        pytest.param(
            lambda d: _columns(d).append({"slug": "why", "kind": "text", "label": {"en": "Why", "es": "Por qué"}}),
            "fields/rulers: the columns of rulers are scales",
            id="a ruler without a scale",
        ),
        pytest.param(
            lambda d: _columns(d)[0].update(options=[{"slug": "a"}, {"slug": "a"}]),
            "columns/importance/options: .* twice",
            id="an option twice",
        ),
        pytest.param(lambda d: d["source"].update({"in": "hearsay"}), "hearsay is named but not", id="a source"),
    ],
)
def test_a_worksheet_that_contradicts_itself_is_refused(change: Change, says: str) -> None:
    data = content_of("worksheet", "readiness_rulers")
    change(data)
    with pytest.raises(IncoherentCurriculum, match=f"readiness_rulers version 1: .*{says}"):
        parse_worksheet(data)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda d: d["steps"].append(d["steps"][0]), "steps: .* twice", id="a step twice"),
        pytest.param(lambda d: d["sources"].clear(), "is named but not listed", id="a source"),
    ],
)
def test_a_checklist_that_contradicts_itself_is_refused(change: Change, says: str) -> None:
    data = content_of("checklist", "safety")
    change(data)
    with pytest.raises(IncoherentCurriculum, match=says):
        parse_checklist(data)


def test_all_faults_are_told_at_once() -> None:
    data = content_of("curriculum", "drt") | {"after_use": "dancing", "due_rules": []}
    with pytest.raises(IncoherentCurriculum, match=r"next is missing; .*make_up is missing; .*dancing"):
        parse_curriculum(data)


def test_a_session_carries_what_its_file_says() -> None:
    data = content_of("curriculum", "drt")
    _named(data["due_rules"], "next")["steps"] = {"now": 14, "week": -3, "today": 0}
    drt = parse_curriculum(data)
    plan = drt.session("personal_recovery_plan")
    assert (plan.number, plan.workbook_pages, plan.worksheets[0]) == (4, "70-72", "recovery_plan")
    assert plan.title == Text(en="Developing a personal recovery plan", es="Hacer un plan personal de recuperación")
    assert plan.builds_on == ("life_problem_areas",)
    assert [step.step for step in plan.group][:2] == ["greeting", "opening"]
    assert [len(drt.check_in.questions), len(drt.check_in.answers)] == [7, 4]
    assert drt.check_in.answers[-1].text == Text(en="Safety steps, now.", es="Pasos de seguridad, ahora.")
    assert drt.due_rules["next"].steps == ((-3, Severity.WEEK), (0, Severity.TODAY), (14, Severity.NOW))
    assert (drt.group.least, drt.group.most, drt.after_use) == (5, 10, "relapse_prevention")
    with pytest.raises(KeyError):
        drt.session("dancing")


def test_a_field_carries_what_its_file_says() -> None:
    sheet = parse_worksheet(content_of("worksheet", "readiness_rulers"))
    rulers = sheet.field("rulers")
    assert rulers.over
    assert (rulers.over.sheet, rulers.over.field, rulers.over.column) == ("life_problem_areas", "problems", "problem")
    assert {column.slug: column.scale and column.scale.high for column in rulers.columns}["importance"] == 10
    assert sheet.repeatable
