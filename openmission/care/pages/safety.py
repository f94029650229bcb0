"""The page of a safety concern: why, the steps in order, what was agreed, the next contact."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from openmission.care.models import Appointment, SafetyConcern
from openmission.care.models.safety import Because
from openmission.care.selectors.appointments import next_planned
from openmission.care.selectors.safety import safety_checklist
from openmission.kernel.actors import Actor
from openmission.programs.rules import localized


@dataclass(frozen=True, slots=True)
class Step:
    """`done`: it is ticked and saved."""

    slug: str
    title: str
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """`because` in words; `next`: what is planned with the client."""

    concern: SafetyConcern
    intro: str
    because: str
    steps: list[Step]
    next: Appointment | None

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)


def safety_page(viewer: Actor, concern: SafetyConcern, *, at: datetime) -> SafetyPage:
    """What the page shows. The caller has the concern in reach."""
    language, found = get_language() or "en", safety_checklist(viewer, concern.version)
    steps = [
        Step(step.slug, localized(step.title, language), localized(step.text, language), step.slug in concern.steps)
        for step in (found.steps if found else ())
    ]
    return SafetyPage(
        concern=concern,
        intro=localized(found.intro, language) if found else "",
        because=" · ".join(str(Because(code).label) for code in concern.because),
        steps=steps,
        next=next_planned(viewer, concern.enrollment_id, at=at),
    )
