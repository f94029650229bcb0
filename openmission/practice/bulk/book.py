"""The rows of what a client wrote in the workbook: six sheets, each a version, two of them reviewed."""

import json
from random import Random
from typing import Any

from openmission.practice.bulk.people import Served, noon
from openmission.practice.bulk.starts import say
from openmission.practice.bulk.tables import Tables, make_id
from openmission.workbook.models import Entry, EntryVersion

PROBLEMS = (
    "I sleep on a friend's sofa.",
    "My knee hurts and I put off the doctor.",
    "I wake up at three and worry.",
    "My sister and I do not talk.",
    "I have no work since the spring.",
    "I owe the rent of two months.",
    "I have a court date and no ride.",
    "I stay in my room all day.",
)
AREAS = ("home", "health", "mind", "family", "work", "money", "law", "fun")
MARKED = {"onset_timelines": "reviewed", "life_problem_areas": "reviewed", "readiness_rulers": "ready"}


def write_in_book(tables: Tables, served: Served, chance: Random) -> None:
    """Eight problems, a ruler and a step for each, a balance, two more sheets; with the peer on the first day."""
    ids = [f"r{number}" for number in range(len(PROBLEMS))]
    rows = zip(ids, AREAS, PROBLEMS, strict=True)
    sheets: dict[str, dict[str, Any]] = {
        "onset_timelines": {"first": "not_sure", "pattern": "One got worse, then the other."},
        "life_problem_areas": {
            "problems": [
                {"id": id, "area": area, "problem": words, "mental_health": chance.randint(0, 4)}
                for id, area, words in rows
            ]
        },
        "readiness_rulers": {
            "rulers": {id: {"importance": chance.randint(0, 10), "readiness": chance.randint(0, 10)} for id in ids}
        },
        "recovery_plan": {"steps": {id: {"step": "I ask my peer to come along.", "when": "this week"} for id in ids}},
        "decisional_balance": {"biggest": ids[0], "stay_good": [{"id": "g1", "text": "I am not alone there."}]},
        "communication": {"helpful": {"ticked": ["listen", "pause"]}},
    }
    for sheet, answers in sheets.items():
        _entry(tables, served, sheet, json.dumps(answers))


def _entry(tables: Tables, served: Served, sheet: str, answers: str) -> None:
    at, by, state = noon(served.starts_on), served.pair.peer, MARKED.get(sheet, "preparing")
    entry_id = make_id(at)
    tables.add(
        Entry,
        id=entry_id,
        enrollment_id=served.enrollment_id,
        client_id=served.client_id,
        sheet=sheet,
        version=1,
        state=state,
        answers=answers,
        revision=1,
        begun_at=at,
        changed_at=at,
        changed_by=by.id,
        changed_by_name=by.name,
        state_at=at,
        state_by=by.id,
        state_by_name=by.name,
    )
    tables.add(
        EntryVersion,
        id=make_id(at),
        entry_id=entry_id,
        revision=1,
        answers=answers,
        at=at,
        by_id=by.id,
        by_name=by.name,
    )
    about = {"enrollment_id": served.enrollment_id, "entry_id": entry_id, "sheet": sheet, "taking": 1}
    say(tables, "workbook.WorksheetSaved", served.client_id, by, at, **about, revision=1)
    if sheet in MARKED:
        say(tables, "workbook.WorksheetMarked", served.client_id, by, at, **about, state=state)
