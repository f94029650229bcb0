"""Writing on a sheet: several at once, sent twice, marked, begun again."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmission.audit.models import RecordedEvent
from openmission.kernel.errors import NotFound, Refused
from openmission.kernel.merging import Conflict
from openmission.workbook.models import Entry
from openmission.workbook.rules import LONGEST
from openmission.workbook.selectors.book import book
from openmission.workbook.selectors.entries import answers_of, open_sheet, versions_of
from openmission.workbook.services import InvalidAnswers, InvalidMark, Saved, begin_again, mark_entry, save_entry
from tests.care.people import luis, rosa
from tests.world.cast import NOW, World
from tests.world.workbook import PROBLEMS

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def save(world: World, answers: dict[str, Any], *, seen: int, role: str = "case_manager", **options: Any) -> Saved:
    enrollment, sheet = options.pop("of", None) or luis(world), options.pop("sheet", "life_problem_areas")
    return save_entry(enrollment, sheet=sheet, answers=answers, seen=seen, by=world.actor(role), at=LATER, **options)


def said(entry: Entry) -> Any:
    return json.loads(Entry.objects.get(id=entry.id).answers)


def changed(**problem: Any) -> dict[str, Any]:
    """The two problems, the first with other words."""
    first, second = PROBLEMS["problems"]
    return {"problems": [first | problem, second]}


def test_the_first_save_begins_the_sheet_with_its_version(world: World) -> None:
    saved = save(world, {"moment": "On Sunday"}, seen=0, sheet="communication")
    entry = saved.entry
    assert (entry.state, entry.version, entry.revision, entry.taking) == ("preparing", 1, 1, 1)
    assert (entry.changed_by_name, entry.state_by_name, said(entry)) == (
        "Ana Ruiz",
        "Ana Ruiz",
        {"moment": "On Sunday"},
    )
    event = RecordedEvent.objects.get(kind="workbook.WorksheetSaved", data__sheet="communication")
    assert event.data["enrollment_id"] == str(luis(world).id)
    assert "Sunday" not in json.dumps(event.data)


def test_what_is_written_is_encrypted(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM workbook_entry UNION ALL SELECT answers FROM workbook_entryversion")
        stored = [bytes(row[0]) for row in cursor.fetchall()]
    assert len(stored) == 2
    assert not any(b"car" in row for row in stored)


def test_each_save_is_kept(world: World) -> None:
    entry = save(world, changed(problem="I sleep outside."), seen=1).entry
    versions = versions_of(world.actor("peer_specialist"), entry)
    assert [(row.revision, row.by_name) for row in versions] == [(2, "Ana Ruiz"), (1, "Pat Bell")]
    assert answers_of(world.actor("peer_specialist"), versions[1]) == PROBLEMS


def test_saving_twice_is_saving_once(world: World) -> None:
    first = save(world, changed(problem="I sleep outside."), seen=1)
    again = save(world, changed(problem="I sleep outside."), seen=1)
    assert (again.entry.revision, again.conflicts, again.entry.versions.count()) == (first.entry.revision, (), 2)
    assert RecordedEvent.objects.filter(kind="workbook.WorksheetSaved").count() == 2


def test_two_at_once_each_keep_their_answers(world: World) -> None:
    save(world, changed(problem="I sleep outside."), seen=1)
    mine = save(world, {**changed(mental_health=4), "noticed": "Both."}, seen=1, role="peer_specialist")
    assert mine.conflicts == ()
    assert said(mine.entry) == {**changed(problem="I sleep outside.", mental_health=4), "noticed": "Both."}


def test_what_both_changed_stays_and_is_told(world: World) -> None:
    save(world, changed(problem="I sleep outside."), seen=1)
    mine = save(world, changed(problem="I have no bed."), seen=1, role="peer_specialist", state="ready")
    assert mine.conflicts == (Conflict(("problems", "aa11", "problem"), "I sleep outside.", "I have no bed."),)
    assert (said(mine.entry), mine.entry.state) == (changed(problem="I sleep outside."), "preparing")


def test_a_form_of_an_unknown_revision_removes_nothing(world: World) -> None:
    mine = save(world, {"noticed": "Both."}, seen=99)
    assert said(mine.entry) == {**PROBLEMS, "noticed": "Both."}


def test_what_cannot_be_right_is_not_saved(world: World) -> None:
    with pytest.raises(InvalidAnswers) as raised:
        save(world, {"noticed": "x" * (LONGEST + 1)}, seen=1)
    assert [fault.name for fault in raised.value.faults] == ["noticed"]
    assert said(Entry.objects.get()) == PROBLEMS


def test_marks_are_said_once_and_stand_on_the_timeline(world: World) -> None:
    entry = Entry.objects.get()
    for _ in range(2):
        entry = mark_entry(entry, state="ready", by=world.actor("peer_specialist"), at=LATER)
    assert (entry.state, entry.state_by_name, entry.state_at) == ("ready", "Pat Bell", LATER)
    assert RecordedEvent.objects.get(kind="workbook.WorksheetMarked").data["state"] == "ready"
    with pytest.raises(InvalidMark):
        mark_entry(entry, state="failed", by=world.actor("peer_specialist"), at=LATER)


def test_save_and_mark_in_one(world: World) -> None:
    saved = save(world, changed(problem="I sleep outside."), seen=1, state="ready")
    assert (saved.entry.state, saved.entry.revision) == ("ready", 2)


def test_rulers_again_begin_empty_and_the_earlier_ones_stay(world: World) -> None:
    rulers = {"rulers": {"aa11": {"importance": 4}}}
    first = save(world, rulers, seen=0, sheet="readiness_rulers").entry
    again = [
        begin_again(luis(world), sheet="readiness_rulers", by=world.actor("peer_specialist"), at=LATER)
        for _ in range(2)
    ]
    assert {(entry.id, entry.taking, entry.revision) for entry in again} == {(again[0].id, 2, 0)}
    second = save(world, {"rulers": {"aa11": {"importance": 7}}}, seen=0, sheet="readiness_rulers", taking=2).entry
    assert (said(first), said(second)) == (rulers, {"rulers": {"aa11": {"importance": 7}}})
    opened = open_sheet(world.actor("case_manager"), luis(world).id, "readiness_rulers", at=NOW)
    assert (opened.taking, [row.taking for row in opened.takings]) == (2, [1, 2])


def test_only_a_repeatable_sheet_that_was_begun_begins_again(world: World) -> None:
    for sheet in ("life_problem_areas", "readiness_rulers"):
        with pytest.raises(InvalidMark):
            begin_again(luis(world), sheet=sheet, by=world.actor("case_manager"), at=NOW)
    with pytest.raises(InvalidMark):
        save(world, {}, seen=0, sheet="readiness_rulers", taking=2)


def test_who_does_not_serve_the_client_neither_reads_nor_writes(world: World) -> None:
    stranger, entry = world.actor("peer_specialist", outsider=True), Entry.objects.get()
    with pytest.raises(Refused):
        save_entry(luis(world), sheet="communication", answers={}, seen=0, by=stranger, at=NOW)
    with pytest.raises(Refused):
        mark_entry(entry, state="ready", by=stranger, at=NOW)
    with pytest.raises(Refused):
        begin_again(luis(world), sheet="readiness_rulers", by=stranger, at=NOW)
    for read in (
        lambda: open_sheet(stranger, luis(world).id, "communication", at=NOW),
        lambda: book(stranger, luis(world).id, at=NOW),
    ):
        with pytest.raises(NotFound):
            read()


def test_the_chain_of_sessions_2_to_5(world: World) -> None:
    """The problems of session 2 are the rulers of 3, the steps of 4, the balance of 5; one added later has an empty
    ruler; one that is renamed keeps its own.
    """
    ana = world.actor("case_manager")
    chain = {"readiness_rulers": "rulers", "recovery_plan": "steps", "decisional_balance": "biggest"}

    def words(sheet: str) -> list[str]:
        return [item.label.en for item in open_sheet(ana, luis(world).id, sheet, at=NOW).items[chain[sheet]]]

    assert [words(sheet) for sheet in chain] == [["I sleep in my car.", "I lost my job."]] * 3
    save(world, {"rulers": {"aa11": {"importance": 9}}}, seen=0, sheet="readiness_rulers")
    first, second = changed(problem="I sleep in a van.")["problems"]
    save(world, {"problems": [first, second, {"id": "cc33", "problem": "I miss my son."}]}, seen=1)
    assert [words(sheet) for sheet in chain] == [["I sleep in a van.", "I lost my job.", "I miss my son."]] * 3
    rulers = open_sheet(ana, luis(world).id, "readiness_rulers", at=NOW)
    assert rulers.answers == {"rulers": {"aa11": {"importance": 9}}}
    save(world, {"problems": [second]}, seen=2)
    rulers = open_sheet(ana, luis(world).id, "readiness_rulers", at=NOW)
    assert [item.slug for item in rulers.items["rulers"]] == ["bb22"]
    assert rulers.answers == {"rulers": {"aa11": {"importance": 9}}}  # kept, and shown apart


def test_the_book_asks_no_more_for_a_full_one(world: World) -> None:
    ana = world.actor("case_manager")
    cards = book(ana, luis(world).id, at=NOW).cards
    assert [card.sheet.position for card in cards] == sorted(card.sheet.position for card in cards)
    assert {card.sheet.slug for card in cards if card.entry} == {"life_problem_areas"}
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = book(ana, luis(world).id, at=NOW)
        asked.append(len(queries))
        for card in found.cards:
            if not card.entry:
                save(world, {}, seen=0, sheet=card.sheet.slug)
    assert asked[0] == asked[1] <= 6
    assert all(card.entry for card in found.cards)


def test_a_sheet_asks_no_more_however_much_is_written(world: World) -> None:
    ana, asked = world.actor("case_manager"), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            open_sheet(ana, luis(world).id, "recovery_plan", at=NOW)
        asked.append(len(queries))
        for card in book(ana, luis(world).id, at=NOW).cards:
            if not card.entry:
                save(world, {}, seen=0, sheet=card.sheet.slug)
    assert asked[0] == asked[1] <= 5


def test_each_enrollment_has_a_book_of_its_own(world: World) -> None:
    assert not any(card.entry for card in book(world.actor("case_manager"), rosa(world).id, at=NOW).cards)
