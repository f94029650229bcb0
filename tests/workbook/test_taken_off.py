"""What was written about a problem stays readable when the problem is taken off its list, and comes back with it."""

from typing import Any

import pytest
from django.test import Client

from openmission.workbook.models import Entry
from openmission.workbook.rules import Fault
from openmission.workbook.selectors.entries import open_sheet
from openmission.workbook.services import InvalidAnswers, begin_again, save_entry
from tests.care.people import luis, rosa
from tests.workbook.test_pages import ENGLISH, Browsers, address, form, said, text
from tests.workbook.test_paper import words
from tests.world.cast import NOW, World
from tests.world.workbook import PROBLEMS

pytestmark = pytest.mark.django_db
CAR, JOB = "I sleep in my car.", "I lost my job."


@pytest.fixture
def peer(signed_in: Browsers) -> Client:
    return signed_in["peer_specialist", False]


def write(world: World, sheet: str, answers: dict[str, Any], *, seen: int = 0, taking: int = 1) -> Entry:
    by = world.actor("peer_specialist")
    saved = save_entry(luis(world), sheet=sheet, answers=answers, seen=seen, by=by, at=NOW, taking=taking)
    return saved.entry


@pytest.fixture
def book(world: World) -> World:
    """Rulers (twice), a step and the biggest problem about the car; then the car is taken off the list."""
    write(world, "readiness_rulers", {"rulers": {"aa11": {"importance": 4}, "bb22": {"importance": 5}}})
    begin_again(luis(world), sheet="readiness_rulers", by=world.actor("peer_specialist"), at=NOW)
    write(world, "readiness_rulers", {"rulers": {"aa11": {"importance": 9}}}, taking=2)
    write(world, "recovery_plan", {"steps": {"aa11": {"step": "I ask for a room.", "who": "Sam"}}})
    write(world, "decisional_balance", {"biggest": "aa11", "behavior": "I wait."})
    write(world, "life_problem_areas", {"problems": PROBLEMS["problems"][1:]}, seen=1)
    return world


def test_an_earlier_answer_is_shown_with_the_words_and_cannot_be_changed(peer: Client, book: World) -> None:
    page = peer.get(address(book, "recovery_plan"), ENGLISH)
    shown = text(page)
    assert all(part in shown for part in ("No longer on the list", CAR, "I ask for a room.", "Sam"))
    assert not any(".aa11." in name for name in form(page))
    assert peer.post(address(book, "recovery_plan"), form(page)).status_code == 302
    assert said("recovery_plan")["steps"]["aa11"] == {"step": "I ask for a room.", "who": "Sam"}


def test_a_chosen_problem_stays_chosen_until_another_one_is(peer: Client, book: World) -> None:
    place = address(book, "decisional_balance")
    page = peer.get(place, ENGLISH)
    assert f"{CAR} (no longer on the list)" in text(page)
    assert form(page)["biggest"] == ["aa11"]
    peer.post(place, {**form(page), "behavior": "I wait too long."})
    assert said("decisional_balance") == {"biggest": "aa11", "behavior": "I wait too long."}
    peer.post(place, {**form(peer.get(place)), "biggest": "bb22"})
    assert said("decisional_balance")["biggest"] == "bb22"


def test_paper_says_it_too(peer: Client, book: World) -> None:
    paper = words(peer.get(f"/workbook/{luis(book).id}/print/", ENGLISH))
    assert f"{CAR} (no longer on the list)" in paper
    assert paper.count("No longer on the list") == 2  # rulers and steps
    assert paper.count(CAR) == 3
    assert "I ask for a room." in paper
    assert "Ya no está en la lista" in words(peer.get(address(book, "recovery_plan") + "print/"))


def test_the_change_over_time_and_the_history_keep_the_words(peer: Client, book: World) -> None:
    page = text(peer.get(address(book, "readiness_rulers"), ENGLISH))
    assert f"<caption>{CAR} (no longer on the list)</caption>" in page
    assert '<td class="number">+5</td>' in page
    history = text(peer.get(address(book, "decisional_balance") + "history/"))
    assert f"<ins>{CAR}</ins>" in history
    assert f"My rulers › {CAR} › " in text(peer.get(address(book, "readiness_rulers") + "history/"))


