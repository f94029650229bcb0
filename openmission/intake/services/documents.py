"""Signing enrollment documents."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.intake import rules
from openmission.intake.events import DocumentRevoked, DocumentSigned
from openmission.intake.models import Enrollment, SignedDocument
from openmission.intake.paper import document_pdf, signature_svg
from openmission.intake.policies import can_serve_enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel import files
from openmission.kernel.actors import Actor
from openmission.kernel.days import plain_day, zoned_time
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.names import HIDDEN, has_hidden, without_hidden
from openmission.kernel.rows import said_before
from openmission.programs.rules import DocumentField, DocumentSpec, localized
from openmission.programs.selectors import program as read_program


class InvalidSignature(DomainError):
    """Nothing was drawn or typed, or a blank was left empty; `field` says which."""


class UnknownDocument(DomainError):
    """The program version has no such document."""


@dataclass(frozen=True)
class Signature:
    """Who signed and how: `strokes` when drawn, else the typed name counts as the signature."""

    name: str
    strokes: list[list[list[float]]] = field(default_factory=list)


@transaction.atomic
def sign_document(
    enrollment: Enrollment,
    *,
    slug: str,
    language: str,
    fields: dict[str, str],
    signature: Signature,
    by: Actor,
    at: datetime,
    id: UUID | None = None,
) -> SignedDocument:
    """Sign a document of the enrollment's program version in the language shown; the PDF and its hash are kept.

    Raises `UnknownDocument`, `InvalidSignature`, `IdTaken`, `Refused`. A retry with the same id returns the first row.
    """
    lock_enrollment(by, enrollment.id)
    require(can_serve_enrollment(by, enrollment, at))
    if existing := said_before(SignedDocument, id, enrollment_id=enrollment.id, slug=slug, witness_id=by.id):
        return existing
    program = read_program(by, enrollment.program_version_id)
    spec = next((document for document in program.documents if document.slug == slug), None)
    if spec is None:
        raise UnknownDocument(_("The program has no such document."))
    _check(spec, fields, signature, enrollment.team.agency.day_of(at))
    document = _write(
        enrollment, spec, localized(program.title, language), language, fields, signature, id, by=by, at=at
    )
    event = DocumentSigned(
        client_id=enrollment.client_id,
        enrollment_id=enrollment.id,
        document_id=document.id,
        slug=slug,
        title=spec.title.en,
        sha256=document.sha256,
    )
    record(event, by=by, at=at)
    return document


def _write(
    enrollment: Enrollment,
    spec: DocumentSpec,
    program: str,
    language: str,
    fields: dict[str, str],
    signature: Signature,
    id: UUID | None,
    *,
    by: Actor,
    at: datetime,
) -> SignedDocument:
    with translation.override(language):
        pdf = document_pdf(_paper(enrollment, spec, program, language, fields, signature, by, at))
    document = SignedDocument.objects.create(
        id=id or new_id(),
        enrollment=enrollment,
        slug=spec.slug,
        language=language,
        fields=json.dumps(fields),
        signed_name=signature.name.strip(),
        signature_kind="drawn" if signature.strokes else "typed",
        signature=json.dumps(signature.strokes) if signature.strokes else signature.name,
        signed_at=at,
        witness_id=by.id,
        witness_name=by.name,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    files.store(document.id, pdf)
    return document


def _check(spec: DocumentSpec, fields: dict[str, str], signature: Signature, today: date) -> None:
    for blank in spec.fields:
        _check_blank(blank, fields.get(blank.slug, "").strip(), today)
    if not signature.name.strip():
        raise InvalidSignature(_("Write the name of the person who signs."), field="name")
    if has_hidden(signature.name):
        raise InvalidSignature(HIDDEN, field="name")
    if signature.strokes and not rules.strokes_are_a_signature(signature.strokes):
        raise InvalidSignature(_("Draw the signature, or leave the box empty and sign by typing."), field="strokes")


def _check_blank(blank: DocumentField, value: str, today: date) -> None:
    """A blank is filled in; a date in it is the last day of a release (42 CFR 2.31(a)), so it is still to come."""
    if not value:
        raise InvalidSignature(_("Fill in every blank before signing."), field=blank.slug)
    if blank.kind == "date":
        try:
            day = date.fromisoformat(value)
        except ValueError as fault:
            raise InvalidSignature(_("Choose a day."), field=blank.slug) from fault
        if day <= today:
            raise InvalidSignature(_("Choose a day that is still to come."), field=blank.slug)


def _written(blank: DocumentField, value: str) -> str:
    """A blank's value as the pages of the language in use write it: a day in words, text as it is."""
    return plain_day(date.fromisoformat(value)) if blank.kind == "date" else value


def _paper(
    enrollment: Enrollment,
    spec: DocumentSpec,
    program: str,
    language: str,
    fields: dict[str, str],
    signature: Signature,
    by: Actor,
    at: datetime,
) -> dict[str, object]:
    agency = enrollment.team.agency
    return {
        "title": localized(spec.title, language),
        "agency": agency.name,
        "program": program,
        "language": language,
        "for_label": _("For"),
        "client_name": without_hidden(enrollment.client.full_name),
        "body": [localized(paragraph, language) for paragraph in spec.body],
        "fields": [{"label": localized(b.label, language), "value": _written(b, fields[b.slug])} for b in spec.fields],
        "signature_label": _("Signature"),
        "signature_svg": signature_svg(signature.strokes) if signature.strokes else "",
        "signature_alt": _("Signature drawn on the screen"),
        "signature_text": signature.name.strip(),
        "signed_name": signature.name.strip(),
        "signed_line": _("Signed on %(day)s") % {"day": zoned_time(at, ZoneInfo(agency.time_zone))},
        "witness_line": _("In the presence of %(name)s") % {"name": by.name},
    }


@transaction.atomic
def revoke_document(document: SignedDocument, *, by: Actor, at: datetime) -> None:
    """Take a signed document back (a release may be revoked on any day); what was signed stays on record."""
    enrollment = document.enrollment
    require(can_serve_enrollment(by, enrollment, at))
    if document.revoked_at:
        return
    SignedDocument.objects.filter(id=document.id).update(revoked_at=at)
    title = next(
        d.title.en for d in read_program(by, enrollment.program_version_id).documents if d.slug == document.slug
    )
    event = DocumentRevoked(
        client_id=enrollment.client_id, enrollment_id=enrollment.id, document_id=document.id, title=title
    )
    record(event, by=by, at=at)
