"""Parsing and the calendar, without a database."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmission.programs.rules import (
    IncoherentProgram,
    PhaseSpan,
    Severity,
    Text,
    day_count,
    localized,
    parse_program,
    phase_boundaries,
    phase_on,
)
from tests.programs.shipped import content_of, program_of

STARTS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("starts_on", "months", "bounds"),
    [
        (date(2026, 6, 1), 6, [date(2026, 6, 1), date(2026, 8, 1), date(2026, 10, 1), date(2026, 12, 1)]),
        (date(2026, 8, 31), 6, [date(2026, 8, 31), date(2026, 10, 30), date(2026, 12, 30), date(2027, 2, 28)]),
        (date(2027, 12, 31), 2, [date(2027, 12, 31), date(2028, 1, 20), date(2028, 2, 9), date(2028, 2, 29)]),
        (date(2026, 1, 15), 12, [date(2026, 1, 15), date(2026, 5, 17), date(2026, 9, 15), date(2027, 1, 15)]),
    ],
)
def test_phases_are_equal_thirds_of_calendar_months(starts_on: date, months: int, bounds: list[date]) -> None:
    spans = phase_boundaries(starts_on, months, program_of("mission"))
    assert [span.starts_on for span in spans] + [spans[-1].ends_on] == bounds


@given(STARTS, st.sampled_from([2, 6, 12]), st.integers(-10, 400))
def test_spans_leave_no_gap_and_every_day_has_a_phase(starts_on: date, months: int, offset: int) -> None:
    spans = phase_boundaries(starts_on, months, program_of("mission"))
    assert all(a.ends_on == b.starts_on for a, b in pairwise(spans))
    assert all(phase_on(a.last_on, spans) == a for a in spans)
    assert day_count(spans[-1].last_on, spans).day == day_count(starts_on, spans).total
    lengths = [(span.ends_on - span.starts_on).days for span in spans]
    assert max(lengths) - min(lengths) <= 1
    day = starts_on + timedelta(days=offset)
    span = phase_on(day, spans)
    if spans[0].starts_on <= day < spans[-1].ends_on:
        assert span.starts_on <= day < span.ends_on


def test_a_day_before_the_start_is_in_the_first_phase_and_after_the_end_in_the_last() -> None:
    spans = phase_boundaries(date(2026, 6, 1), 6, program_of("mission"))
    assert phase_on(date(2026, 5, 1), spans).phase == "transition"
    assert phase_on(date(2026, 8, 1), spans).phase == "try_out"
    assert phase_on(date(2027, 5, 1), spans).phase == "transfer"


def test_the_day_count_passes_the_total_when_an_enrollment_runs_over() -> None:
    spans = (PhaseSpan("linkage", date(2026, 6, 1), date(2026, 11, 30)),)
    assert [day_count(day, spans).day for day in (date(2026, 5, 1), date(2026, 6, 1), date(2026, 8, 13))] == [0, 1, 74]
    assert day_count(date(2026, 12, 2), spans).day == 185
    assert day_count(date(2026, 6, 1), spans).total == 182


def test_words_fall_back_to_english() -> None:
    text = Text(en="home", es="hogar")
    assert [localized(text, language) for language in ("en", "es", "es-pr", "fr")] == ["home", "hogar", "hogar", "home"]


def test_a_rule_keeps_its_steps_in_order() -> None:
    rule = program_of("mission").due_rules["contact"]
    assert rule.steps == ((-3, Severity.WEEK), (0, Severity.TODAY), (7, Severity.NOW))


def _unlisted_source(data: dict[str, Any]) -> None:
    data["phases"][0]["source"]["in"] = "hearsay"


def _stranger(data: dict[str, Any]) -> None:
    data["pair"].pop()


def _same_twice(data: dict[str, Any]) -> None:
    data["documents"].append(data["documents"][0])


def _severity_falls(data: dict[str, Any]) -> None:
    data["due_rules"][2]["steps"] = {"week": 3, "now": 0}


def _outreach_falls(data: dict[str, Any]) -> None:
    data["outreach"]["levels"].reverse()


def _outreach_waits(data: dict[str, Any]) -> None:
    data["outreach"]["levels"].pop(0)


def _rule_lost(data: dict[str, Any]) -> None:
    data["due_rules"] = [rule for rule in data["due_rules"] if rule["slug"] != "contact"]


def _unknown_evidence(data: dict[str, Any]) -> None:
    data["eligibility"][0]["evidence_kinds"].append("gossip")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_unlisted_source, "hearsay is named but not listed"),
        (_stranger, "phases/transition: peer_specialist is not in the pair"),
        (_same_twice, "documents: something is listed twice"),
        (_severity_falls, "due_rules/contact: steps must come in the order week, today, now"),
        (_outreach_falls, "level visit must ask for more than level team"),
        (_outreach_waits, "must start at the first miss"),
        (_rule_lost, "due_rules: contact is missing"),
        (_unknown_evidence, "eligibility/housing: unknown evidence kind gossip"),
    ],
)
def test_what_contradicts_itself_is_refused(spoil: Callable[[dict[str, Any]], None], says: str) -> None:
    data = content_of("mission")
    spoil(data)
    with pytest.raises(IncoherentProgram, match=says):
        parse_program(data)
