"""The sheet of a screening: the criteria with what is answered, and what the answers allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openmission.intake.forms import CriterionForm, NotEligibleForm, ReasonForm
from openmission.intake.models import Referral
from openmission.intake.rules import UNDECIDED, Answer, Assessment, Outlook, assess, may_suggest
from openmission.intake.selectors import screenings as selectors
from openmission.intake.services.screenings import Evidence
from openmission.kernel.actors import Actor
from openmission.programs.rules import NextStep, localized
from openmission.programs.selectors import PublishedProgram, program


@dataclass(frozen=True)
class Sheet:
    """`programs` may be screened for, `published` is; the decision forms carry the proposed reason."""

    referral: Referral
    programs: tuple[PublishedProgram, ...]
    published: PublishedProgram
    forms: tuple[CriterionForm, ...]
    outlook: Assessment
    eligible: ReasonForm
    not_eligible: NotEligibleForm

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    def answers(self) -> dict[str, Evidence]:
        return {form.criterion.slug: form.evidence() for form in self.forms}

    @property
    def title(self) -> str:
        return _said(self.published.program.title)

    @property
    def draft(self) -> str:
        return f"screening:{self.referral.id}:{self.published.program.slug}"

    @property
    def still_unknown(self) -> str:
        return _titles(self.forms, self.outlook.unknown)

    @property
    def line(self) -> str:
        """The outlook in a line."""
        if self.outlook.outlook == Outlook.ELIGIBLE:
            return _("Every criterion is met")
        if self.outlook.outlook == Outlook.NOT_ELIGIBLE:
            return _("Not met: %(what)s") % {"what": _titles(self.forms, self.outlook.not_met)}
        unknown = len(self.outlook.unknown)
        return ngettext("%(n)d still unknown", "%(n)d still unknown", unknown) % {"n": unknown}

    @property
    def answered(self) -> list[dict[str, str]]:
        """Title, answer, what it rests on and a few words, each as it is read."""
        return [form.read() for form in self.forms]

    @property
    def steps(self) -> list[tuple[NextStep, str, str]]:
        """The next steps for somebody who is not eligible: with title and text in the reader's language."""
        steps = self.published.program.not_eligible_next_steps
        return [(step, _said(step.title), _said(step.text)) for step in steps]


def sheet(viewer: Actor, referral: Referral, *, slug: str = "", data: Any = None) -> Sheet:
    """The sheet for the program with the slug (else the one begun with), as saved or (with `data`) as it was sent.

    Once it is decided or closed, it is the sheet of the program begun with, whatever the slug.
    """
    undecided = referral.state in UNDECIDED
    programs = selectors.screening_programs(viewer, referral)
    asked = data.get("program", "") if data else slug if undecided else ""
    published = next((found for found in programs if found.program.slug == asked), programs[0])
    saved = selectors.screening_answers(viewer, referral)
    criteria, known = published.program.eligibility, selectors.known_facts(viewer, referral)
    received_on = referral.team.agency.day_of(referral.received_at)
    suggesting = tuple(fact for fact in known if undecided and may_suggest(fact, received_on=received_on))
    forms = tuple(
        CriterionForm(
            data,
            criterion=one,
            program=published.program,
            saved=saved.get(one.slug),
            known=known,
            suggesting=suggesting,
        )
        for one in criteria
    )
    outlook = assess(tuple(one.slug for one in criteria), {form.criterion.slug: _given(form) for form in forms})
    initial = _reason(forms, outlook, _said(published.program.title), data)
    return Sheet(
        referral=referral,
        programs=programs,
        published=published,
        forms=forms,
        outlook=outlook,
        eligible=ReasonForm(initial=initial),
        not_eligible=NotEligibleForm(initial=initial, program=published.program),
    )


def next_step(viewer: Actor, referral: Referral) -> str:
    """What was agreed for somebody who is not eligible, in the reader's language; empty for everybody else."""
    screening = getattr(referral, "screening", None)
    if screening is None or not screening.next_step:
        return ""
    steps = program(viewer, screening.program_version_id).not_eligible_next_steps
    return next((_said(step.title) for step in steps if step.slug == screening.next_step), "")


def _given(form: CriterionForm) -> Answer:
    """What is ticked now; what is no answer counts as unknown."""
    value = str(form["answer"].value())
    return Answer(value) if value in set(Answer) else Answer.UNKNOWN


def _reason(forms: Iterable[CriterionForm], outlook: Assessment, program: str, data: Any) -> dict[str, Any]:
    """What stands in the decision: words that somebody wrote stay, else they are proposed from the answers."""
    proposed = _proposed(forms, outlook, program)
    sent = (
        {name: data.get(name, "") for name in ("reason", "next_step", "next_step_note", "ask_again_on")} if data else {}
    )
    written = sent.get("reason", "").strip()
    own_words = written and written != data.get("proposed", "").strip()
    return {**sent, "reason": written if own_words else proposed, "proposed": proposed}


def _proposed(forms: Iterable[CriterionForm], outlook: Assessment, program: str) -> str:
    if outlook.outlook == Outlook.ELIGIBLE:
        return _("%(program)s fits: everything it asks for is there.") % {"program": program}
    if outlook.outlook == Outlook.NOT_ELIGIBLE:
        not_met = _titles(forms, outlook.not_met)
        return _("%(program)s does not fit right now. Not met: %(what)s.") % {"program": program, "what": not_met}
    return ""


def _titles(forms: Iterable[CriterionForm], slugs: tuple[str, ...]) -> str:
    return ", ".join(form.title for form in forms if form.criterion.slug in slugs)


def _said(text: Any) -> str:
    return localized(text, get_language() or "en")
