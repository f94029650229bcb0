"""An enrollment document as it is read on screen, in one language."""

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language

from openmission.intake.models import SignedDocument
from openmission.kernel.days import plain_day
from openmission.programs.rules import DocumentSpec, localized


@dataclass(frozen=True)
class Paper:
    """`title` and `body` in `language`; `others` are the languages (code, name) it can be read in besides."""

    slug: str
    required: bool
    language: str
    title: str
    body: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


def paper(spec: DocumentSpec, language: str) -> Paper:
    """The document in the language, or in the first one that we have."""
    known = dict(settings.LANGUAGES)
    language = language if language in known else settings.LANGUAGE_CODE
    return Paper(
        slug=spec.slug,
        required=spec.required,
        language=language,
        title=localized(spec.title, language),
        body=tuple(localized(paragraph, language) for paragraph in spec.body),
        others=tuple((code, name) for code, name in settings.LANGUAGES if code != language),
    )


def blanks(spec: DocumentSpec, signed: SignedDocument) -> list[tuple[str, str]]:
    """What was filled in, with each blank's label in the reader's language."""
    values, language = json.loads(signed.fields), get_language() or "en"
    return [
        (
            localized(blank.label, language),
            plain_day(date.fromisoformat(values[blank.slug])) if blank.kind == "date" else values[blank.slug],
        )
        for blank in spec.fields
        if blank.slug in values
    ]
