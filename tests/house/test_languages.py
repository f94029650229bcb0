"""The catalogues: every text has a translation that keeps its blanks and tags."""

import re
from collections import Counter
from collections.abc import Iterator

import polib
import pytest

from tests.house.messages import CATALOGUES

KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?\w+[^>]*>|&\w+;")
EDGES = re.compile(r"^\s*|\s*$")


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """(text, translation), for each plural form too: Spanish has three, the second one for whole millions."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
    for form, translation in entry.msgstr_plural.items():
        yield entry.msgid if form == 0 else entry.msgid_plural, translation


@pytest.fixture(params=CATALOGUES, ids=[path.parts[-3] for path in CATALOGUES])
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(request.param))


def test_every_text_has_its_translation(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []
    assert [text for entry in catalogue for text, translation in _pairs(entry) if not translation] == []
    assert [entry.msgid for entry in catalogue if entry.msgid_plural and len(entry.msgstr_plural) != 3] == []


def test_translations_keep_blanks_tags_and_edges(catalogue: polib.POFile) -> None:
    """`%(name)s` and `<strong>` are no words: each stands in the translation as often as in the text."""
    broken = [
        text
        for entry in catalogue
        for text, translation in _pairs(entry)
        if Counter(KEPT.findall(text)) != Counter(KEPT.findall(translation))
        or EDGES.findall(text) != EDGES.findall(translation)
    ]
    assert broken == []
