"""Find people: those in an HMIS whom the program exists for, each with the answers that say so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from openmission.exchange.hmis_fy2026 import dates
from openmission.exchange.hmis_fy2026.housing import Entry, Families, Status, Stay, housing_status
from openmission.exchange.hmis_fy2026.standard import NEEDED

MENTAL_HEALTH, SUBSTANCE_USE = "9", "10"
"""DisabilityType (list 1.3)."""

KNOWN = {MENTAL_HEALTH: ("0", "1"), SUBSTANCE_USE: ("0", "1", "2", "3")}
PRESENT = {MENTAL_HEALTH: ("1",), SUBSTANCE_USE: ("1", "2", "3")}
"""Responses that are an answer, and those that mean a disorder (lists 1.8 and 4.10.2)."""

READ = {
    file: (*NEEDED[file], "DateCreated", "DateUpdated", "DateDeleted")
    for file in ("Project", "Client", "Enrollment", "Exit", "Disabilities", "CurrentLivingSituation")
}
"""The files, and of each the columns, that finding people reads."""

READ["Enrollment"] += ("HouseholdID", "RelationshipToHoH")  # where an export has them

HEAD_OF_HOUSEHOLD = "1"
"""RelationshipToHoH (list 3.15.1)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest known answer to one question about a disorder."""

    on: date
    response: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with both disorders at their latest known answers; `entry` is their row in Client."""

    entry: Entry
    mental_health: Answer
    substance_use: Answer
    housing: Status


def find_people(entries: Iterable[Entry], families: Families, *, on: date) -> list[Person]:
    """Return the people whose latest known answers are both disorders (issue 2, D; guide, step 1), in order of ids.

    `entries` of several exports of one source come oldest export first: a later row with the same key replaces an
    earlier one, and a row with a DateDeleted takes it away. `on` is the day up to which the exports speak.
    """
    tables: dict[str, dict[str, Entry]] = {file: {} for file in READ}
    for entry in entries:
        if entry.file == "Disabilities" and entry.data.get("DisabilityType") not in KNOWN:
            continue
        tables[entry.file].pop(entry.key, None)
        if not entry.data.get("DateDeleted"):
            tables[entry.file][entry.key] = entry
    mental_health = _latest(tables["Disabilities"].values(), MENTAL_HEALTH)
    substance_use = _latest(tables["Disabilities"].values(), SUBSTANCE_USE)
    both = {
        person
        for person in tables["Client"]
        if _present(mental_health.get(person), MENTAL_HEALTH) and _present(substance_use.get(person), SUBSTANCE_USE)
    }
    stays = _stays(tables, families, both)
    return [
        Person(
            entry=tables["Client"][person],
            mental_health=mental_health[person],
            substance_use=substance_use[person],
            housing=housing_status(stays[person], families, on=on),
        )
        for person in sorted(both, key=lambda text: (len(text), text))
    ]


def _present(answer: Answer | None, disorder: str) -> bool:
    return answer is not None and answer.response in PRESENT[disorder]


def _latest(rows: Iterable[Entry], disorder: str) -> dict[str, Answer]:
    """Return {PersonalID: latest known answer} to the question about one disorder.

    Latest by InformationDate; on the same day by DateUpdated, then DateCreated (where readable), then by row.
    """
    best: dict[str, tuple[tuple[date, str, str, int], Answer]] = {}
    for row in rows:
        response = row.data.get("DisabilityResponse", "")
        if row.data.get("DisabilityType") != disorder or response not in KNOWN[disorder]:
            continue
        on = dates.day(row.data["InformationDate"])
        if on is None:
            continue
        rank = (on, _moment(row, "DateUpdated"), _moment(row, "DateCreated"), row.row)
        person = row.data["PersonalID"]
        if person not in best or rank > best[person][0]:
            best[person] = rank, Answer(on, response, row)
    return {person: answer for person, (_, answer) in best.items()}


def _moment(row: Entry, column: str) -> str:
    text = row.data.get(column, "")
    return text if dates.day(text) else ""


