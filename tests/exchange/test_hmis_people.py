"""Find people: the latest known answers, and five words for housing."""

from collections.abc import Iterator
from datetime import date

import pytest

from openmission.exchange.hmis_fy2026.housing import STATUSES, Entry, Stay, housing_status
from openmission.exchange.hmis_fy2026.people import READ, Person, find_people
from tests.exchange.invented_export import InventedExport, families, standard

ON = date(2025, 12, 31)


def _entries(export: InventedExport) -> Iterator[Entry]:
    for file in READ:
        for row, data in enumerate(export.rows[file], start=2):
            yield Entry(file, data[standard()[file].key], row, data)


def _found(export: InventedExport) -> dict[str, Person]:
    return {person.entry.key: person for person in find_people(_entries(export), families(), on=ON)}


@pytest.fixture
def export() -> InventedExport:
    """Everybody but C1 answers no to everything."""
    export = InventedExport()
    for row in export.rows["Disabilities"]:
        if row["PersonalID"] != "C1":
            row["DisabilityResponse"] = "0"
    return export


def test_both_disorders_make_a_person(export: InventedExport) -> None:
    person = _found(export)["C1"]
    assert (person.entry.data["FirstName"], person.entry.row) == ("Ash", 2)
    assert (person.mental_health.response, person.mental_health.on, person.mental_health.entry.row) == (
        "1",
        date(2025, 6, 1),
        2,
    )
    assert (person.substance_use.response, person.substance_use.entry.row) == ("3", 3)


@pytest.mark.parametrize(
    ("mental_health", "substance_use", "listed"),
    [
        ("1", "1", True), ("1", "2", True), ("1", "3", True), ("1", "0", False), ("0", "3", False), ("0", "0", False),
        ("8", "3", True), ("9", "9", True), ("99", "", True), ("", "99", True), ("4", "7", True),
        ("2", "1", True), ("0", "8", False), ("8", "0", False),
    ],
)  # fmt: skip
def test_a_later_answer_counts_when_it_is_known(mental_health: str, substance_use: str, listed: bool, export) -> None:  # type: ignore[no-untyped-def]
    export.disorders("C1", "2025-09-01", mental_health=mental_health, substance_use=substance_use)
    assert ("C1" in _found(export)) is listed


def test_somebody_whose_only_answers_are_unknown_is_not_listed(export: InventedExport) -> None:
    for row in export.rows["Disabilities"][:2]:
        row["DisabilityResponse"] = "99"
    assert _found(export) == {}


def test_the_order_of_rows_does_not_matter(export: InventedExport) -> None:
    export.disorders("C1", "2025-01-01", mental_health="0", substance_use="0")
    assert "C1" in _found(export)
    export.rows["Disabilities"].reverse()
    assert "C1" in _found(export)


def test_of_two_answers_of_one_day_the_one_entered_last_counts(export: InventedExport) -> None:
    export.disorders("C1", "2025-06-01", mental_health="0", DateUpdated="2026-01-05 09:00:00")
    assert "C1" in _found(export)
    export.disorders("C1", "2025-06-01", mental_health="0", DateUpdated="2026-01-05 11:00:00")
    assert "C1" not in _found(export)


@pytest.mark.parametrize(("file", "listed"), [("Disabilities", False), ("Client", False), ("Enrollment", True)])
def test_deleted_rows_say_nothing(file: str, listed: bool, export: InventedExport) -> None:
    export.rows[file][0]["DateDeleted"] = "2025-12-01 08:00:00"
    found = _found(export)
    assert ("C1" in found) is listed
    if listed:
        assert found["C1"].housing.word == "unknown"


def test_a_later_export_replaces_rows_and_takes_deleted_ones_away(export: InventedExport) -> None:
    newer = Entry("Client", "C1", 9, {**export.rows["Client"][0], "FirstName": "Aspen"})
    people = find_people([*_entries(export), newer], families(), on=ON)
    assert [person.entry.data["FirstName"] for person in people] == ["Aspen"]
    gone = Entry("Client", "C1", 9, {**export.rows["Client"][0], "DateDeleted": "2026-01-01 08:00:00"})
    assert find_people([*_entries(export), gone], families(), on=ON) == []


