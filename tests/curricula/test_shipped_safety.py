"""The safety steps that we ship: what must be in them, in which order, and told calmly."""

import re
from pathlib import Path
from typing import Any

from openmission.curricula.rules import parse_checklist
from openmission.kernel.content import load_yaml

PATH = Path(__file__).resolve().parents[2] / "content" / "checklists" / "safety" / "v1.yaml"


def _steps() -> dict[str, Any]:
    return {step["slug"]: step for step in load_yaml(PATH, schema="checklist")["steps"]}


def test_listening_comes_first_and_writing_last() -> None:
    assert list(_steps()) == [
        "stay",
        "ask",
        "danger_now",
        "other_danger",
        "lifeline",
        "means",
        "overdose",
        "supervisor",
        "next_contact",
        "write_down",
    ]


def test_nobody_goes_through_the_steps_without_asking_calling_and_a_next_contact() -> None:
    steps = parse_checklist(load_yaml(PATH, schema="checklist")).steps
    assert [step.slug for step in steps if step.required] == ["ask", "supervisor", "next_contact"]


def test_the_call_comes_before_the_parting() -> None:
    """In both languages: with somebody who spoke of dying the call is made while both are still together."""
    step = _steps()["supervisor"]
    assert "before you part" in step["title"]["en"] and "antes de despedirse" in step["title"]["es"]
    assert "still together" in step["text"]["en"] and "siguen juntos" in step["text"]["es"]


def test_the_steps_replace_no_protocol() -> None:
    intro = load_yaml(PATH, schema="checklist")["intro"]
    assert "not replace your agency's protocol" in " ".join(intro["en"].split())
    assert "No reemplazan el protocolo de su agencia" in " ".join(intro["es"].split())


def test_numbers_and_words_to_send_are_in_both_languages() -> None:
    steps = _steps()
    for language in ("en", "es"):
        assert "911" in steps["danger_now"]["text"][language]
        assert all(word in steps["lifeline"]["text"][language] for word in ("988", "AYUDA", "2", "988lifeline.org"))
        assert re.search("naloxon[ea]", steps["overdose"]["text"][language])
        assert "24" in steps["next_contact"]["title"][language]


def test_every_source_that_is_listed_is_named_by_a_step() -> None:
    assert {step["source"]["in"] for step in _steps().values()} == set(load_yaml(PATH, schema="checklist")["sources"])


def test_a_slip_raises_support_and_nobody_is_labelled() -> None:
    words = PATH.read_text()
    assert not re.search(r"\b(addict|offender|patients?\b|non-?compliant|abuser|commit suicide|attempter)", words, re.I)
    assert "nothing is taken away" in words
