"""The invented people and their diaries: plain data, kind words."""

from datetime import date, timedelta
from random import Random

import pytest

from openmission.practice.rules import notes
from openmission.practice.rules.cast import LIVES, WORKERS, Life, Stage, Turn
from openmission.practice.rules.diary import PAIR, Entry, diary
from openmission.programs.rules import PhaseSpan, phase_boundaries
from tests.house.test_templates import KIND_USES, UNKIND
from tests.programs.shipped import program_of

MISSION = program_of("mission")
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)


def _diary(turn: Turn, today: date = MONDAY, days: int = 74, months: int = 6) -> list[Entry]:
    life = Life("Sample Reed", 1980, Stage.SERVED, days, pair=("casey", "perry"), months=months, turn=turn)
    return diary(life, PAIR, MISSION, _spans(today, days, months), today + timedelta(days=12), today, Random(7))


def _spans(today: date, days: int, months: int) -> tuple[PhaseSpan, ...]:
    return phase_boundaries(today - timedelta(days=days), months, MISSION)


@pytest.mark.parametrize("today", [MONDAY, SUNDAY])
@pytest.mark.parametrize("turn", list(Turn), ids=lambda turn: turn.name)
def test_a_diary_begins_after_the_first_day_and_is_in_the_order_of_time(turn: Turn, today: date) -> None:
    entries = _diary(turn, today)
    assert [e.on for e in entries] == sorted(e.on for e in entries)
    assert all(entry.on > today - timedelta(days=74) for entry in entries)
    assert all(entry.minutes > 0 for entry in entries if entry.outcome == "met")


def test_who_drifts_was_met_16_days_ago_and_sought_since() -> None:
    last = [entry for entry in _diary(Turn.DRIFTING) if entry.outcome == "met"][-1]
    assert last.on == MONDAY - timedelta(days=16)
    assert [e.outcome for e in _diary(Turn.DRIFTING) if e.on > last.on] == ["no_show", "tried", "tried"]


def test_who_told_of_a_slip_is_met_again_the_day_after() -> None:
    told, after = _diary(Turn.SLIP)[-2:]
    assert told.slip and not after.slip
    assert after.on == told.on + timedelta(days=1)


def test_the_longest_history_holds_several_hundred_contacts() -> None:
    assert len(_diary(Turn.LONG, days=240, months=12)) > 250


def test_every_team_has_pairs_a_supervisor_and_an_intake_worker() -> None:
    for team in {worker.team for worker in WORKERS if worker.team}:
        roles = [worker.role for worker in WORKERS if worker.team == team]
        assert roles.count("case_manager") >= 2 and roles.count("peer_specialist") >= 2
        assert {"supervisor", "intake_worker"} <= set(roles)


def test_names_are_all_different_and_of_every_shape() -> None:
    names = [life.name for life in LIVES]
    assert len(set(names)) == len(names) <= 100
    assert {"Sunny", "Theodore O'Brien", "Rosa Núñez", "Ivy Fields-Moor"} <= set(names)
    assert any(life.language == "es" and life.stage == Stage.SERVED for life in LIVES)


def test_notes_put_the_person_first_and_name_nobody_else() -> None:
    drawn = {
        notes.note(entry, "Sample", Random(n))
        for n in range(30)
        for turn in (Turn.LONG, Turn.SLIP)
        for entry in _diary(turn)
    }
    assert [text for text in drawn if UNKIND.search(KIND_USES.sub("", text)) or "{" in text] == []
    others = {life.called for life in LIVES} | {worker.name.split()[0] for worker in WORKERS}
    assert [text for text in drawn if others & set(text.replace(".", " ").replace(",", " ").split())] == []
