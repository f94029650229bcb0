"""Publishing content, and writing an agency's own titles."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.curricula.events import ContentPublished, SessionRenamed
from openmission.curricula.models import PublishedContent, SessionTitle
from openmission.curricula.policies import can_publish_content, can_rename_session
from openmission.curricula.rules import (
    Curriculum,
    IncoherentCurriculum,
    parse_checklist,
    parse_curriculum,
    parse_worksheet,
)
from openmission.kernel.actors import Actor
from openmission.kernel.content import InvalidContent, fingerprint
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError

PARSERS = {
    PublishedContent.Kind.CURRICULUM: parse_curriculum,
    PublishedContent.Kind.WORKSHEET: parse_worksheet,
    PublishedContent.Kind.CHECKLIST: parse_checklist,
}


class PublishedContentChanged(DomainError):
    """The content says something else than what was published under the same version."""


class InvalidTitle(DomainError):
    """A title is missing in one of the languages."""


@transaction.atomic
def publish_content(kind: str, data: dict[str, Any], *, by: Actor, at: datetime) -> PublishedContent:
    """Publish one version (checked against its schema; a curriculum with its sessions in place); the same again
    changes nothing. Raises `InvalidContent`, `PublishedContentChanged`, `Refused`.
    """
    require(can_publish_content(by))
    try:
        PARSERS[PublishedContent.Kind(kind)](data)
    except IncoherentCurriculum as fault:
        raise InvalidContent(str(fault)) from fault
    sha256, slug, version = fingerprint(data), data["slug"], data["version"]
    published = PublishedContent.objects.filter(kind=kind, slug=slug, version=version).first()
    if published:
        if published.sha256 != sha256:
            raise PublishedContentChanged(_changed(slug, version))
        return published
    row = PublishedContent.objects.create(
        kind=kind, slug=slug, version=version, sha256=sha256, content=data, published_at=at
    )
    record(ContentPublished(kind_of_content=kind, slug=slug, version=version), by=by, at=at)
    return row


def _changed(slug: str, version: int) -> str:
    text = _(
        "%(slug)s version %(version)s is published and work may have begun with it, so it cannot change. Put it back "
        "as it was, and write what you want as version %(next)s."
    )
    return text % {"slug": slug, "version": version, "next": version + 1}


@transaction.atomic
def rename_session(curriculum: Curriculum, session: str, *, en: str, es: str, by: Actor, at: datetime) -> SessionTitle:
    """Write the agency's own title of a session; the shipped one comes back when it is written again. What stands there
    already changes nothing. Raises `InvalidTitle`, `KeyError` for a session that is not there, `Refused`.
    """
    require(can_rename_session(by, curriculum))
    slug = curriculum.session(session).slug
    words = {"en": en.strip(), "es": es.strip()}
    for field, title in words.items():
        if not 0 < len(title) <= 120:
            raise InvalidTitle(_("Write a title of at most 120 letters."), field=field)
    there = SessionTitle.objects.filter(curriculum=curriculum.slug, session=slug, **words).first()
    if there:
        return there
    row, _created = SessionTitle.objects.update_or_create(
        curriculum=curriculum.slug,
        session=slug,
        defaults={**words, "at": at, "by_id": by.id, "by_name": by.name},
    )
    record(SessionRenamed(curriculum=curriculum.slug, session=slug), by=by, at=at)
    return row
