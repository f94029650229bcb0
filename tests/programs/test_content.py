"""The shipped program files: valid, licensed, paired, and readable for the people they are about."""

import re
from pathlib import Path
from typing import Any

import pytest

from openmission.kernel.content import load_yaml
from openmission.programs.rules import Program, Text, parse_program
from tests.programs.shipped import CONTENT, FILES, content_of, program_of
from tests.readability import grade, spanish_ease

LABELLING = re.compile(r"\b(addict|offender|patient|non-?compliant|abuser|inmate|adicto|delincuente|toxicómano)", re.I)


def _texts(part: Any) -> list[dict[str, str]]:
    if isinstance(part, list):
        return [text for row in part for text in _texts(row)]
    if not isinstance(part, dict):
        return []
    if set(part) == {"en", "es"}:
        return [part]
    return [text for row in part.values() for text in _texts(row)]


def _source_words(part: Any) -> list[dict[str, str]]:
    """The documents, and every place in them, as pairs."""
    if isinstance(part, list):
        return [words for row in part for words in _source_words(row)]
    if not isinstance(part, dict):
        return []
    own = list(part.get("sources", {}).values())
    own += [part["source"]["at"]] if "source" in part else []
    pairs = [{"en": words, "es": words} if isinstance(words, str) else words for words in own]
    return pairs + [words for row in part.values() for words in _source_words(row)]


def _client_facing(program: Program) -> list[Text]:
    """What a client reads or hears read aloud, whole passages."""
    passages = [step.text for step in program.not_eligible_next_steps]
    passages += [paragraph for document in program.documents for paragraph in document.body]
    passages += [topic.text for topic in program.orientation.topics]
    return passages


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_program_file_is_valid_and_lies_where_it_says(path: Path) -> None:
    data = load_yaml(path, schema="program")
    program = parse_program(data)
    assert path.relative_to(CONTENT / "programs").as_posix() == f"{program.slug}/v{program.version}.yaml"
    assert program.licence


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_words_are_person_first_and_translated(path: Path) -> None:
    for text in _texts(load_yaml(path, schema="program")):
        assert not LABELLING.search(text["en"] + " " + text["es"]), text
        if text["en"].count(" ") > 2:
            assert text["en"] != text["es"], f"not translated: {text['en']}"


@pytest.mark.parametrize("slug", ["mission", "linkage-only"])
def test_clients_read_at_sixth_grade_or_below(slug: str) -> None:
    hard = [text.en for text in _client_facing(program_of(slug)) if grade(text.en) > 6]
    assert hard == []


@pytest.mark.parametrize("slug", ["mission", "linkage-only"])
def test_the_spanish_is_easy_too(slug: str) -> None:
    """Fernández Huerta: 70 to 80 is sixth grade. A short passage swings, so each reaches 60 and all together 75."""
    passages = [text.es for text in _client_facing(program_of(slug))]
    assert [passage for passage in passages if spanish_ease(passage) < 60] == []
    assert spanish_ease(" ".join(passages)) >= 75


@pytest.mark.parametrize("slug", ["mission", "linkage-only"])
def test_every_source_is_told_in_both_languages(slug: str) -> None:
    """Only what holds no words, such as the number of a law, may be the same in both."""
    data = content_of(slug)
    same = [words for words in _source_words(data) if words["en"] == words["es"]]
    assert [words["en"] for words in same if re.search(r"[a-z]{3}", words["en"])] == []


def test_equal_thirds_have_a_source_of_their_own() -> None:
    lengths = program_of("mission").phase_lengths
    assert lengths is not None
    assert {phase.share for phase in program_of("mission").phases} == {1}
    assert "three phases of equal length" in lengths.source.place.en


def test_mission_is_the_model_of_the_guide() -> None:
    mission = program_of("mission")
    assert [row.months for row in mission.formats] == [2, 6, 12]
    assert mission.components == {"cti", "drt", "peer", "housing", "vocational", "trauma"}
    assert [phase.slug for phase in mission.phases] == ["transition", "try_out", "transfer"]
    every = {(phase.slug, c.role): c.every_days for phase in mission.phases for c in phase.contacts}
    assert every["transition", "case_manager"] == every["transition", "peer_specialist"] == 7
    assert every["try_out", "case_manager"] == 14
    assert every["transfer", "case_manager"] == 30
    assert [c.slug for c in mission.eligibility] == [
        "housing",
        "mental_health",
        "substance_use",
        "willing",
        "community",
    ]
    assert mission.orientation.minutes == 45
    assert {topic.group for topic in mission.orientation.topics} == {"structure", "goals", "requirements"}
    assert [row.slug for row in mission.assessments] == ["mental_health", "substance_use", "psychosocial"]


def test_a_release_says_what_the_law_asks_and_is_never_required() -> None:
    """42 CFR 2.31(a): recipient, information, purpose, expiry; signing it is no condition of help."""
    for slug in ("mission", "linkage-only"):
        release = next(document for document in program_of(slug).documents if document.slug == "release")
        assert {field.slug for field in release.fields} == {"recipient", "information", "purpose", "expires_on"}
        assert not release.required


def test_linkage_only_holds_no_mission_material() -> None:
    """The comparison arm of STAR-LS: a peer for 6 months; no DRT, no peer-led sessions, no MISSION material."""
    linkage = program_of("linkage-only")
    assert linkage.components == frozenset()
    assert [(row.months, row.sessions_per_week) for row in linkage.formats] == [(6, 0)]
    assert [row.role for row in linkage.pair] == ["peer_specialist"]
    words = str(linkage).replace("OpenMISSION", "")
    assert not re.search(r"MISSION|DRT|dual recovery|workbook|case manager", words, re.I)


@pytest.mark.parametrize("slug", ["mission", "linkage-only"])
def test_both_disorders_are_asked_for_in_one_way(slug: str) -> None:
    """Guide, step 1: both a substance use disorder and a mental illness; who names them is asked of both."""
    asked = {criterion.slug: criterion for criterion in program_of(slug).eligibility}
    for criterion in (asked["mental_health"], asked["substance_use"]):
        assert "someone qualified has named" in criterion.question.en
        assert "alguien calificado ha identificado" in criterion.question.es
        assert "ask for an assessment" in criterion.help.en
    assert asked["mental_health"].evidence_kinds == asked["substance_use"].evidence_kinds


def test_the_words_of_the_first_meeting_agree_with_its_days() -> None:
    mission, words = program_of("mission"), {3: "three days", 7: "first week"}
    for row in mission.pair:
        assert words[row.first_contact_within_days] in mission.due_rules["first_contact"].text.en
    assert [row.first_contact_within_days for row in program_of("linkage-only").pair] == [7]
    assert "first week" in program_of("linkage-only").due_rules["first_contact"].text.en


def test_the_pair_has_one_name_in_spanish() -> None:
    for path in FILES:
        assert "pareja" not in path.read_text()


def test_not_eligible_never_ends_in_a_void() -> None:
    for slug in ("mission", "linkage-only"):
        steps = program_of(slug).not_eligible_next_steps
        assert {step.asks for step in steps} == {"nothing", "text", "date"}
        assert any("988" in step.text.en and "211" in step.text.en for step in steps)
