"""What the documents name exists: files, and names in the code."""

import importlib
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PLACES = "content|docs|openmission|requirements|script|tests"
NAMED_FILE = re.compile(rf"`((?:{PLACES})/[\w./-]+\.\w+)`")
NAMED_CODE = re.compile(rf"`((?:{'|'.join(settings.ROOMS)})\.[A-Za-z_][\w.]*)`")


def _exists(name: str) -> bool:
    """`care.models.Contact`: the longest module that can be imported, then attributes."""
    parts = f"openmission.{name}".split(".")
    for end in range(len(parts), 1, -1):
        try:
            found = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[end:]:
            if not hasattr(found, attribute):
                return False
            found = getattr(found, attribute)
        return True
    return False


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text()
    gone = [name for name in NAMED_FILE.findall(text) if not (ROOT / name).exists()]
    gone += [name for name in NAMED_CODE.findall(text) if not _exists(name)]
    assert gone == []
