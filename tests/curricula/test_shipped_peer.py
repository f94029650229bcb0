"""The peer sessions that we ship: eleven, in order, in a peer's words, and easy to read for those who take part."""

import re
from pathlib import Path
from typing import Any

import pytest

from openmission.curricula.files import read_content
from openmission.curricula.rules import parse_curriculum
from openmission.kernel.content import load_yaml
from tests.readability import grade, spanish_ease

FOLDER = Path(__file__).resolve().parents[2] / "content" / "curricula" / "peer" / "v1"
SESSIONS = sorted(FOLDER.glob("[0-9][0-9]-*.yaml"))
LABELLING = re.compile(
    r"\b(addict|offender|patients?\b|non-?compliant|abuser|inmate|adicto|delincuente|toxicómano)", re.I
)
FORMAL = re.compile(r"\b(tú|tu|tus|ti|contigo|vosotros|vuestro|os)\b", re.I)

each_session = pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)


def _manifest() -> dict[str, Any]:
    return load_yaml(FOLDER / "manifest.yaml", schema="curriculum")


def _session(path: Path) -> dict[str, Any]:
    return load_yaml(path, schema="session")


def _texts(part: Any) -> list[dict[str, str]]:
    """Every text of a file, wherever it lies."""
    rows = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else []
    if isinstance(part, dict) and set(part) == {"en", "es"}:
        return [part]
    return [text for row in rows for text in _texts(row)]


def _for_participants(path: Path) -> list[dict[str, str]]:
    session = _session(path)
    return [session["about"], *session["homework"]]


def test_the_sessions_lie_in_the_order_of_the_manifest() -> None:
    slugs = _manifest()["sessions"]
    assert [path.stem for path in SESSIONS] == [f"{number:02}-{slug}" for number, slug in enumerate(slugs, 1)]
    assert [_session(path)["slug"] for path in SESSIONS] == slugs
    assert len(slugs) == 11


def test_the_curriculum_holds_together() -> None:
    assert len(parse_curriculum(read_content("curriculum", FOLDER / "manifest.yaml")).sessions) == 11


def test_titles_are_told_as_not_verified() -> None:
    """No source confirms the titles; the summary tells who reads it, the mark tells the code."""
    manifest = _manifest()
    assert manifest["titles_verified"] is False
    assert "an agency may write its own" in manifest["summary"]["en"]
    assert "cada agencia puede escribir los suyos" in manifest["summary"]["es"]
    assert {_session(path)["source"]["in"] for path in SESSIONS} == {"default"}


def test_the_peer_leads_in_every_phase_without_sheets_or_exam() -> None:
    manifest = _manifest()
    assert (manifest["component"], manifest["led_by"], manifest["status_exam"]) == ("peer", "peer_specialist", False)
    assert manifest["phases"] == ["transition", "try_out", "transfer"]
    assert [rule["slug"] for rule in manifest["due_rules"]] == ["next", "make_up", "behind", "date"]
    assert [path.stem for path in SESSIONS if _session(path)["worksheets"]] == []


def test_nothing_of_a_peer_is_pressing_now() -> None:
    """Time without a topic is the peer's work too: a session that is late is a reminder, no alarm."""
    assert [rule["slug"] for rule in _manifest()["due_rules"] if "now" in rule["steps"]] == []


def test_every_source_is_among_those_of_the_manifest() -> None:
    manifest = _manifest()
    cited = {rule["source"]["in"] for rule in manifest["due_rules"]} | {manifest["group"]["source"]["in"]}
    assert cited | {_session(path)["source"]["in"] for path in SESSIONS} == set(manifest["sources"])


@each_session
@pytest.mark.parametrize("arc", ["individual", "group"])
def test_a_session_lasts_between_45_and_60_minutes(path: Path, arc: str) -> None:
    steps = _session(path)[arc]
    assert 45 <= sum(step["minutes"] for step in steps) <= 60
    assert steps[-1]["step"] == "closing"
    assert len({step["step"] for step in steps}) == len(steps)


@each_session
def test_the_peer_shares_and_asks(path: Path) -> None:
    prompts = _session(path)["prompts"]
    assert 5 <= len(prompts) <= 8
    assert {"share", "ask", "remember"} <= {prompt["do"] for prompt in prompts}


@pytest.mark.parametrize("path", [FOLDER / "manifest.yaml", *SESSIONS], ids=lambda path: path.stem)
def test_words_are_person_first_formal_and_translated(path: Path) -> None:
    for text in _texts(load_yaml(path, schema="curriculum" if path.stem == "manifest" else "session")):
        assert not LABELLING.search(text["en"] + " " + text["es"]), text
        assert not FORMAL.search(text["es"]), f"not usted: {text['es']}"
        assert text["en"] != text["es"], f"not translated: {text['en']}"


def test_no_sentence_is_pasted_from_session_to_session() -> None:
    """Each session has its own words; only where the source is told are they the same."""
    seen: dict[str, str] = {}
    for path in SESSIONS:
        session = {key: value for key, value in _session(path).items() if key != "source"}
        for text in _texts(session):
            assert seen.setdefault(text["en"], path.stem) == path.stem, text["en"]


@each_session
def test_participants_read_it_easily_in_english(path: Path) -> None:
    assert [text["en"] for text in _for_participants(path) if grade(text["en"]) > 6] == []


@each_session
def test_participants_read_it_easily_in_spanish(path: Path) -> None:
    """Fernández Huerta: 70 to 80 is sixth grade. A short text swings, so the session is read as a whole."""
    assert spanish_ease(" ".join(text["es"] for text in _for_participants(path))) >= 70


def test_a_peer_never_advises_on_medicine() -> None:
    session = _session(FOLDER / "10-medicine.yaml")
    assert "never advises on a dose" in session["purpose"]["en"]
    assert "Nunca aconseja sobre dosis" in session["purpose"]["es"]
    assert any("call the person who prescribes it first" in text["en"] for text in session["homework"])
