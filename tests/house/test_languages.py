"""Every word of the interface is in every language: wrapped, in the catalogue, translated, and shown."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import formats, translation

from openmission.staff.models import User
from tests.house.messages import CATALOGUES, TEMPLATES, Message, messages
from tests.house.pages import Page, pages
from tests.world.cast import PASSWORD, TODAY, World

KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?\w+[^>]*>|&\w+;")
EDGES = re.compile(r"^\s*|\s*$")
TRANSLATED = re.compile(
    r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}|{#.*?#}|<script.*?</script>", re.S
)
SHOWN = re.compile(r'(?:aria-label|placeholder|title|alt|data-label)="([^"]*)"|>([^<]*)')
NO_WORDS = {"OpenMISSION", "SHA-256", ".csv", "( .csv, )"}  # names, the same in every language
ASKS_AGAIN = "/me/confirm/"  # who one is, before sign-in changes
PAGES = [page for page in pages() if page.door and page.name != "gallery"]  # its data are examples of codes


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """(text, translation), for each plural form too: Spanish has three, the second one for whole millions."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
    for form, translated in entry.msgstr_plural.items():
        yield entry.msgid if form == 0 else entry.msgid_plural, translated


@pytest.fixture(params=CATALOGUES, ids=[path.parts[-3] for path in CATALOGUES])
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(request.param))


def test_every_language_has_a_catalogue() -> None:
    languages = {code for code, _name in settings.LANGUAGES}
    assert {path.parts[-3] for path in CATALOGUES} == languages - {settings.LANGUAGE_CODE}


def test_the_catalogue_has_the_texts_of_the_source_and_no_other(catalogue: polib.POFile) -> None:
    known = {Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "") for entry in catalogue}
    assert (set(messages()) - known, known - set(messages())) == (set(), set()), "run script/messages and translate"


def test_every_text_has_its_translation(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []
    assert [text for entry in catalogue for text, translated in _pairs(entry) if not translated] == []
    assert [entry.msgid for entry in catalogue if entry.msgid_plural and len(entry.msgstr_plural) != 3] == []


def test_translations_keep_blanks_tags_and_edges(catalogue: polib.POFile) -> None:
    """`%(name)s` and `<strong>` are no words: each stands in the translation as often as in the text."""
    broken = [
        text
        for entry in catalogue
        for text, translated in _pairs(entry)
        if Counter(KEPT.findall(text)) != Counter(KEPT.findall(translated))
        or EDGES.findall(text) != EDGES.findall(translated)
    ]
    assert broken == []


def test_templates_have_no_words_of_their_own() -> None:
    bare = {}
    for path in TEMPLATES:
        if "gallery" not in path.name:  # invented names
            rest = TRANSLATED.sub(" ", path.read_text())
            texts = (
                " ".join(f"{attribute}{text}".split()).strip("· ") for attribute, text in SHOWN.findall(f">{rest}")
            )
            if words := [text for text in texts if re.search(r"[^\W\d_]{2}", text) and text not in NO_WORDS]:
                bare[path.name] = words
    assert bare == {}


class _Texts(HTMLParser):
    """The texts of a page, and the attributes that are read out or shown."""

    def __init__(self, html: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = ("aria-label", "placeholder", "title", "alt", "data-label")
        self.found |= {value for name, value in attrs if value and name in shown}

    def handle_data(self, data: str) -> None:
        self.found.add(" ".join(data.split()))


@cache
def _english() -> set[str]:
    """Texts that read otherwise in Spanish, and are no Spanish."""
    spanish = polib.pofile(str(next(path for path in CATALOGUES if path.parts[-3] == "es")))
    return {entry.msgid for entry in spanish if entry.msgstr != entry.msgid} - {entry.msgstr for entry in spanish}


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_in_spanish_nothing_stays_english(page: Page, world: World, signed_in: Any) -> None:
    """A text that has a translation and is shown without it was read before the reader's language was known."""
    assert page.door
    User.objects.update(language="es")
    browser = Client(headers={"Accept-Language": "es"}) if page.door.public else signed_in[page.door.roles[0], False]
    answer = browser.get(page.url(world))
    if answer.headers.get("Location", "").startswith(ASKS_AGAIN):
        browser.post(ASKS_AGAIN, {"password": PASSWORD})
        answer = browser.get(page.url(world))
    if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
        html = answer.content.decode()
        assert '<html lang="es">' in html
        assert _Texts(html).found & _english() == set()


def test_days_and_numbers_as_spanish_speakers_write_them_here() -> None:
    with translation.override("es"):
        assert formats.date_format(TODAY, "D j M Y") == "lun 23 nov 2026"
        assert formats.date_format(TODAY, "l j F") == "lunes 23 de noviembre"
        assert formats.date_format(TODAY, "l j F Y") == "lunes 23 de noviembre de 2026"
        assert formats.number_format(1234.5, force_grouping=True) == "1,234.5"
        assert formats.get_format("DATE_INPUT_FORMATS")[1] == "%m/%d/%Y"