def test_people_come_in_the_order_of_their_numbers(export: InventedExport) -> None:
    for person in ("100", "20", "3"):
        export.add("Client", PersonalID=person)
        export.disorders(person, "2025-06-01")
    assert list(_found(export)) == ["3", "20", "C1", "100"]


SHELTER, PREVENTION, SERVICES = "0", "12", "6"


def _stay(on: str, kind: str, code: str = "", project: str = SERVICES) -> Stay:
    family = families().of(code)
    if kind == "entry":
        family = families().at_entry(code, project)
    elif kind == "move_in":
        family = "housed"
    return Stay(date.fromisoformat(on), kind, family, code, project, Entry(kind, "", 2, {}))


STREET = _stay("2025-01-10", "entry", "116")
SHELTERED = _stay("2025-12-01", "entry", "101", SHELTER)
OWN_HOME = _stay("2025-01-10", "entry", "410", PREVENTION)
FOUND_HOME = _stay("2025-11-01", "exit", "410")
MOVED_IN = _stay("2025-12-01", "move_in")
HOUSING = [
    ("nothing is known", [], "unknown", None),
    ("never answered", [_stay("2025-01-10", "entry", "99"), _stay("2025-03-01", "exit", "30")], "unknown", None),
    ("a code outside the standard", [_stay("2025-01-10", "situation", "999")], "unknown", None),
    ("slept outside", [STREET], "homeless", "2025-01-10"),
    ("came from a home into a shelter", [_stay("2025-01-10", "entry", "410", SHELTER)], "homeless", "2025-01-10"),
    ("nothing asked at the shelter's door", [_stay("2025-01-10", "entry", "", SHELTER)], "homeless", "2025-01-10"),
    ("left for transitional housing", [STREET, _stay("2025-02-01", "exit", "302")], "homeless", "2025-02-01"),
    ("outside again", [STREET, FOUND_HOME, _stay("2025-12-01", "situation", "116")], "homeless", "2025-12-01"),
    ("with family for now", [STREET, _stay("2025-02-01", "exit", "312")], "at_risk", "2025-02-01"),
    ("in hospital", [_stay("2025-01-10", "entry", "204")], "at_risk", "2025-01-10"),
    ("own home, in a prevention project", [OWN_HOME], "at_risk", "2025-01-10"),
    ("own home, elsewhere", [_stay("2025-01-10", "entry", "410")], "housed", "2025-01-10"),
    ("kept the home", [OWN_HOME, FOUND_HOME], "housed", "2025-11-01"),
    ("housed within half a year", [STREET, _stay("2025-07-04", "exit", "435")], "recently_exited", "2025-07-04"),
    ("housed one day longer", [STREET, _stay("2025-07-03", "exit", "435")], "housed", "2025-07-03"),
    ("moved in, left later", [STREET, _stay("2025-03-01", "move_in"), FOUND_HOME], "housed", "2025-03-01"),
    ("moved in lately", [STREET, MOVED_IN], "recently_exited", "2025-12-01"),
    ("left without a word", [STREET, _stay("2025-12-01", "exit", "30")], "homeless", "2025-01-10"),
    ("in from outside on the day", [SHELTERED, MOVED_IN], "recently_exited", "2025-12-01"),
    ("one night of shelter", [SHELTERED, _stay("2025-12-01", "exit", "422")], "recently_exited", "2025-12-01"),
    ("has died", [STREET, _stay("2025-12-01", "exit", "24")], "unknown", None),
]


@pytest.mark.parametrize(("stays", "word", "since"), [case[1:] for case in HOUSING], ids=[case[0] for case in HOUSING])
def test_housing_status(stays: list[Stay], word: str, since: str | None) -> None:
    for ordered in (stays, stays[::-1]):
        status = housing_status(ordered, families(), on=ON)
        assert (status.word, str(status.since) if status.since else None) == (word, since)
    assert word in STATUSES


def test_every_code_of_the_three_lists_has_a_family_or_says_nothing() -> None:
    silent = {"8", "9", "17", "24", "30", "37", "99"}
    for file, column in (("Exit", "Destination"), ("Enrollment", "LivingSituation"), ("CurrentLivingSituation",) * 2):
        for code in standard()[file].columns[column].codes:
            assert bool(families().of(code)) is (code not in silent), code


