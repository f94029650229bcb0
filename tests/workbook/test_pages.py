"""The book and its sheets as pages: they work without a script, and nothing typed is lost."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from openmission.curricula.rules import Column, Field, Option
from openmission.curricula.selectors import all_worksheets
from openmission.kernel.merging import tidied
from openmission.workbook.models import Entry
from openmission.workbook.rules import columns, given_rows, has_own_rows, is_single, single
from openmission.workbook.selectors.entries import open_sheet
from openmission.workbook.services import save_entry
from tests.care.people import luis
from tests.world.cast import NOW, World
from tests.world.workbook import PROBLEMS

pytestmark = pytest.mark.django_db
Browsers = dict[tuple[str, bool], Client]
ENGLISH = {"language": "en"}


@pytest.fixture
def peer(signed_in: Browsers) -> Client:
    return signed_in["peer_specialist", False]


@pytest.fixture
def ana(signed_in: Browsers) -> Client:
    return signed_in["case_manager", False]


def address(world: World, sheet: str = "life_problem_areas") -> str:
    return f"/workbook/{luis(world).id}/{sheet}/"


class Form(HTMLParser):
    """What a browser would send of the sheet's form, without its buttons."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._in = self._pattern = False
        self._area = self._select = ""
        self.feed(answer.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        self._in = self._in or (tag == "form" and given.get("class") == "sheet")
        self._pattern = self._pattern or tag == "template"
        if not self._in or self._pattern:
            return
        kind = given.get("type")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in given):
            self.values.setdefault(name, []).append(given.get("value") or "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.values[self._select] = [given.get("value") or ""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][0] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = False
        if tag == "template":
            self._pattern = False
        if tag == "textarea":
            self._area = ""


def form(answer: Any) -> dict[str, list[str]]:
    return Form(answer).values


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def said(sheet: str = "life_problem_areas") -> Any:
    return json.loads(Entry.objects.filter(sheet=sheet).order_by("taking").last().answers)  # type: ignore[union-attr]


def blank_rows(values: dict[str, list[str]], field: str = "problems") -> list[str]:
    rows = dict.fromkeys(name.split(".")[1] for name in values if name.startswith(f"{field}."))
    return [row for row in rows if not any(values[n][0] for n in values if n.startswith(f"{field}.{row}."))]


def test_sending_back_what_the_page_shows_changes_nothing(peer: Client, world: World) -> None:
    assert peer.post(address(world), form(peer.get(address(world)))).status_code == 302
    assert (said(), Entry.objects.get().revision) == (PROBLEMS, 1)


def test_a_new_problem_gets_an_empty_ruler(peer: Client, world: World) -> None:
    values = form(peer.get(address(world)))
    (new,) = blank_rows(values)
    values[f"problems.{new}.problem"] = ["I miss my son."]
    assert peer.post(address(world), values).status_code == 302
    rulers = form(peer.get(address(world, "readiness_rulers")))
    assert {name.split(".")[1] for name in rulers if name.startswith("rulers.")} == {"aa11", "bb22", new}
    assert rulers[f"rulers.{new}.importance"] == [""]
    page = text(peer.get(address(world, "readiness_rulers")))
    assert "I miss my son." in page
    plan = form(peer.get(address(world, "recovery_plan")))
    assert f"steps.{new}.step" in plan
    assert f'value="{new}"' in text(peer.get(address(world, "decisional_balance")))


def test_a_line_more_and_a_line_less_lose_nothing_and_save_nothing(peer: Client, world: World) -> None:
    values = form(peer.get(address(world)))
    (new,) = blank_rows(values)
    values[f"problems.{new}.problem"] = ["Not saved yet"]
    more = peer.post(address(world), {**values, "add": "problems"})
    assert more.status_code == 200
    assert form(more)[f"problems.{new}.problem"] == ["Not saved yet"]
    assert len(blank_rows(form(more))) == 2
    less = peer.post(address(world), {**form(more), "remove": "problems.aa11"})
    assert not any(".aa11." in name for name in form(less))
    assert form(less)[f"problems.{new}.problem"] == ["Not saved yet"]
    assert (said(), "data-bound" in text(less)) == (PROBLEMS, True)
    assert peer.post(address(world), form(less)).status_code == 302
    assert [row["id"] for row in said()["problems"]] == ["bb22", new]


def test_the_sheet_is_in_the_clients_language_and_the_frame_in_the_workers(peer: Client, world: World) -> None:
    page = text(peer.get(address(world)))
    assert '<html lang="en">' in page
    assert '<div lang="es"' in page
    assert all(words in page for words in ("Mis problemas", "Agregar una línea", "The whole book", "sin número"))
    english = peer.post(address(world), {**form(peer.get(address(world))), "noticed": "Hm", "switch": "en"})
    assert all(words in text(english) for words in ('<div lang="en"', "My problems", "Add a line", "Hm"))
    assert form(english)["language"] == ["en"]
    assert "language=en" in peer.post(address(world), form(english)).headers["Location"]


def test_what_is_wrong_is_told_where_it_is_and_what_was_typed_stays(peer: Client, world: World) -> None:
    values = form(peer.get(address(world), ENGLISH))
    long = "y" * 2001
    answer = peer.post(address(world), {**values, "noticed": long, "problems.aa11.mental_health": "9"})
    page = text(answer)
    assert answer.status_code == 422
    assert 'href="#id_noticed"' in page
    assert 'aria-describedby="id_noticed_error"' in page
    assert 'href="#id_problems-aa11-mental_health"' in page
    assert form(answer)["noticed"] == [long]
    assert said() == PROBLEMS


def test_what_two_wrote_differently_is_told_and_can_be_put_in_place(peer: Client, ana: Client, world: World) -> None:
    values = form(peer.get(address(world), ENGLISH))
    hers = form(ana.get(address(world), ENGLISH))
    ana.post(address(world), {**hers, "noticed": "Much.", "problems.bb22.problem": "I was let go."})
    answer = peer.post(address(world), {**values, "noticed": "A lot.", "problems.aa11.problem": "I sleep outside."})
    page = text(answer)
    assert answer.status_code == 422
    assert all(words in page for words in ("Changed while you had it open", "Much.", "A lot.", "What I notice"))
    assert (said()["noticed"], [row["problem"] for row in said()["problems"]]) == (
        "Much.",
        ["I sleep outside.", "I was let go."],
    )
    assert form(answer)["noticed"] == ["A lot."]
    assert peer.post(address(world), form(answer)).status_code == 302
    assert said()["noticed"] == "A lot."


def test_marks(peer: Client, ana: Client, world: World) -> None:
    page = text(peer.get(address(world)))
    assert 'value="ready"' in page
    assert 'value="reviewed"' not in page
    peer.post(address(world), {**form(peer.get(address(world))), "mark": "ready"})
    assert Entry.objects.get().state == "ready"
    assert 'value="brought"' in text(ana.get(address(world)))
    ana.post(address(world), {**form(ana.get(address(world))), "mark": "reviewed"})
    assert Entry.objects.get().state == "reviewed"
    ana.post(address(world), {**form(ana.get(address(world))), "mark": "nonsense"})
    assert Entry.objects.get().state == "reviewed"


def test_rulers_again_show_what_has_moved(peer: Client, world: World) -> None:
    by = world.actor("peer_specialist")
    answers = {"rulers": {"aa11": {"importance": 4, "readiness": 6}}}
    save_entry(luis(world), sheet="readiness_rulers", answers=answers, seen=0, by=by, at=NOW)
    place = address(world, "readiness_rulers")
    assert peer.post(f"{place}again/").status_code == 302
    page = peer.get(place)
    assert form(page)["rulers.aa11.importance"] == [""]
    peer.post(place, {**form(page), "rulers.aa11.importance": "9"})
    page = text(peer.get(place, ENGLISH))
    assert re.search(r"How much it matters.*?<td[^>]*>4</td><td[^>]*>9</td><td[^>]*>\+5</td>", page, re.S)
    assert re.search(r"How ready I am.*?<td[^>]*>6</td><td[^>]*>–</td><td[^>]*>–</td>", page, re.S)
    assert form(peer.get(place, {"taking": "1"}))["rulers.aa11.importance"] == ["4"]
    assert peer.get(place, {"taking": "3"}).status_code == 404


def test_the_history_tells_each_save(ana: Client, world: World) -> None:
    ana.post(address(world), {**form(ana.get(address(world))), "problems.aa11.problem": "I sleep outside."})
    page = text(ana.get(f"{address(world)}history/"))
    assert "<del>I sleep in my car.</del>" in page
    assert "<ins>I sleep outside.</ins>" in page
    assert "My problems › line 1 › The problem" in page
    assert "Pat Bell" in page


def test_an_older_save_is_on_the_next_page(ana: Client, world: World) -> None:
    for number in range(21):
        ana.post(address(world), {**form(ana.get(address(world))), "problems.aa11.problem": f"Problem {number}."})
    history = f"{address(world)}history/"
    page = text(ana.get(history))
    assert "<del>Problem 0.</del>" in page and "<ins>Problem 0.</ins>" not in page
    older = text(ana.get(f"{history}?taking=1&start=20", headers={"HX-Request": "true"}))
    assert "?taking=1&start=20" in page and "hx-get" not in older
    assert "<ins>Problem 0.</ins>" in older and "Begun" not in page and "<html" not in older


def test_the_book_shows_every_sheet_with_its_state_and_session(ana: Client, world: World) -> None:
    page = text(ana.get(f"/workbook/{luis(world).id}/"))
    assert all(words in page for words in ("Problem areas in my life", "In preparation", "Not started", "Pat Bell"))
    assert "<title>Workbook" in page
    assert "Marín" not in page


def answer_of(field: Field, items: tuple[Option, ...]) -> Any:
    """Something in every place of a field."""
    columns_of = {column.slug: cell_of(column) for column in columns(field)}
    if is_single(field):
        return cell_of(single(field, items))
    if field.kind == "checklist":
        own = [{"id": "own1", "text": "Mine"}] if field.own else []
        return {"ticked": [option.slug for option in field.options[1:]], **({"own": own} if own else {})}
    if has_own_rows(field):
        return [{"id": id, **columns_of} for id in ("row1", "row2")][: field.most]
    return {row.slug: columns_of for row in given_rows(field, items)}


def cell_of(column: Column) -> Any:
    if column.kind == "scale" and column.scale:
        return column.scale.low
    return column.options[-1].slug if column.kind == "choice" else 'Two\nlines, <b>"x"</b> & ¿qué?'


def test_no_kind_of_field_loses_anything_on_its_way_through_the_page(ana: Client, world: World) -> None:
    by = world.actor("case_manager")
    for each in all_worksheets(by):
        opened = open_sheet(by, luis(world).id, each.slug, at=NOW)
        answers = {field.slug: answer_of(field, opened.items.get(field.slug, ())) for field in each.fields}
        seen = opened.revision
        saved = save_entry(luis(world), sheet=each.slug, answers=tidied(answers), seen=seen, by=by, at=NOW)
        assert ana.post(address(world, each.slug), form(ana.get(address(world, each.slug)))).status_code == 302
        after = Entry.objects.get(id=saved.entry.id)
        assert (after.revision, json.loads(after.answers)) == (saved.entry.revision, tidied(answers)), each.slug
        assert ana.get(f"{address(world, each.slug)}history/").status_code == 200
        assert ana.get(f"{address(world, each.slug)}print/").status_code == 200


def test_a_sheet_that_does_not_exist_is_not_found(ana: Client, world: World) -> None:
    assert ana.get(address(world, "no_such_sheet")).status_code == 404


def test_every_sheet_can_be_opened_and_saved_empty(ana: Client, world: World) -> None:
    for sheet in all_worksheets(world.actor("case_manager")):
        page = ana.get(address(world, sheet.slug))
        assert page.status_code == 200, sheet.slug
        assert ana.post(address(world, sheet.slug), form(page)).status_code == 302, sheet.slug


def test_what_is_typed_above_is_asked_about_below_before_it_is_saved(peer: Client, world: World) -> None:
    """On this sheet a field asks about the lines of another one of the same sheet."""
    values = form(peer.get(address(world, "beliefs")))
    new = blank_rows(values, "beliefs")[0]
    column = next(name.split(".")[2] for name in values if name.startswith(f"beliefs.{new}."))
    page = peer.post(
        address(world, "beliefs"), {**values, f"beliefs.{new}.{column}": "I must be strong.", "add": "beliefs"}
    )
    assert not Entry.objects.filter(sheet="beliefs").exists()
    assert text(page).count("I must be strong.") > 1


def test_why_a_sheet_cannot_be_ready_is_told_on_the_page_also_to_its_script(peer: Client, world: World) -> None:
    at = address(world, "communication")
    values = form(peer.get(at)) | {"mark": ["ready"]}
    for headers in ({}, {"X-Resend": "1"}):
        answer = peer.post(at, values, headers=headers)
        assert (answer.status_code, "Nothing is written on this sheet yet." in text(answer)) == (422, True)
    assert not Entry.objects.filter(sheet="communication").exists()


def test_a_sheet_without_a_save_has_an_empty_history(peer: Client, world: World) -> None:
    assert peer.get(address(world, "communication") + "history/").status_code == 200
