"""Publishing a program version."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.kernel.actors import Actor
from openmission.kernel.content import InvalidContent, fingerprint
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.programs.events import ProgramPublished
from openmission.programs.models import ProgramVersion
from openmission.programs.policies import can_publish_program
from openmission.programs.rules import IncoherentProgram, parse_program


class PublishedVersionChanged(DomainError):
    """The content says something else than what was published under the same version."""


@transaction.atomic
def publish_program(data: dict[str, Any], *, by: Actor, at: datetime) -> ProgramVersion:
    """Publish the version that `data` (checked against its schema) describes; the same content again changes nothing.

    Raises `InvalidContent` when its parts contradict each other, `PublishedVersionChanged`, `Refused`.
    """
    require(can_publish_program(by))
    try:
        program = parse_program(data)
    except IncoherentProgram as fault:
        raise InvalidContent(str(fault)) from fault
    sha256 = fingerprint(data)
    published = ProgramVersion.objects.filter(slug=program.slug, version=program.version).first()
    if published:
        if published.sha256 != sha256:
            raise PublishedVersionChanged(_changed(program.slug, program.version))
        return published
    row = ProgramVersion.objects.create(
        slug=program.slug, version=program.version, sha256=sha256, content=data, published_at=at
    )
    record(ProgramPublished(program_version_id=row.id, slug=row.slug, version=row.version), by=by, at=at)
    return row


def _changed(slug: str, version: int) -> str:
    text = _(
        "Program %(slug)s version %(version)s is published and clients may be enrolled in it, so it cannot change. "
        "Put this file back as it was, and write what you want in a new file v%(next)s.yaml with version: %(next)s."
    )
    return text % {"slug": slug, "version": version, "next": version + 1}