def test_a_silent_exit_is_told_beside_the_older_answer() -> None:
    status = housing_status([STREET, _stay("2025-12-01", "exit", "30")], families(), on=ON)
    assert status.because == (STREET,)
    assert status.silent and status.silent.code == "30" and not status.died
    assert housing_status([_stay("2025-12-01", "exit", "24")], families(), on=ON).died


def test_a_move_in_counts_in_permanent_housing_only(export: InventedExport) -> None:
    export.rows["Enrollment"][0]["MoveInDate"] = "2025-12-01"
    assert _found(export)["C1"].housing.word == "homeless"
    export.rows["Enrollment"][0]["ProjectID"] = "P2"
    assert _found(export)["C1"].housing.word == "recently_exited"


def _family(export: InventedExport, *, moved: str = "2025-09-10", **member: str) -> None:
    """C2 heads a household of "Harbor homes" and moves in; C1 is a member of it, unless told otherwise."""
    head = {"project": "P2", "HouseholdID": "H1", "RelationshipToHoH": "1"}
    export.stay("C2", "2025-08-01", **head, MoveInDate=moved)
    export.stay("C1", member.pop("on", "2025-08-01"), **(head | {"RelationshipToHoH": "3"} | member))


def test_a_member_moves_in_with_the_head_of_the_household(export: InventedExport) -> None:
    _family(export)
    status = _found(export)["C1"].housing
    assert (status.word, status.since) == ("recently_exited", date(2025, 9, 10))
    moved = status.because[-1]
    assert (moved.kind, moved.entry.data["PersonalID"], moved.entry.key) == ("move_in", "C2", "C2-2")


@pytest.mark.parametrize(
    "member",
    [
        {"HouseholdID": "H2"}, {"HouseholdID": ""}, {"project": "P1"}, {"RelationshipToHoH": "1", "HouseholdID": "H3"},
    ],
    ids=["another household", "no household", "another project", "a head without a move"],
)  # fmt: skip
def test_who_was_not_there_does_not_move_in(export: InventedExport, member: dict[str, str]) -> None:
    _family(export, **member)
    assert _found(export)["C1"].housing.word == "homeless"


@pytest.mark.parametrize("copied", ["", "2025-09-10"], ids=["head's row only", "head's day in the own row too"])
def test_who_joins_after_the_move_moves_in_on_their_own_entry(export: InventedExport, copied: str) -> None:
    _family(export, on="2025-10-01", MoveInDate=copied)
    status = _found(export)["C1"].housing
    assert (status.word, status.since) == ("recently_exited", date(2025, 10, 1))
    assert (status.because[-1].kind, status.because[-1].entry.key) == ("move_in", "C1-2")


@pytest.mark.parametrize(("left", "word"), [("2025-09-30", "homeless"), ("2025-10-01", "recently_exited")])
def test_nobody_joins_a_head_who_has_left(export: InventedExport, left: str, word: str) -> None:
    _family(export, on="2025-10-01")
    export.leave("C2", left, "99", enrollment="C2-2")
    assert _found(export)["C1"].housing.word == word


@pytest.mark.parametrize("relation", ["1", "3"], ids=["head", "member without a head"])
def test_a_move_before_ones_own_entry_is_none(export: InventedExport, relation: str) -> None:
    _family(export, HouseholdID="H2", RelationshipToHoH=relation, on="2025-10-01", MoveInDate="2025-07-01")
    status = _found(export)["C1"].housing
    assert (status.word, status.since) == ("homeless", date(2025, 10, 1))


@pytest.mark.parametrize(("left", "word"), [("2025-09-09", "homeless"), ("2025-09-10", "recently_exited")])
def test_who_had_left_by_then_does_not_move_in(export: InventedExport, left: str, word: str) -> None:
    _family(export)
    export.leave("C1", left, "99", enrollment="C1-2")
    assert _found(export)["C1"].housing.word == word


def test_ones_own_move_goes_before_the_heads(export: InventedExport) -> None:
    _family(export, MoveInDate="2025-10-01")
    assert _found(export)["C1"].housing.since == date(2025, 10, 1)


def test_an_export_without_households_is_read_all_the_same(export: InventedExport) -> None:
    _family(export)
    for row in export.rows["Enrollment"]:
        del row["HouseholdID"], row["RelationshipToHoH"]
    assert _found(export)["C1"].housing.word == "homeless"
