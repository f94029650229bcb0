"""The shipped curricula and worksheets as files, and the texts in them."""

from pathlib import Path
from typing import Any

from django.conf import settings

CONTENT: Path = settings.BASE_DIR / "content"
DRT = CONTENT / "curricula" / "drt" / "v1"


def texts(part: Any) -> list[dict[str, str]]:
    """Every text of `part` in both languages; the names of documents and the places in them are left out."""
    if isinstance(part, list):
        return [text for row in part for text in texts(row)]
    if not isinstance(part, dict):
        return []
    if set(part) == {"en", "es"}:
        return [part]
    return [text for key, row in part.items() if key not in ("source", "sources") for text in texts(row)]
