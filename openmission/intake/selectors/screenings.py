"""Screenings: which program version a referral is screened for, and what has been answered so far."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.intake.models import CriterionAnswer, Referral
from openmission.intake.rules import Answer, KnownFact
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.programs.models import ProgramVersion
from openmission.programs.selectors import PublishedProgram, latest_programs, published_program

USUAL = "mission"


def screening_answers(viewer: Actor, referral: Referral) -> dict[str, CriterionAnswer]:
    """What has been answered so far in the screening of a referral that the viewer was given, by criterion."""
    return {row.criterion: row for row in CriterionAnswer.objects.filter(screening__referral=referral)}


def known_facts(viewer: Actor, referral: Referral) -> tuple[KnownFact, ...]:
    """What the record of the referral's source said when it was given; the viewer was given the referral."""
    return tuple(_fact(**row) for row in json.loads(referral.facts or "[]"))


def _fact(*, answer: str, day: str | None = None, **row: Any) -> KnownFact:
    return KnownFact(**row, answer=Answer(answer), day=date.fromisoformat(day) if day else None)


def screening_programs(viewer: Actor, referral: Referral) -> tuple[PublishedProgram, ...]:
    """What the referral may be screened for: the newest version of each program; the one begun with comes first,
    else the usual one.
    """
    screening = getattr(referral, "screening", None)
    begun = published_program(viewer, screening.program_version_id) if screening else None
    latest = [found for found in latest_programs(viewer) if not begun or found.program.slug != begun.program.slug]
    latest.sort(key=lambda found: found.program.slug != USUAL)
    return (begun, *latest) if begun else tuple(latest)


def program_version(viewer: Actor, id: UUID) -> ProgramVersion:
    """The row of a published version, to name it to a service. Raises `NotFound`."""
    row = ProgramVersion.objects.filter(id=id).first()
    if row is None:
        raise NotFound(_("There is no such program."))
    return row
