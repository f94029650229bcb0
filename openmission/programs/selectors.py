"""Reading published programs. A version never changes, so each is parsed once and kept in memory."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.kernel.actors import SYSTEM, Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import NotFound
from openmission.programs.models import ProgramVersion
from openmission.programs.policies import can_read_programs
from openmission.programs.rules import Program, Text, parse_program


@dataclass(frozen=True, slots=True)
class PublishedProgram:
    """A program with the key that enrollments point at."""

    id: UUID
    program: Program
    published_at: datetime


@lru_cache(maxsize=256)
def _published(id: UUID) -> PublishedProgram:
    row = ProgramVersion.objects.filter(id=id).first()
    if row is None:
        raise NotFound(_("There is no such program."))
    return PublishedProgram(row.id, parse_program(row.content), row.published_at)


def published_program(viewer: Actor, id: UUID) -> PublishedProgram:
    """One published version. Raises `NotFound`, `Refused`."""
    require(can_read_programs(viewer))
    return _published(id)


def program(viewer: Actor, id: UUID) -> Program:
    """The program of one published version. Raises `NotFound`, `Refused`. No query once it has been read."""
    return published_program(viewer, id).program


def all_programs(viewer: Actor) -> tuple[PublishedProgram, ...]:
    """Every published version, by slug, newest version first. Raises `Refused`."""
    require(can_read_programs(viewer))
    ids = ProgramVersion.objects.order_by("slug", "-version").values_list("id", flat=True)
    return tuple(_published(id) for id in ids)


@lru_cache(maxsize=256)
def _titled(words: str) -> Text | None:
    for published in all_programs(SYSTEM):
        for text in (published.program.title, *(document.title for document in published.program.documents)):
            if words in (text.en, text.es):
                return text
    return None


def titled(viewer: Actor, words: str) -> Text:
    """The title of a program, or of a paper of one, that reads so in any language. Raises `NotFound`, `Refused`.

    No query once it has been looked for: published titles never change.
    """
    require(can_read_programs(viewer))
    found = _titled(words)
    if found is None:
        raise NotFound(_("No program has such a title."))
    return found


def latest_programs(viewer: Actor) -> tuple[PublishedProgram, ...]:
    """The newest version of each program: what a new client may enroll in. Raises `Refused`."""
    newest: dict[str, PublishedProgram] = {}
    for published in all_programs(viewer):
        newest.setdefault(published.program.slug, published)
    return tuple(newest.values())
