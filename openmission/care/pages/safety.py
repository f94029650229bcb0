"""The page of a safety concern: why, the steps in order, what was agreed, the next contact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from openmission.care.models import Appointment, SafetyConcern
from openmission.care.models.safety import Because
from openmission.care.selectors.appointments import next_planned
from openmission.care.selectors.safety import newest_safety_version, safety_checklist
from openmission.curricula.rules import Checklist
from openmission.kernel.actors import Actor
from openmission.programs.rules import localized


@dataclass(frozen=True, slots=True)
class Step:
    """`done`: it is ticked and saved; `required`: without it only the supervisor closes."""

    slug: str
    title: str
    text: str
    done: bool
    required: bool


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


@dataclass(frozen=True, slots=True)
class Steps:
    """The newest steps in the reader's language; none where none are published."""

    intro: str
    steps: list[Step]


def steps_to_read(viewer: Actor) -> Steps:
    """The steps by themselves."""
    return Steps(*_in_words(safety_checklist(viewer, newest_safety_version(viewer)), ()))


def _in_words(found: Checklist | None, done: Collection[str]) -> tuple[str, list[Step]]:
    """The introduction and the steps."""
    language = get_language() or "en"
    steps = [
        Step(
            slug=step.slug,
            title=localized(step.title, language),
            text=localized(step.text, language),
            done=step.slug in done,
            required=step.required,
        )
        for step in (found.steps if found else ())
    ]
    return localized(found.intro, language) if found else "", steps


def safety_page(viewer: Actor, concern: SafetyConcern, *, at: datetime) -> SafetyPage:
    """What the page shows. The caller has the concern in reach."""
    intro, steps = _in_words(safety_checklist(viewer, concern.version), concern.steps)
    return SafetyPage(
        concern=concern,
        intro=intro,
        because=" · ".join(str(Because(code).label) for code in concern.because),
        steps=steps,
        next=next_planned(viewer, concern.enrollment_id, at=at),
    )
