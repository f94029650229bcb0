"""Wording that an agency with a permission lays over ours: texts are replaced, nothing else."""

from copy import deepcopy
from typing import Any


class InvalidOverlay(ValueError):
    """The overlay names a text that is not there, or says nothing about its licence; the text says where."""


def overlaid(data: dict[str, Any], overlay: Any) -> dict[str, Any]:
    """The content with the overlay's words where it has some; ours where it has none, in a language too.

    `overlay` holds `licence` (the permission, in words) and `texts`: {place: {language: words}}, where a place is what
    leads to a text: `purpose`, `prompts/2/text` (the second), `fields/problems/label` (the one of that slug). Sources
    stay ours. The licence then names both, and `permission` is the overlay's alone. `data` itself stays as it is.
    Raises `InvalidOverlay`.
    """
    if not isinstance(overlay, dict):
        raise InvalidOverlay("an overlay holds licence and texts")
    permission, texts = overlay.get("licence"), overlay.get("texts")
    if not isinstance(permission, str) or not permission.strip():
        raise InvalidOverlay("licence: name the permission under which these words are used")
    if not isinstance(texts, dict) or set(overlay) - {"licence", "texts"}:
        raise InvalidOverlay("an overlay holds licence and texts, and nothing else")
    changed = deepcopy(data)
    for place, words in texts.items():
        text = _found(changed, str(place))
        fits = isinstance(words, dict) and words and set(words) <= set(text)
        if not fits or not all(isinstance(each, str) and each.strip() for each in words.values()):
            raise InvalidOverlay(f"{place}: give words for en, es or both")
        text.update(words)
    changed["licence"] = f"{data['licence']}; {permission.strip()}"
    changed["permission"] = permission.strip()
    return changed


def _found(data: dict[str, Any], place: str) -> dict[str, str]:
    part: Any = data
    for name in place.split("/"):
        part = None if name in ("source", "sources") else _inside(part, name)
    if not isinstance(part, dict) or set(part) != {"en", "es"}:
        raise InvalidOverlay(f"{place}: there is no such text")
    return part


def _inside(part: Any, name: str) -> Any:
    """The entry of that name, the row of that slug, or the row of that number."""
    if isinstance(part, dict):
        return part.get(name)
    if not isinstance(part, list):
        return None
    named = next((row for row in part if isinstance(row, dict) and row.get("slug") == name), None)
    if named is not None:
        return named
    return part[int(name) - 1] if name.isdecimal() and 1 <= int(name) <= len(part) else None
