"""The shipped worksheets: valid, whole, linked to what is there, and easy to read for whoever fills them in."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from openmission.curricula.rules import Field, Over, Worksheet, parse_worksheet
from openmission.kernel.content import load_yaml
from tests.house.source import ROOT
from tests.readability import grade, spanish_ease

FOLDER = ROOT / "content" / "worksheets"
FILES = sorted(FOLDER.glob("*/*.yaml"))
OF_SESSIONS = (
    *("onset_timelines", "life_problem_areas", "readiness_rulers", "recovery_plan", "decisional_balance"),
    *("communication", "twelve_step", "anger", "change_plan", "relationships"),
    *("thinking_patterns", "beliefs", "activity_schedule"),
)
OF_ANY_TIME = ("picba", "relapse_prevention_plan", "stress_plan", "work_goals")
PAGES = (
    *("62-64", "65-67", "68-69", "70-72", "73-75", "76-78", "79-82", "83-85", "86-92", "93-97"),
    *("98-108", "109-112", "113-117"),
)
LABELLING = re.compile(
    r"\b(addict|alcoholic|offender|patients?\b|non-?complian|abuser|substance abuse|inmate|junkie|clean\b|dirty"
    r"|adict|alcohólic|delincuente|toxicómano|drogadict|abuso|presos?\b|limpi[oa]|sucio)",
    re.I,
)
FAMILIAR = re.compile(
    r"\b(tú|tus?|te|ti|contigo|tuy[oa]s?|vos|vosotros|eres|estás|tienes|puedes|quieres|sabes|haces|sientes|piensas)\b",
    re.I,
)

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")


def _data(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text())


def _texts(part: Any, *keys: str, key: str = "") -> Iterator[dict[str, str]]:
    """What the participant reads, pair by pair; only what stands under one of `keys` where they are given."""
    if isinstance(part, list):
        for row in part:
            yield from _texts(row, *keys, key=key)
    elif isinstance(part, dict) and set(part) == {"en", "es"}:
        if not keys or key in keys:
            yield part
    elif isinstance(part, dict):
        for name, row in part.items():
            if name not in ("source", "sources"):
                yield from _texts(row, *keys, key=name)


def _passage(path: Path, language: str) -> str:
    """All texts of a sheet as one passage, each closed with a period."""
    words = [text[language].rstrip() for text in _texts(_data(path))]
    return " ".join(text if text[-1] in ".!?" else f"{text}." for text in words)


def _sheets() -> dict[str, Worksheet]:
    return {sheet.slug: sheet for sheet in (parse_worksheet(_data(path)) for path in FILES)}


@each_file
def test_every_sheet_is_valid_and_lies_where_it_says(path: Path) -> None:
    sheet = parse_worksheet(load_yaml(path, schema="worksheet"))
    assert path.relative_to(FOLDER).as_posix() == f"{sheet.slug}/v{sheet.version}.yaml"
    assert sheet.licence


def test_the_book_is_whole_and_in_order() -> None:
    """Thirteen sheets in the place of their session, and four that belong to no session."""
    places = {sheet.position: slug for slug, sheet in _sheets().items()}
    assert places == dict(enumerate(OF_SESSIONS, 1)) | dict(enumerate(OF_ANY_TIME, 101))


def test_sheets_of_sessions_name_the_pages_of_the_workbook() -> None:
    sheets = _sheets()
    assert tuple(sheets[slug].workbook_pages for slug in OF_SESSIONS) == PAGES


def test_what_may_be_filled_in_again() -> None:
    again = {slug for slug, sheet in _sheets().items() if sheet.repeatable}
    assert again == {"readiness_rulers", "activity_schedule", "picba", "stress_plan"}


def test_a_link_leads_to_items_of_an_earlier_sheet() -> None:
    """Of a table the link names a text column; of its own sheet only a field that stands before it."""
    sheets = _sheets()
    for sheet in sheets.values():
        for place, field in enumerate(sheet.fields):
            if not field.over:
                continue
            source = sheets[field.over.sheet]
            target = source.field(field.over.field)
            assert source.position < sheet.position or target in sheet.fields[:place], (sheet.slug, field.slug)
            assert target.kind in ("table", "list", "checklist") and not target.rows
            columns = {column.slug: column.kind for column in target.columns}
            assert columns.get(field.over.column) == ("text" if target.kind == "table" else None)


def test_the_problems_of_session_2_run_through_3_4_and_5() -> None:
    linked = {sheet.slug for sheet in _sheets().values() for field in sheet.fields if _is_over_problems(field)}
    assert linked == {"readiness_rulers", "recovery_plan", "decisional_balance"}


def _is_over_problems(field: Field) -> bool:
    return field.over == Over("life_problem_areas", "problems", "problem")


def test_a_sheet_is_short_enough_for_a_phone() -> None:
    for sheet in _sheets().values():
        assert len(sheet.fields) <= 10, sheet.slug
        assert max(len(field.columns) for field in sheet.fields) <= 4, sheet.slug
        assert max(len(field.options) for field in sheet.fields) <= 12, sheet.slug


@each_file
def test_words_are_person_first(path: Path) -> None:
    assert [text for text in _texts(_data(path)) if LABELLING.search(f"{text['en']} {text['es']}")] == []


@each_file
def test_sentences_are_translated(path: Path) -> None:
    same = [text["en"] for text in _texts(_data(path)) if text["en"] == text["es"] and text["en"].count(" ") > 1]
    assert same == []


@each_file
def test_spanish_says_usted(path: Path) -> None:
    assert [text["es"] for text in _texts(_data(path)) if FAMILIAR.search(text["es"])] == []


@each_file
def test_english_is_read_at_sixth_grade_or_below(path: Path) -> None:
    passages = [text["en"] for text in _texts(_data(path), "intro", "help")]
    assert [passage for passage in passages if grade(passage) > 6] == []
    assert grade(_passage(path, "en")) <= 6


@each_file
def test_spanish_is_easy(path: Path) -> None:
    """Fernández Huerta: 70 to 80 is sixth grade. A short passage swings: the intro, then all as one."""
    assert spanish_ease(_data(path)["intro"]["es"]) >= 70
    assert spanish_ease(_passage(path, "es")) >= 70


def test_nobody_who_slips_is_left_without_help() -> None:
    """A slip raises support: call, stay with others, naloxone, come back; 911 and 988 where life is at risk."""
    plan = _sheets()["relapse_prevention_plan"]
    assert {"call", "stay", "naloxone", "come_back"} <= {option.slug for option in plan.field("if_slip").options}
    urgent = plan.field("emergency").help
    assert urgent and all(number in text for number in ("911", "988") for text in (urgent.en, urgent.es))


@pytest.mark.parametrize(("slug", "field"), [("change_plan", "change"), ("decisional_balance", "thought")])
def test_who_drinks_daily_reads_of_the_doctor_before_planning_to_stop(slug: str, field: str) -> None:
    told = _sheets()[slug].field(field).help
    assert told and "doctor before you cut down" in told.en and "médico antes de bajar" in told.es
    assert "911" in told.en and "911" in told.es


@each_file
def test_the_spanish_way_to_988_is_told_wherever_the_number_is(path: Path) -> None:
    for text in (text["es"] for text in _texts(_data(path)) if "988" in text["es"]):
        assert "oprima el 2" in text and "AYUDA al 988" in text


def test_the_balance_ends_with_the_good_in_changing() -> None:
    """As session 5 fills its boxes."""
    order = [field.slug for field in _sheets()["decisional_balance"].fields if field.kind == "list"]
    assert order == ["stay_good", "stay_hard", "change_hard", "change_good"]
