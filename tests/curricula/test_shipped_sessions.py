"""The thirteen DRT sessions: in the manifest's order, of a bearable length, kind in their words and easy to read."""

import re
from pathlib import Path
from typing import Any

import pytest

from openmission.kernel.content import load_yaml
from tests.curricula.shipped import CONTENT, DRT, texts
from tests.readability import grade, spanish_ease

FILES = sorted(DRT.glob("[0-9]*.yaml"))
LABELLING = re.compile(
    r"\b(addict|offender|patients?\b|non-?compliant|abuser|inmate|adicto|delincuente|toxicómano)", re.I
)
INFORMAL = re.compile(r"\b(tú|tu|tus|ti|contigo|vosotros|vuestro)\b", re.I)
INDIVIDUAL = ["welcome", "check_in", "topic", "engagement", "modeling", "reorientation", "closing"]

each_session = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def _session(path: Path) -> dict[str, Any]:
    return load_yaml(path, schema="session")


def _slugs() -> list[str]:
    return load_yaml(DRT / "manifest.yaml", schema="curriculum")["sessions"]


def _participant_texts(path: Path) -> list[dict[str, str]]:
    session = _session(path)
    return [session["about"], *session["homework"]]


def test_every_session_lies_at_its_place_in_the_manifest() -> None:
    slugs = _slugs()
    assert len(slugs) == 13
    assert [path.name for path in FILES] == [f"{number:02}-{slug}.yaml" for number, slug in enumerate(slugs, 1)]
    assert [_session(path)["slug"] for path in FILES] == slugs


def test_the_workbook_pages_follow_one_another() -> None:
    """Guide, DRT Sessions with Corresponding Participant Workbook Pages: 62 to 117 without a gap."""
    pages = [[int(page) for page in _session(path)["workbook_pages"].split("-")] for path in FILES]
    assert pages[0][0] == 62 and pages[-1][1] == 117
    assert [first for first, _ in pages[1:]] == [last + 1 for _, last in pages[:-1]]


@each_session
@pytest.mark.parametrize("arc", ["individual", "group"])
def test_a_session_lasts_45_to_60_minutes(path: Path, arc: str) -> None:
    steps = _session(path)[arc]
    assert 45 <= sum(step["minutes"] for step in steps) <= 60
    names = [step["step"] for step in steps]
    assert names[-1] == "closing"
    assert len(names) == len(set(names))
    assert names == INDIVIDUAL if arc == "individual" else names[0] == "greeting"


@each_session
def test_a_session_builds_on_earlier_ones_only(path: Path) -> None:
    slugs = _slugs()
    session = _session(path)
    assert set(session["builds_on"]) <= set(slugs[: slugs.index(session["slug"])])


def test_only_the_guide_says_what_builds_on_what() -> None:
    """Guide, sessions 3, 4 and 5: all three take up the list of session 2, and nothing else is a condition."""
    builds = {session["slug"]: session["builds_on"] for session in map(_session, FILES) if session["builds_on"]}
    assert list(builds) == ["motivation", "personal_recovery_plan", "decisional_balance"]
    assert list(builds.values()) == [["life_problem_areas"]] * 3


@each_session
def test_every_worksheet_named_is_one_that_we_ship(path: Path) -> None:
    sheets = _session(path)["worksheets"]
    assert sheets
    assert [sheet for sheet in sheets if not (CONTENT / "worksheets" / sheet).is_dir()] == []


@each_session
def test_prompts_are_few_and_remind_whoever_leads(path: Path) -> None:
    prompts = _session(path)["prompts"]
    assert 5 <= len(prompts) <= 9
    assert "remember" in {prompt["do"] for prompt in prompts}


@each_session
def test_words_are_person_first_formal_and_translated(path: Path) -> None:
    """What is said between friends in a scene stands in quotation marks and may be informal."""
    for text in texts(_session(path)):
        assert not LABELLING.search(text["en"] + " " + text["es"]), text
        assert not INFORMAL.search(re.sub(r'"[^"]*"', "", text["es"])), text["es"]
        assert text["en"] != text["es"], f"not translated: {text['en']}"


def test_no_text_is_pasted_from_session_to_session() -> None:
    seen: dict[str, str] = {}
    pasted = [
        text["en"]
        for path in FILES
        for text in texts(_session(path))
        if seen.setdefault(text["en"], path.stem) != path.stem
    ]
    assert pasted == []


@each_session
def test_participants_read_at_sixth_grade_or_below(path: Path) -> None:
    assert [text["en"] for text in _participant_texts(path) if grade(text["en"]) > 6] == []


@each_session
def test_the_spanish_is_easy_too(path: Path) -> None:
    """Fernández Huerta: 70 to 80 is sixth grade. A short passage swings, so each reaches 60 and all together 70."""
    passages = [text["es"] for text in _participant_texts(path)]
    assert [passage for passage in passages if spanish_ease(passage) < 60] == []
    assert spanish_ease(" ".join(passages)) >= 70


def test_a_slip_is_met_with_support() -> None:
    session = _session(DRT / "09-relapse_prevention.yaml")
    assert "never a punishment" in session["purpose"]["en"]
    assert "nunca un castigo" in session["purpose"]["es"]
    assert any("naloxone" in prompt["text"]["en"] for prompt in session["prompts"])


def test_other_mutual_help_stands_beside_twelve_step_meetings() -> None:
    session = _session(DRT / "07-twelve_step.yaml")
    assert any("SMART Recovery" in prompt["text"]["en"] for prompt in session["prompts"])
    assert "up to you" in session["about"]["en"]
