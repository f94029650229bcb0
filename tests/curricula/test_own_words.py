"""What we ship is in our own words: it shares no run of eight words with the documents it was written from."""

import os
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.curricula.shipped import CONTENT, texts

RUN = 8
SHARED = Path(os.environ.get("OPENMISSION_SHARED") or settings.BASE_DIR.parent / "shared") / "reference"
KINDS = ("curricula", "worksheets", "checklists")
FILES = sorted(path for kind in KINDS for path in CONTENT.glob(f"{kind}/**/*.yaml"))

with_reference = pytest.mark.skipif(not SHARED.is_dir(), reason="the reference documents are not beside this checkout")
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CONTENT).as_posix())


def _runs(text: str) -> set[str]:
    """Every run of eight words, casefolded, without punctuation and without the tags of a converted page."""
    plain = re.sub(r"['’]", "", re.sub(r"<[^>]*>", " ", text.casefold()))
    words = re.findall(r"[^\W_]+", plain)
    return {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@cache
def _reference(folder: Path) -> frozenset[str]:
    documents = [path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]
    return frozenset[str]().union(*(_runs(path.read_text(encoding="utf-8")) for path in documents))


def _copied(words: list[str], folder: Path) -> list[str]:
    """The runs of `words` that stand in a document of `folder` too."""
    return sorted({run for text in words for run in _runs(text)} & _reference(folder))


@with_reference
@each_file
def test_no_sentence_is_taken_from_the_reference(path: Path) -> None:
    words = [text[language] for text in texts(yaml.safe_load(path.read_text())) for language in ("en", "es")]
    assert words
    assert _copied(words, SHARED) == []


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_planted_run_is_found(tmp_path: Path, suffix: str) -> None:
    """Marks, tags, capitals and line ends hide nothing; seven words are a coincidence."""
    document = "<p><i>Walk</i> to the RIVER,\nand don’t count the **small** stones.</p> Años después, él volvió"
    (tmp_path / f"planted{suffix}").write_text(document, encoding="utf-8")
    assert _copied(["First walk to the river and don't count the ducks."], tmp_path) == [
        "walk to the river and dont count the"
    ]
    assert _copied(["Walk to the river and don't count."], tmp_path) == []
    assert _copied(["Count the small stones años después: ÉL volvió"], tmp_path) != []


@with_reference
def test_a_sentence_of_the_real_documents_is_found_in_a_content_file() -> None:
    run = sorted(_reference(SHARED))[0]
    session = {"about": {"en": f"Today we say: {run}!", "es": "Hoy no."}}
    assert _copied([text["en"] for text in texts(session)], SHARED) == [run]
