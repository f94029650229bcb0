"""A sheet that is ready is told about what comes onto its list afterwards, until it speaks of it or is marked again."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from openmission.delivery.selectors.courses import known_one
from openmission.workbook.models import Entry
from openmission.workbook.rules import added_since
from openmission.workbook.services import mark_entry, save_entry
from tests.care.people import luis
from tests.workbook.sheets import sheet
from tests.workbook.test_pages import ENGLISH, Browsers, address, form, text
from tests.world.cast import NOW, World
from tests.world.workbook import PROBLEMS

LATER = NOW + timedelta(hours=1)
SON = {"id": "cc33", "problem": "I miss my son."}


@pytest.fixture
def peer(signed_in: Browsers) -> Client:
    return signed_in["peer_specialist", False]


@pytest.fixture
def ana(signed_in: Browsers) -> Client:
    return signed_in["case_manager", False]


def write(world: World, sheet: str, answers: dict[str, Any], **options: Any) -> Entry:
    entry = Entry.objects.filter(sheet=sheet).order_by("taking").last()
    seen, by = entry.revision if entry else 0, world.actor("peer_specialist")
    return save_entry(luis(world), sheet=sheet, answers=answers, seen=seen, by=by, at=LATER, **options).entry


def problems(world: World, *more: dict[str, Any]) -> None:
    write(world, "life_problem_areas", {"problems": [*PROBLEMS["problems"], *more]})


def standing(sheet: str = "readiness_rulers") -> str:
    return Entry.objects.get(sheet=sheet).standing


@pytest.fixture
def ready(world: World) -> World:
    write(world, "readiness_rulers", {"rulers": {"aa11": {"importance": 4}}}, state="ready")
    return world


pytestmark = pytest.mark.django_db


def test_a_problem_that_is_added_overtakes_it(ready: World) -> None:
    assert standing() == "ready"
    problems(ready, SON)
    entry = Entry.objects.get(sheet="readiness_rulers")
    assert (entry.state, entry.standing, entry.added_ids) == ("ready", "overtaken", ("cc33",))
    known = known_one(ready.actor("case_manager"), luis(ready).id)
    assert known.sheets["readiness_rulers"] == "overtaken"


def stored_bytes() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(added) FROM workbook_entry WHERE sheet = 'readiness_rulers'")
        return [length for (length,) in cursor.fetchall()]


def test_nothing_added_is_stored_as_nothing(ready: World) -> None:
    """My day looks at how long the sealed text is, and cannot open it."""
    assert stored_bytes() == [0]
    problems(ready, SON)
    assert stored_bytes()[0] > 0
    problems(ready)
    assert stored_bytes() == [0]


def test_other_words_for_a_problem_or_one_less_do_not(ready: World) -> None:
    first, second = PROBLEMS["problems"]
    write(ready, "life_problem_areas", {"problems": [{**first, "problem": "I sleep in a van."}, second]})
    write(ready, "life_problem_areas", {"problems": [second], "noticed": "Less."})
    assert standing() == "ready"


def test_a_problem_that_is_taken_off_again_is_forgotten(ready: World) -> None:
    problems(ready, SON)
    problems(ready)
    assert standing() == "ready"


def test_what_the_sheet_speaks_of_is_no_longer_new(ready: World) -> None:
    problems(ready, SON, {"id": "dd44", "problem": "I owe money."})
    answers = {"rulers": {"aa11": {"importance": 4}, "cc33": {"readiness": 2}}}
    assert write(ready, "readiness_rulers", answers).id
    assert Entry.objects.get(sheet="readiness_rulers").added_ids == ("dd44",)
    write(ready, "readiness_rulers", {"rulers": {**answers["rulers"], "dd44": {"readiness": 0}}})
    assert standing() == "ready"


def test_put_back_with_its_answers_it_is_not_new(ready: World) -> None:
    write(ready, "life_problem_areas", {"problems": PROBLEMS["problems"][1:]})
    problems(ready)
    assert standing() == "ready"


def test_what_is_emptied_has_to_be_prepared_again(ready: World) -> None:
    assert write(ready, "readiness_rulers", {}).state == "preparing"
    assert standing() == "preparing"


def test_ready_once_more_says_so(ready: World) -> None:
    problems(ready, SON)
    entry = mark_entry(
        Entry.objects.get(sheet="readiness_rulers"), state="ready", by=ready.actor("case_manager"), at=LATER
    )
    assert (entry.standing, entry.state_by_name, standing()) == ("ready", "Ana Ruiz", "ready")


@pytest.mark.parametrize("state", ["preparing", "brought", "reviewed"])
def test_only_what_is_ready_is_overtaken(ready: World, state: str) -> None:
    problems(ready, SON)
    mark_entry(Entry.objects.get(sheet="readiness_rulers"), state=state, by=ready.actor("case_manager"), at=LATER)
    problems(ready, SON, {"id": "dd44", "problem": "I owe money."})
    assert standing() == state


def test_what_the_form_did_not_show_is_new_at_once(peer: Client, ready: World) -> None:
    """The peer has the rulers open while the case manager adds a problem."""
    page = form(peer.get(address(ready, "readiness_rulers")))
    assert page["listed"] == ["aa11 bb22"]
    problems(ready, SON)
    peer.post(address(ready, "readiness_rulers"), {**page, "mark": "preparing"})
    peer.post(address(ready, "readiness_rulers"), {**page, "seen": "1", "mark": "ready"})
    assert standing() == "overtaken"
    peer.post(
        address(ready, "readiness_rulers"), {**form(peer.get(address(ready, "readiness_rulers"))), "mark": "ready"}
    )
    assert standing() == "ready"


def test_the_pages_say_it(ana: Client, ready: World) -> None:
    problems(ready, SON)
    write(ready, "decisional_balance", {"biggest": "aa11"}, state="ready")
    book = text(ana.get(f"/workbook/{luis(ready).id}/"))
    assert book.count("Ready, but 1 line was added since") == 1
    page = text(ana.get(address(ready, "readiness_rulers"), ENGLISH))
    assert all(words in page for words in ("Added to the list since it was marked ready:", "<li>I miss my son.</li>"))
    assert 'value="ready"' in page
    assert 'value="ready"' not in text(ana.get(address(ready, "decisional_balance"), ENGLISH))


def test_a_new_belief_waits_for_its_new_words(world: World) -> None:
    """The sheet on beliefs asks about its own lines."""
    belief = {"beliefs": {"ticked": ["slip"]}, "new_words": {"slip": {"new": "I go on."}}}
    write(world, "beliefs", belief, state="ready")
    assert standing("beliefs") == "ready"
    write(world, "beliefs", {**belief, "beliefs": {"ticked": ["slip", "fun"]}})
    assert Entry.objects.get(sheet="beliefs").added_ids == ("fun",)


IDS = st.sets(st.sampled_from(["a", "b", "c", "d"]))


@given(lists=st.lists(IDS, min_size=1, max_size=6), said=IDS)
def test_however_the_list_goes_it_ends_with_what_is_there_was_not_and_is_not_spoken_of(
    lists: list[set[str]], said: set[str]
) -> None:
    def filled(ids: set[str]) -> Any:
        rows = [{"id": id, "problem": id} for id in sorted(ids)]
        return {"life_problem_areas": (sheet("life_problem_areas"), {"problems": rows})}

    rulers, answers = sheet("readiness_rulers"), {"rulers": {id: {"readiness": 1} for id in said}}
    added: tuple[str, ...] = ()
    for before, after in pairwise(lists):
        added = added_since(rulers, answers, filled(before), filled(after), added)
        assert set(added) <= after - said
    assert set(added) == lists[-1] - said - set.intersection(*lists)
