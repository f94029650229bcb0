"""Screening: answers with evidence, and the decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.intake import rules
from openmission.intake.events import ScreeningAnswered, ScreeningDecided
from openmission.intake.models import CriterionAnswer, Referral, Screening
from openmission.intake.policies import can_work_referral
from openmission.intake.rules import Answer, Outlook, ReferralState
from openmission.intake.selectors.referrals import check_may_move, lock_referral
from openmission.intake.services import referrals
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.programs.models import ProgramVersion
from openmission.programs.rules import Program, localized
from openmission.programs.selectors import program as read_program


class NotDecidable(DomainError):
    """The answers do not allow this decision; the text says which criteria stand in the way."""


class AlreadyDecided(DomainError):
    """A decision stands; a new referral starts a new screening."""


class MissingNextStep(DomainError):
    """Not eligible never ends in a void."""


@dataclass(frozen=True)
class Evidence:
    """One criterion's answer with what it rests on."""

    answer: Answer
    kind: str = ""
    text: str = ""


@transaction.atomic
def save_answers(
    referral: Referral,
    *,
    program_version: ProgramVersion,
    answers: Mapping[str, Evidence],
    by: Actor,
    at: datetime,
) -> Screening:
    """Save the answers so far; a screening is done in one sitting or several. The same answers again change nothing.

    Changing the program version drops answers to criteria it does not have. Raises `AlreadyDecided`, `WrongState`,
    `Refused`.
    """
    require(can_work_referral(by, referral))
    current = lock_referral(by, referral.id)
    _check_undecided(referral)
    check_may_move(by, current)
    screening, created = Screening.objects.get_or_create(
        referral=referral, defaults={"program_version": program_version, "started_at": at}
    )
    before = _standing(screening)
    program = read_program(by, program_version.id)
    if screening.program_version_id != program_version.id:
        Screening.objects.filter(id=screening.id).update(program_version=program_version)
        screening.program_version = program_version
    _write_answers(screening, program, answers)
    if current.state == ReferralState.RECEIVED:
        Referral.objects.filter(id=referral.id).update(state=ReferralState.CONTACTED)
    if created or before != _standing(screening):
        given = dict(screening.answers.values_list("criterion", "answer"))
        event = ScreeningAnswered(
            client_id=referral.client_id, referral_id=referral.id, program=program.title.en, answers=given
        )
        record(event, by=by, at=at)
    return screening


def _check_undecided(referral: Referral) -> None:
    if Screening.objects.filter(referral=referral).exclude(decision="").exists():
        raise AlreadyDecided(_("This screening has been decided already."))


def _standing(screening: Screening) -> tuple[object, set[tuple[str, str, Evidence]]]:
    """What is answered now, to see whether anything changes."""
    rows = screening.answers.values_list("criterion", "answer", "evidence_kind", "evidence")
    return screening.program_version_id, {(slug, Evidence(Answer(a), kind, text)) for slug, a, kind, text in rows}


def _write_answers(screening: Screening, program: Program, answers: Mapping[str, Evidence]) -> None:
    criteria = {criterion.slug for criterion in program.eligibility}
    screening.answers.exclude(criterion__in=criteria).delete()
    for slug in criteria & set(answers):
        given = answers[slug]
        CriterionAnswer.objects.update_or_create(
            screening=screening,
            criterion=slug,
            defaults={"answer": given.answer, "evidence_kind": given.kind, "evidence": given.text.strip()},
        )


def _outlook(screening: Screening, program: Program) -> rules.Assessment:
    given = {slug: Answer(answer) for slug, answer in screening.answers.values_list("criterion", "answer")}
    return rules.assess(tuple(criterion.slug for criterion in program.eligibility), given)


def _check_evidence(screening: Screening, program: Program, slugs: Iterable[str]) -> None:
    """What decides rests on something that others can look up. Raises `NotDecidable`."""
    bare = screening.answers.filter(criterion__in=list(slugs), evidence_kind="").values_list("criterion", flat=True)
    if bare:
        titles = _titles(program, tuple(bare))
        raise NotDecidable(_("Choose first what the answer rests on: %(criteria)s.") % {"criteria": titles})


