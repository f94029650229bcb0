"""Sheets on paper: tagged, in the client's language, with the answers; and blank ones for everybody at work."""

import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from openmission.curricula.selectors import all_worksheets
from openmission.workbook.services import save_entry
from tests.care.people import luis, rosa
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
Browsers = dict[tuple[str, bool], Client]


@pytest.fixture
def ana(signed_in: Browsers) -> Client:
    return signed_in["case_manager", False]


def book(world: World) -> str:
    return f"/workbook/{luis(world).id}/"


def read(answer: Any) -> PdfReader:
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def words(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).split())


def write(world: World, sheet: str, answers: dict[str, Any]) -> None:
    save_entry(luis(world), sheet=sheet, answers=answers, seen=0, by=world.actor("peer_specialist"), at=NOW)


def test_a_sheet_is_tagged_and_in_the_clients_language(ana: Client, world: World) -> None:
    answer = ana.get(f"{book(world)}life_problem_areas/print/")
    pdf = read(answer)
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert b"pdfuaid" in answer.content
    assert pdf.metadata
    assert pdf.metadata.title == "Áreas de problemas en mi vida"
    text = words(answer)
    assert all(part in text for part in ("Mis problemas", "I sleep in my car.", "Un lugar donde vivir", "0 = nada"))


def test_it_is_in_english_when_asked_for(ana: Client, world: World) -> None:
    answer = ana.get(f"{book(world)}life_problem_areas/print/", {"language": "en"})
    assert read(answer).trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert all(part in words(answer) for part in ("My problems", "A place to live", "0 = not at all"))


def test_nothing_around_the_page_says_whose_it_is(ana: Client, world: World) -> None:
    for answer in (ana.get(f"{book(world)}print/"), ana.get(f"{book(world)}life_problem_areas/print/")):
        assert answer.headers["Content-Disposition"] in (
            'inline; filename="workbook.pdf"',
            'inline; filename="worksheet.pdf"',
        )
        told = str(read(answer).metadata)
        assert not any(name in told for name in ("Luis", "Marín"))
        assert "Marín" not in words(answer)


def test_the_book_holds_every_sheet_that_was_begun_in_its_order(ana: Client, world: World) -> None:
    write(
        world, "communication", {"less_helpful": {"ticked": ["loud"], "own": [{"id": "x1", "text": "I text at night"}]}}
    )
    write(
        world, "onset_timelines", {"timelines": [{"id": "t1", "lane": "mental_health", "when": "15", "what": "#panic"}]}
    )
    write(world, "readiness_rulers", {"rulers": {"aa11": {"importance": 8}}})
    write(world, "decisional_balance", {"biggest": "bb22", "stay_good": [{"id": "a1", "text": "Sleep"}]})
    write(world, "activity_schedule", {"week": {"1": {"morning": "Walk"}}})
    text = words(ana.get(f"{book(world)}print/", {"language": "en"}))
    told = ["#panic", "I sleep in my car.", "10 = very much", "Sleep", "I get loud", "I text at night", "Walk"]
    places = [text.index(each) for each in told]
    assert places == sorted(places)
    assert "I hint and hope they get it" not in text


def test_the_book_begins_with_its_contents_and_one_sheet_does_not(ana: Client, world: World) -> None:
    write(world, "activity_schedule", {"week": {"1": {"morning": "Walk"}}})
    pages = read(ana.get(f"{book(world)}print/", {"language": "en"})).pages
    first = " ".join(pages[0].extract_text().split())
    assert first.startswith("My workbook Luis M.")
    for number, title in ((2, "Problem areas in my life"), (3, "My week")):
        assert f"{title} " in first and f" {number}" in first.split(title)[1]
        assert title in pages[number - 1].extract_text()
    assert "My workbook" not in words(ana.get(f"{book(world)}activity_schedule/print/", {"language": "en"}))


def test_a_week_to_write_on_stands_on_one_page(ana: Client, world: World) -> None:
    pages = [page.extract_text() for page in read(ana.get("/worksheets/activity_schedule/blank/")).pages]
    assert [("Monday" in page, "Saturday" in page) for page in pages] == [(False, False), (True, True)]


def test_a_book_without_a_word_can_be_printed(ana: Client, world: World) -> None:
    assert "Nothing is written yet." in words(ana.get(f"/workbook/{rosa(world).id}/print/"))


def test_every_sheet_can_be_printed_blank_in_both_languages(signed_in: Browsers, world: World) -> None:
    anybody = signed_in["intake_worker", False]
    for sheet in all_worksheets(world.actor("case_manager")):
        for language in ("en", "es"):
            answer = anybody.get(f"/worksheets/{sheet.slug}/blank/", {"language": language})
            title = sheet.title.en if language == "en" else sheet.title.es
            assert title in words(answer), sheet.slug
            assert read(answer).trailer["/Root"]["/MarkInfo"]["/Marked"], sheet.slug  # type: ignore[index]
    assert anybody.get("/worksheets/no_such_sheet/blank/").status_code == 404
