"""From the referral to the decision."""

from datetime import date, timedelta
from random import Random

from openmission.clients.models import Client
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Referral, Screening
from openmission.intake.rules import Answer
from openmission.intake.services import referrals, screenings
from openmission.intake.services.referrals import ReferralDetails
from openmission.intake.services.screenings import Evidence
from openmission.practice.rules.cast import Life, Stage
from openmission.practice.rules.notes import EVIDENCE, REFERRED
from openmission.practice.simulator.agency import Practice
from openmission.programs.rules import Program

SOURCES = (
    ("shelter", "Night shelter, front desk"),
    ("outreach", "Street outreach"),
    ("hospital", "Social work desk of the ward"),
    ("treatment", "Day program"),
    ("probation", "Probation desk"),
    ("self", ""),
    ("family", ""),
)


def come_to_the_door(practice: Practice, life: Life, number: int) -> None:
    """Play somebody who is not enrolled (yet), as far as their stage says."""
    rng = practice.chance(life)
    came_on = practice.ago(life.days)
    referral = refer(practice, life, details(life, number, rng), came_on, rng)
    match life.stage:
        case Stage.REFERRED:
            return
        case Stage.TRIED | Stage.NOT_REACHED:
            _try_in_vain(practice, life, referral, came_on)
        case _:
            reach(practice, life, referral, came_on)
            _screen(practice, life, referral, min(came_on + timedelta(days=3), practice.ago(1)))


def details(life: Life, number: int, rng: Random) -> ClientDetails:
    """What is on record about the person. `number` (0 to 99) makes the phone number, from those kept for fiction."""
    first, _, last = life.name.partition(" ")
    return ClientDetails(
        first_name=first,
        last_name=last,
        chosen_name=life.chosen,
        pronouns=life.pronouns,
        birth_date=date(life.born, rng.randint(1, 12), rng.randint(1, 28)),
        language=life.language,
        reach_note=rng.choice(("", "", "Text first, then call.", "Best before noon.")),
        may_leave_message=rng.random() < 0.5,
        may_text=rng.random() < 0.7,
        phones=((f"(413) 555-01{number:02d}", "mobile"),),
        aliases=(life.alias,) if life.alias else (),
    )


def refer(practice: Practice, life: Life, person: Client | ClientDetails, on: date, rng: Random) -> Referral:
    source, name = rng.choice(SOURCES)
    return referrals.receive_referral(
        person=person,
        team=practice.teams[life.team],
        details=ReferralDetails(source=source, source_name=name, reason=rng.choice(REFERRED)),
        by=practice.intake_actor(life.team),
        at=practice.moment(on, 10, 15),
    )


def _try_in_vain(practice: Practice, life: Life, referral: Referral, came_on: date) -> None:
    by = practice.intake_actor(life.team)
    for days, how in ((1, "phone"), (3, "source"), (5, "phone")):
        day = min(came_on + timedelta(days=days), practice.ago(1))
        note = "No answer; left no message." if how == "phone" else "The front desk will pass on a card."
        referrals.record_attempt(
            referral, how=how, reached=False, note=note, by=by, at=practice.moment(day, 11, days * 5)
        )
    if life.stage == Stage.NOT_REACHED:
        at = practice.moment(came_on + timedelta(days=30), 15)
        note = "Tried for a month by phone and through the front desk. A card is there; the door is open."
        referrals.close_referral(referral, outcome="not_reached", note=note, by=by, at=at)


def reach(practice: Practice, life: Life, referral: Referral, came_on: date) -> None:
    """One call in vain, then a talk."""
    by = practice.intake_actor(life.team)
    for days, reached, note in ((1, False, "No answer."), (2, True, f"{life.called} would like to hear more.")):
        at = practice.moment(min(came_on + timedelta(days=days), practice.today), 11, days * 10)
        referrals.record_attempt(referral, how="phone", reached=reached, note=note, by=by, at=at)


def _screen(practice: Practice, life: Life, referral: Referral, on: date) -> None:
    if life.stage == Stage.SCREENING:
        answer(practice, life, referral, on, community=Answer.UNKNOWN, mental_health=Answer.UNKNOWN)
        return
    if life.stage in (Stage.NOT_ELIGIBLE, Stage.ASK_AGAIN):
        _turn_elsewhere(practice, life, referral, on)
        return
    decide_eligible(practice, life, answer(practice, life, referral, on), on)
    if life.stage == Stage.WAITING:
        at = practice.moment(on + timedelta(days=1), 9, 30)
        referrals.put_on_waitlist(referral, by=practice.intake_actor(life.team), at=at)


def answer(practice: Practice, life: Life, referral: Referral, on: date, **others: Answer) -> Screening:
    """Answer every criterion of the program with met, but for `others`."""
    version, program = practice.programs[life.program]
    return screenings.save_answers(
        referral,
        program_version=version,
        answers=_answers(program, others),
        by=practice.intake_actor(life.team),
        at=practice.moment(on, 14),
    )


def _answers(program: Program, others: dict[str, Answer]) -> dict[str, Evidence]:
    found = {}
    for criterion in program.eligibility:
        given = others.get(criterion.slug, Answer.MET)
        found[criterion.slug] = Evidence(
            answer=given,
            kind=criterion.evidence_kinds[0] if given != Answer.UNKNOWN else "",
            text=EVIDENCE[criterion.slug] if given == Answer.MET else "",
        )
    return found


def decide_eligible(practice: Practice, life: Life, screening: Screening, on: date) -> None:
    reason = f"{life.called} meets every criterion and wants to join."
    at = practice.moment(on, 14, 30)
    screenings.decide_eligible(screening, reason=reason, by=practice.intake_actor(life.team), at=at)


def _turn_elsewhere(practice: Practice, life: Life, referral: Referral, on: date) -> None:
    """Not eligible never ends in a void: introduced elsewhere, or asked again on a day (today)."""
    again = life.stage == Stage.ASK_AGAIN
    stands_against = {"community": Answer.NOT_MET} if again else {"substance_use": Answer.NOT_MET}
    screenings.decide_not_eligible(
        answer(practice, life, referral, on, **stands_against),
        reason="Needs a hospital bed for now." if again else "Does not live with a substance use disorder.",
        next_step="ask_again" if again else "referred",
        next_step_note="" if again else "The housing desk expects the call; we made it together.",
        ask_again_on=practice.today if again else None,
        by=practice.intake_actor(life.team),
        at=practice.moment(on, 15),
    )