def _titles(program: Program, slugs: tuple[str, ...]) -> str:
    language = get_language() or "en"
    return ", ".join(localized(c.title, language) for c in program.eligibility if c.slug in slugs)


def _open(screening: Screening, by: Actor) -> Screening:
    """The screening as it is now, its referral locked. Raises `AlreadyDecided`, `WrongState`."""
    referral = lock_referral(by, screening.referral_id)
    _check_undecided(referral)
    check_may_move(by, referral, ReferralState.SCREENED)
    return Screening.objects.select_related("referral__team__agency").get(id=screening.id)


@transaction.atomic
def decide_eligible(screening: Screening, *, reason: str, by: Actor, at: datetime) -> None:
    """Decide: eligible. Raises `NotDecidable` while a criterion is not met, unknown or rests on nothing, `Refused`."""
    require(can_work_referral(by, screening.referral))
    screening = _open(screening, by)
    program = read_program(by, screening.program_version_id)
    outlook = _outlook(screening, program)
    if outlook.outlook != Outlook.ELIGIBLE:
        open_ones = _titles(program, outlook.not_met + outlook.unknown)
        raise NotDecidable(_("Not met or not known yet: %(criteria)s.") % {"criteria": open_ones})
    _check_evidence(screening, program, [criterion.slug for criterion in program.eligibility])
    _decide(screening, program, decision="eligible", reason=reason, by=by, at=at)


@transaction.atomic
def decide_not_eligible(
    screening: Screening,
    *,
    reason: str,
    next_step: str,
    next_step_note: str,
    by: Actor,
    at: datetime,
    ask_again_on: date | None = None,
) -> None:
    """Decide: not eligible, with a reason a person can read and a next step; the referral closes.

    Raises `NotDecidable` when no criterion is marked not met or one of them rests on nothing,
    `MissingNextStep`, `MissingReason`, `Refused`.
    """
    require(can_work_referral(by, screening.referral))
    screening = _open(screening, by)
    program = read_program(by, screening.program_version_id)
    outlook = _outlook(screening, program)
    if outlook.outlook != Outlook.NOT_ELIGIBLE:
        raise NotDecidable(_("No criterion is marked as not met. Mark which one, or find out what is unknown."))
    steps = {step.slug: step for step in program.not_eligible_next_steps}
    step = steps.get(next_step)
    if step is None:
        raise MissingNextStep(_("Choose what happens next for this person."), field="next_step")
    if step.asks == "text" and not next_step_note.strip():
        raise MissingNextStep(_("Write where the person was pointed to."), field="next_step_note")
    if step.asks == "date" and not ask_again_on:
        raise MissingNextStep(_("Choose the day on which we ask again."), field="ask_again_on")
    _check_evidence(screening, program, outlook.not_met)
    screening.next_step, screening.next_step_note = next_step, next_step_note.strip()
    screening.save(update_fields=["next_step", "next_step_note"])
    _decide(screening, program, decision="not_eligible", reason=reason, by=by, at=at)
    referrals.close_referral(
        screening.referral, outcome="not_eligible", note=reason, by=by, at=at, ask_again_on=ask_again_on
    )


def _decide(screening: Screening, program: Program, *, decision: str, reason: str, by: Actor, at: datetime) -> None:
    if not reason.strip():
        raise referrals.MissingReason(_("Write the reason in words the person can read."), field="reason")
    referral = screening.referral
    screening.decision, screening.reason, screening.decided_at = decision, reason.strip(), at
    screening.decided_by, screening.decided_by_name = by.id, by.name
    screening.save(update_fields=["decision", "reason", "decided_at", "decided_by", "decided_by_name"])
    Referral.objects.filter(id=referral.id).update(state=ReferralState.SCREENED)
    event = ScreeningDecided(
        client_id=referral.client_id,
        referral_id=referral.id,
        program=program.title.en,
        decision=decision,
    )
    record(event, by=by, at=at)
