"""Reading published content. A version never changes, so each is parsed once and kept in memory; so is the wording that
the agency lays over it, which is read when the process first needs it."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from openmission.curricula.models import PublishedContent, SessionTitle
from openmission.curricula.policies import can_read_curricula
from openmission.curricula.rules import (
    Checklist,
    Curriculum,
    Session,
    Worksheet,
    parse_checklist,
    parse_curriculum,
    parse_worksheet,
)
from openmission.curricula.wording import with_overlays
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import NotFound
from openmission.programs.rules import Text

Kind = PublishedContent.Kind


@lru_cache(maxsize=512)
def _content(kind: str, slug: str, version: int) -> dict[str, Any]:
    row = PublishedContent.objects.filter(kind=kind, slug=slug, version=version).first()
    if row is None:
        raise NotFound(_("There is no such content."))
    content: dict[str, Any] = row.content
    return with_overlays(kind, content)


@lru_cache(maxsize=64)
def _curriculum(slug: str, version: int) -> Curriculum:
    return parse_curriculum(_content(Kind.CURRICULUM, slug, version))


@lru_cache(maxsize=256)
def _worksheet(slug: str, version: int) -> Worksheet:
    return parse_worksheet(_content(Kind.WORKSHEET, slug, version))


@lru_cache(maxsize=64)
def _checklist(slug: str, version: int) -> Checklist:
    return parse_checklist(_content(Kind.CHECKLIST, slug, version))


@lru_cache(maxsize=1)
def _newest() -> dict[tuple[str, str], int]:
    """{(kind, slug): newest version}: what is published while a process runs is there for the next one."""
    rows = PublishedContent.objects.order_by("version").values_list("kind", "slug", "version")
    return {(kind, slug): version for kind, slug, version in rows}


def _newest_of(kind: str, slug: str) -> int:
    """The newest version; of what is not known yet, the table is asked again. 0: there is none."""
    if (kind, slug) not in _newest():
        _newest.cache_clear()
    return _newest().get((kind, slug), 0)


def newest_versions(viewer: Actor, kind: str) -> dict[str, int]:
    """{slug: newest version} of a kind of content. Raises `Refused`. No query once it has been read."""
    require(can_read_curricula(viewer))
    if not _newest():
        _newest.cache_clear()  # nothing is published yet: ask again next time
    return {slug: version for (each, slug), version in _newest().items() if each == kind}


def shipped_curriculum(viewer: Actor, slug: str, version: int | None = None) -> Curriculum:
    """One version (None: the newest), with the titles as published. Raises `NotFound`, `Refused`. No query."""
    require(can_read_curricula(viewer))
    return _curriculum(slug, version or _newest_of(Kind.CURRICULUM, slug))


def curriculum(viewer: Actor, slug: str, version: int | None = None) -> Curriculum:
    """One version (None: the newest) with the agency's own titles, where it may write some. Raises `NotFound`,
    `Refused`. One query where it may.
    """
    found = shipped_curriculum(viewer, slug, version)
    if found.titles_verified:
        return found
    own = {row.session: Text(row.en, row.es) for row in SessionTitle.objects.filter(curriculum=slug)}
    sessions = (replace(session, title=own.get(session.slug, session.title)) for session in found.sessions)
    return replace(found, sessions=tuple(sessions)) if own else found


def curriculum_session(
    viewer: Actor, slug: str, session: str, version: int | None = None
) -> tuple[Curriculum, Session]:
    """One version of a curriculum (None: the newest) and a session of it, with the agency's own titles. Raises
    `NotFound`, `Refused`.
    """
    found = curriculum(viewer, slug, version)
    try:
        return found, found.session(session)
    except KeyError:
        raise NotFound(_("There is no such session.")) from None


def all_curricula(viewer: Actor) -> tuple[Curriculum, ...]:
    """The newest version of each, by slug, with the agency's own titles. Raises `Refused`."""
    return tuple(curriculum(viewer, slug) for slug in sorted(newest_versions(viewer, Kind.CURRICULUM)))


def worksheet(viewer: Actor, slug: str, version: int | None = None) -> Worksheet:
    """One version (None: the newest). Raises `NotFound`, `Refused`. No query once it has been read."""
    require(can_read_curricula(viewer))
    return _worksheet(slug, version or _newest_of(Kind.WORKSHEET, slug))


def all_worksheets(viewer: Actor) -> tuple[Worksheet, ...]:
    """The newest version of each, in the order of the book. Raises `Refused`."""
    found = [worksheet(viewer, slug) for slug in newest_versions(viewer, Kind.WORKSHEET)]
    return tuple(sorted(found, key=lambda sheet: sheet.position))


def checklist(viewer: Actor, slug: str, version: int | None = None) -> Checklist:
    """One version (None: the newest). Raises `NotFound`, `Refused`. No query once it has been read."""
    require(can_read_curricula(viewer))
    return _checklist(slug, version or _newest_of(Kind.CHECKLIST, slug))