def test_put_back_it_has_its_answers_again(peer: Client, book: World) -> None:
    place = address(book)
    page = peer.get(place, ENGLISH)
    assert all(part in text(page) for part in ("Taken off this list", CAR, "Put back"))
    more = peer.post(place, {**form(page), "restore": "problems.aa11"})
    assert (more.status_code, form(more)["problems.aa11.problem"]) == (200, [CAR])
    assert "Taken off this list" not in text(more)
    assert len(said()["problems"]) == 1  # not saved yet
    assert peer.post(place, form(more)).status_code == 302
    assert {row["id"]: row for row in said()["problems"]} == {row["id"]: row for row in PROBLEMS["problems"]}
    rulers = form(peer.get(address(book, "readiness_rulers")))
    assert rulers["rulers.aa11.importance"] == ["9"]
    assert "No longer on the list" not in text(peer.get(address(book, "readiness_rulers"), ENGLISH))


def test_the_last_words_count(peer: Client, book: World) -> None:
    write(book, "life_problem_areas", PROBLEMS, seen=2)
    renamed = {**PROBLEMS["problems"][0], "problem": "I sleep in a van."}
    write(book, "life_problem_areas", {"problems": [renamed, PROBLEMS["problems"][1]]}, seen=3)
    write(book, "life_problem_areas", {"problems": PROBLEMS["problems"][1:]}, seen=4)
    page = text(peer.get(address(book, "recovery_plan")))
    assert "I sleep in a van." in page
    assert CAR not in page


def test_a_line_nobody_spoke_of_is_not_shown_as_taken_off(peer: Client, world: World) -> None:
    write(world, "life_problem_areas", {"problems": PROBLEMS["problems"][1:]}, seen=1)
    assert "Taken off this list" not in text(peer.get(address(world), ENGLISH))
    more = peer.post(address(world), {**form(peer.get(address(world))), "restore": "problems.aa11"})
    assert not any(".aa11." in name for name in form(more))


def test_asking_for_what_is_no_row_puts_nothing_back(peer: Client, book: World) -> None:
    values = form(peer.get(address(book)))
    for wrong in ("problems.zz99", "nothing.aa11", "problems", ""):
        assert not any(".aa11." in name for name in form(peer.post(address(book), {**values, "restore": wrong})))


@pytest.mark.parametrize(
    ("sheet", "answers", "field"),
    [
        ("readiness_rulers", {"rulers": {"zz99": {"importance": 7}}}, "rulers"),
        ("recovery_plan", {"steps": {"aa11": {"step": "x"}, "zz99": {"step": "y"}}}, "steps"),
        ("decisional_balance", {"biggest": "zz99"}, "biggest"),
        ("beliefs", {"new_words": {"zz99": {"new": "x"}}}, "new_words"),
    ],
)
def test_what_was_never_on_the_list_is_refused(world: World, sheet: str, answers: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidAnswers) as raised:
        write(world, sheet, answers)
    assert raised.value.faults == (Fault(field, "unlisted", field),)
    assert not Entry.objects.filter(sheet=sheet).exists()


def test_a_forged_form_is_told_and_the_next_save_is_without_it(peer: Client, world: World) -> None:
    place = address(world, "readiness_rulers")
    forged = {**form(peer.get(place, ENGLISH)), "rulers.zz99.importance": "7", "notes": "True words."}
    answer = peer.post(place, forged)
    assert answer.status_code == 422
    assert "never on the list" in text(answer)
    assert peer.post(place, form(answer)).status_code == 302
    assert said("readiness_rulers") == {"notes": "True words."}


def test_another_clients_problems_are_strangers(world: World) -> None:
    with pytest.raises(InvalidAnswers):
        save_entry(
            rosa(world),
            sheet="readiness_rulers",
            answers={"rulers": {"aa11": {"importance": 7}}},
            seen=0,
            by=world.actor("case_manager"),
            at=NOW,
        )


def test_what_stood_there_before_stays_sayable(book: World) -> None:
    """Rulers of a problem that was taken off come with every form; they are no strangers."""
    by = book.actor("case_manager")
    opened = open_sheet(by, luis(book).id, "readiness_rulers", at=NOW)
    assert [item.slug for item in opened.named("rulers")] == ["bb22", "aa11"]
    answers = {"rulers": {**opened.answers["rulers"], "bb22": {"importance": 1}}}
    saved = save_entry(
        luis(book), sheet="readiness_rulers", taking=2, answers=answers, seen=opened.revision, by=by, at=NOW
    )
    assert saved.entry.revision == 2