def _stays(tables: Mapping[str, Mapping[str, Entry]], families: Families, people: set[str]) -> dict[str, list[Stay]]:
    """Return {PersonalID: what HMIS says about where they live}, in no order, for these people."""
    stays: dict[str, list[Stay]] = defaultdict(list)

    def add(entry: Entry, kind: str, on: date | None, family: str, code: str, project: str, whose: str = "") -> None:
        if on:
            stays[whose or entry.data["PersonalID"]].append(Stay(on, kind, family, code, project, entry))

    moves, left = _moves_of_households(tables["Enrollment"].values()), _left(tables["Exit"].values())
    for entry in _of(people, tables["Enrollment"]):
        project = tables["Project"].get(entry.data["ProjectID"])
        project_type = project.data.get("ProjectType", "") if project else ""
        night_before = entry.data.get("LivingSituation", "")
        family = families.at_entry(night_before, project_type)
        add(entry, "entry", _day(entry, "EntryDate"), family, night_before, project_type)
        move = _move(entry, moves[_household(entry)], left) if project_type in families.permanent_projects else None
        if move:
            add(move[1], "move_in", move[0], "housed", "", project_type, entry.data["PersonalID"])
    for entry in _of(people, tables["CurrentLivingSituation"]):
        code = entry.data.get("CurrentLivingSituation", "")
        add(entry, "situation", _day(entry, "InformationDate"), families.of(code), code, "")
    for entry in _of(people, tables["Exit"]):
        code = entry.data.get("Destination", "")
        add(entry, "exit", _day(entry, "ExitDate"), families.of(code), code, "")
    return stays


def _day(entry: Entry, column: str) -> date | None:
    return dates.day(entry.data.get(column, ""))


def _household(entry: Entry) -> tuple[str, str]:
    return entry.data["ProjectID"], entry.data.get("HouseholdID", "")


def _moves_of_households(enrollments: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """Return {household: enrollments of its head that tell of a move}: HUD records the move-in of the head only
    (HMIS data standards, 3.20 Housing Move-In Date).
    """
    moves: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in enrollments:
        is_head = entry.data.get("RelationshipToHoH") == HEAD_OF_HOUSEHOLD
        if is_head and entry.data.get("HouseholdID") and _moved_on(entry):
            moves[_household(entry)].append(entry)
    return moves


def _left(exits: Iterable[Entry]) -> dict[str, date]:
    """Return {EnrollmentID: day of the exit}."""
    days = ((row.data["EnrollmentID"], dates.day(row.data["ExitDate"])) for row in exits)
    return {enrollment: day for enrollment, day in days if day}


def _moved_on(entry: Entry) -> date | None:
    """The move that a row tells of. A day before its own entry is none: it speaks of something else."""
    entered, moved = _day(entry, "EntryDate"), _day(entry, "MoveInDate")
    return None if entered and moved and moved < entered else moved


def _move(entry: Entry, heads: Iterable[Entry], left: Mapping[str, date]) -> tuple[date, Entry] | None:
    """When somebody moved in, and the row where that day stands: their own move, or that of their household's head.

    Who joins a household that has moved already moves in on the day of their entry: of the two days the later counts
    (HMIS data standards, 3.20 Housing Move-In Date). Nobody moves in with a head who had left by then, or after they
    left themselves.
    """
    own, entered = _moved_on(entry), _day(entry, "EntryDate")
    if own or not entered:
        return (own, entry) if own else None
    days = ((max(moved, entered), row) for row in heads if (moved := _moved_on(row)))
    together = [(on, row.row, row) for on, row in days if all(on <= left.get(one.key, on) for one in (entry, row))]
    if not together:
        return None
    on, _, row = min(together)
    return on, row if on == _moved_on(row) else entry


def _of(people: set[str], table: Mapping[str, Entry]) -> Iterable[Entry]:
    return (entry for entry in table.values() if entry.data["PersonalID"] in people)
