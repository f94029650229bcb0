"""The shipped curricula and worksheets as files, and the texts in them."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from openmission.curricula import selectors
from openmission.curricula.files import PLACES, read_content

CONTENT: Path = settings.BASE_DIR / "content"
DRT = CONTENT / "curricula" / "drt" / "v1"


@cache
def _read(kind: str, slug: str) -> dict[str, Any]:
    return read_content(kind, next(CONTENT.glob(PLACES[kind].replace("*", slug, 1).replace("*", "v1", 1))))


def content_of(kind: str, slug: str) -> dict[str, Any]:
    """Version 1 as the files hold it: a copy that a test may change."""
    return deepcopy(_read(kind, slug))


def forget() -> None:
    """Let this process read published content, and what lies over it, anew."""
    for kept in (selectors._content, selectors._curriculum, selectors._worksheet, selectors._checklist):
        kept.cache_clear()
    selectors._newest.cache_clear()


def texts(part: Any) -> list[dict[str, str]]:
    """Every text of `part` in both languages; the names of documents and the places in them are left out."""
    if isinstance(part, list):
        return [text for row in part for text in texts(row)]
    if not isinstance(part, dict):
        return []
    if set(part) == {"en", "es"}:
        return [part]
    return [text for key, row in part.items() if key not in ("source", "sources") for text in texts(row)]
