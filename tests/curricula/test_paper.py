"""What is printed of the curricula: each on one tagged page, in the reader's language."""

from functools import cache
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from openmission.curricula import paper
from openmission.curricula.rules import Curriculum, Worksheet, parse_curriculum, parse_worksheet
from tests.curricula.shipped import CONTENT, content_of
from tests.readability import grade, spanish_ease
from tests.world.cast import World


@cache
def _curriculum(slug: str) -> Curriculum:
    return parse_curriculum(content_of("curriculum", slug))


@cache
def _sheet(slug: str) -> Worksheet:
    return parse_worksheet(content_of("worksheet", slug))


def _words(pdf: bytes, *, pages: int = 1) -> str:
    """The text of a PDF that promises PDF/UA-1 and has so many pages, on one line."""
    read = PdfReader(BytesIO(pdf))
    assert len(read.pages) == pages
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in read.trailer["/Root"]["/Metadata"].get_data()
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def _agenda(slug: str, number: int, form: str, language: str) -> str:
    curriculum = _curriculum(slug)
    session = curriculum.sessions[number - 1]
    with translation.override(language):
        sheets = [_sheet(sheet) for sheet in session.worksheets]
        return _words(paper.agenda_pdf(curriculum, session, sheets, form=form, language=language))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("slug", "number"), [("drt", 9), ("drt", 10), ("peer", 6)])
@pytest.mark.parametrize("form", ["group", "individual"])
def test_the_longest_sessions_fit_one_page(slug: str, number: int, form: str, language: str) -> None:
    assert _agenda(slug, number, form, language)


def test_an_agenda_holds_timetable_prompts_worksheets_homework_and_room_for_notes() -> None:
    words = _agenda("drt", 4, "group", "en")
    said = ["Session 4 of 13", "In a group", "55 minutes", "Developing a personal recovery plan", "0–3 Greeting"]
    said += ["Explain. A plan works best", "My recovery plan", "Take one step from your plan.", "Notes", "CC-BY-4.0"]
    assert [text for text in said if text not in words] == []
    assert "Round" not in _agenda("drt", 4, "individual", "en")


@pytest.mark.parametrize("form", ["group", "individual"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Check-in", "1. What to talk about", "7. 12-step", "No advice on doses.", "Safety steps, now."]),
        (
            "es",
            ["Chequeo", "1. De qué hablar", "7. 12 pasos", "Sin consejos sobre dosis.", "Pasos de seguridad, ahora."],
        ),
    ],
)
def test_an_agenda_names_the_seven_questions_and_how_to_meet_what_is_said(
    language: str, said: list[str], form: str
) -> None:
    words = _agenda("drt", 2, form, language)
    assert [text for text in said if text not in words] == []
    assert said[-1] not in _agenda("peer", 2, form, language)


@pytest.mark.parametrize(
    ("slug", "language", "said"),
    [
        ("drt", "en", ["Our round", "Since last time", "Did you use alcohol or drugs?", "You may pass.", "Today"]),
        ("drt", "en", ["Change", "From 0 to 10, how much do you want it?", "If someone is in danger, staff get help."]),
        ("drt", "es", ["Nuestra ronda", "Desde la última vez", "¿Usó alcohol o drogas?", "Puede decir: «Paso»."]),
        ("drt", "es", ["Cambio", "Del 0 al 10, ¿cuánto lo quiere?", "Si alguien corre peligro, el personal"]),
        ("peer", "en", ["Our round", "Good", "One thing that went well.", "You may pass."]),
        ("peer", "es", ["Nuestra ronda", "Lo bueno", "Algo que salió bien.", "Puede decir: «Paso»."]),
    ],
)
def test_the_poster_says_what_each_may_say_and_that_anyone_may_pass(slug: str, language: str, said: list[str]) -> None:
    with translation.override(language):
        words = _words(paper.outline_pdf(_curriculum(slug), language=language))
    assert [text for text in said if text not in words] == []


@pytest.mark.parametrize("slug", ["drt", "peer"])
def test_the_round_is_easy_to_read(slug: str) -> None:
    texts = _curriculum(slug).round_robin
    assert grade(" ".join(text.en for text in texts)) <= 6
    assert spanish_ease(" ".join(text.es for text in texts)) >= 70


def test_every_curriculum_that_ships_has_a_round() -> None:
    slugs = [path.parent.parent.name for path in CONTENT.glob("curricula/*/*/manifest.yaml")]
    assert [slug for slug in slugs if not _curriculum(slug).round_robin] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name", "says"),
    [
        ("motivation/agenda/?format=group", "drt-3-group.pdf", "In a group"),
        ("motivation/agenda/?format=individual", "drt-3-individual.pdf", "One to one"),
        ("motivation/agenda/?format=dance", "drt-3-group.pdf", "In a group"),
        ("outline/", "drt-outline-en.pdf", "Our round"),
        ("outline/?language=es", "drt-outline-es.pdf", "Nuestra ronda"),
        ("outline/?language=xx", "drt-outline-en.pdf", "Our round"),
    ],
    ids=["group", "one to one", "unknown format", "poster", "poster in Spanish", "unknown language"],
)
def test_who_is_at_work_may_print(world: World, address: str, name: str, says: str) -> None:
    browser = Client()
    browser.force_login(world.staff["peer_specialist"])
    answer = browser.get(reverse("curricula:detail", args=["drt"]) + address)
    assert (answer.headers["Content-Type"], name in answer.headers["Content-Disposition"]) == ("application/pdf", True)
    assert says in _words(answer.content)
