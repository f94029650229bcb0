"""What each save of a sheet changed."""

from dataclasses import dataclass
from datetime import datetime

from openmission.kernel.actors import Actor
from openmission.workbook.models import EntryVersion
from openmission.workbook.pages.places import Told, told_differences
from openmission.workbook.rules import differences
from openmission.workbook.selectors.entries import PAGE, OpenSheet, answers_of


@dataclass(frozen=True, slots=True)
class Save:
    """One save, and what it changed."""

    at: datetime
    by: str
    changes: tuple[Told, ...]


def saves(viewer: Actor, opened: OpenSheet, versions: list[EntryVersion]) -> list[Save]:
    """Twenty saves with their changes, newest first, as `versions` are; of one more only what it said counts."""
    said = [answers_of(viewer, version) for version in versions]
    before = [*said[1:], {}][: len(said)]
    found = [
        Save(version.at, version.by_name, told_differences(opened, differences(was, now), now or was))
        for version, was, now in zip(versions, before, said, strict=True)
    ]
    return found[:PAGE]
