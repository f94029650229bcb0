"""The agency's folder of licensed wording, laid over published content. It mirrors the content folder."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from openmission.curricula.models import PublishedContent
from openmission.curricula.rules import InvalidOverlay, overlaid


def with_overlays(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """Published content with the words that lie over it in the agency's folder. Raises `InvalidOverlay`."""
    slug, version = content["slug"], content["version"]
    if kind != PublishedContent.Kind.CURRICULUM:
        return _laid(content, f"{kind}s/{slug}/v{version}.yaml")
    folder = f"curricula/{slug}/v{version}"
    sessions = [
        _laid(session, f"{folder}/{number:02}-{session['slug']}.yaml")
        for number, session in enumerate(content["sessions"], 1)
    ]
    return {**_laid(content, f"{folder}/manifest.yaml"), "sessions": sessions}


def _laid(data: dict[str, Any], place: str) -> dict[str, Any]:
    path = Path(settings.CONTENT_OVERLAY_DIR) / place
    if not path.is_file():
        return data
    try:
        return overlaid(data, yaml.safe_load(path.read_text()))
    except (InvalidOverlay, yaml.YAMLError, UnicodeDecodeError) as fault:
        raise InvalidOverlay(f"overlay/{place}: {fault}") from fault


def refuse_strays(content: Path) -> None:
    """Raise `InvalidOverlay` for a file of the agency's folder that lies over no file of the content folder: its words
    would never be read.
    """
    folder = Path(settings.CONTENT_OVERLAY_DIR)
    for path in sorted(folder.rglob("*.y*ml")):
        place = path.relative_to(folder)
        read = place.parts[0] in ("curricula", "worksheets", "checklists")
        if not read or not (content / place).is_file():
            raise InvalidOverlay(f"overlay/{place}: there is nothing at this place that it could lie over")
