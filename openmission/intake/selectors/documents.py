"""Signed documents, and whether each is still what was signed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext as _

from openmission.intake.models import Enrollment, SignedDocument
from openmission.intake.selectors.enrollments import get_enrollment
from openmission.kernel import files
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound


def signed_documents(viewer: Actor, enrollment: Enrollment) -> list[SignedDocument]:
    """Everything signed in an enrollment that the viewer was given, taken back or not, newest first."""
    return list(enrollment.documents.order_by("-signed_at", "-id"))


@dataclass(frozen=True)
class OpenedDocument:
    """A signed document with its PDF; `intact` when the PDF is, byte for byte, the one that was signed."""

    document: SignedDocument
    pdf: bytes
    intact: bool


def get_document(viewer: Actor, id: UUID, *, at: datetime | None = None) -> OpenedDocument:
    """A signed document, its fingerprint checked anew; the PDF is empty when its file is lost or does not open.

    Raises `NotFound` out of reach.
    """
    document = SignedDocument.objects.filter(id=id).first()
    if document is None:
        raise NotFound(_("There is no such document."))
    document.enrollment = get_enrollment(viewer, document.enrollment_id, at=at)
    try:
        pdf = files.load(document.id)
    except (FileNotFoundError, InvalidTag, ValueError):
        return OpenedDocument(document, b"", intact=False)
    return OpenedDocument(document, pdf, intact=hashlib.sha256(pdf).hexdigest() == document.sha256)
