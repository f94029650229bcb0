"""What the agency teaches: every curriculum, worksheet and checklist that ships, published."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from openmission.curricula.files import content_files, read_content
from openmission.curricula.services import publish_content
from openmission.kernel.actors import SYSTEM
from tests.world.cast import SINCE


def build_curricula() -> None:
    for kind, data in _shipped(settings.BASE_DIR / "content"):
        publish_content(kind, data, by=SYSTEM, at=SINCE)


@cache
def _shipped(content: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(kind, read_content(kind, path)) for kind, path in content_files(content)]
