"""What each save of a session said, kept in versions, and what a person had before them."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from openmission.delivery.answers import ALONE, BLANK
from openmission.delivery.models import Delivery
from openmission.kernel.merging import common


def base_of(
    delivery: Delivery, seen: int | UUID, stored: Mapping[str, Any], said: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the record said when the person opened it; that somebody was worried is an act, and nothing to undo. Of
    which session, when and where a version that says nothing (of an older release) knew what is stored. A form that
    adds to what it has not seen (`seen` is its id) had before it what it said already, when it came the first time.
    """
    if isinstance(seen, UUID):
        own = delivery.versions.filter(id=seen).first()
        return common(json.loads(own.answers), said) if own else BLANK
    kept = {part: answer for part, answer in said_in(delivery, seen).items() if part != "worried"}
    return {part: stored[part] for part in ALONE if part in stored} | kept


def said_in(delivery: Delivery, revision: int) -> Mapping[str, Any]:
    """What the record said at a revision; nothing for one that is not kept."""
    version = delivery.versions.filter(revision=revision).first()
    said: dict[str, Any] = json.loads(version.answers) if version else BLANK
    return said
