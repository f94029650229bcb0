"""Screening: answers in several sittings, and decisions that rest on them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from openmission.audit.models import RecordedEvent
from openmission.intake.models import Referral, Screening
from openmission.intake.rules import Answer
from openmission.intake.selectors.referrals import WrongState
from openmission.intake.services import referrals, screenings
from openmission.intake.services.referrals import InvalidDay, MissingReason
from openmission.intake.services.screenings import AlreadyDecided, Evidence, MissingNextStep, NotDecidable
from openmission.kernel.errors import Refused
from openmission.programs.models import ProgramVersion
from tests.world.cast import NOW, TODAY, World
from tests.world.intake import answer, find_eligible

pytestmark = pytest.mark.django_db


def dana(world: World) -> Referral:
    return Referral.objects.get(id=world.ids["referral"])


def screening(world: World) -> Screening:
    return Screening.objects.get(referral_id=world.ids["referral"])


def not_eligible(world: World, **given: Any) -> None:
    given = {"reason": "No home needed.", "next_step": "help_lines", "next_step_note": "", **given}
    screenings.decide_not_eligible(screening(world), **given, by=world.actor("intake_worker"), at=NOW)


def told(kind: str, world: World) -> int:
    return RecordedEvent.objects.filter(kind=f"intake.{kind}", client_id=dana(world).client_id).count()


def test_answers_are_kept_from_one_sitting_to_the_next(world: World) -> None:
    answer(world, dana(world), at=NOW, willing=Answer.UNKNOWN)
    assert dana(world).state == "contacted"
    answer(world, dana(world), at=NOW, willing=Answer.UNKNOWN)
    assert told("ScreeningAnswered", world) == 1
    answer(world, dana(world), at=NOW)
    assert told("ScreeningAnswered", world) == 2
    assert screening(world).answers.count() == 5


def test_another_program_keeps_the_answers_that_it_asks_for_too(world: World) -> None:
    answer(world, dana(world), at=NOW)
    linkage = ProgramVersion.objects.get(slug="linkage-only")
    given = {"housing": Evidence(Answer.NOT_MET), "moon": Evidence(Answer.MET)}
    by = world.actor("intake_worker")
    screenings.save_answers(dana(world), program_version=linkage, answers=given, by=by, at=NOW)
    asked = {criterion["slug"] for criterion in linkage.content["eligibility"]}
    assert screening(world).program_version == linkage
    assert set(screening(world).answers.values_list("criterion", flat=True)) <= asked


@pytest.mark.parametrize("open_one", [Answer.UNKNOWN, Answer.NOT_MET])
def test_eligible_needs_every_criterion_and_says_which_stands_in_the_way(world: World, open_one: Answer) -> None:
    answer(world, dana(world), at=NOW, willing=open_one)
    by = world.actor("intake_worker")
    with pytest.raises(NotDecidable, match="Wants to take part"):
        screenings.decide_eligible(screening(world), reason="Fits.", by=by, at=NOW)
    with translation.override("es"), pytest.raises(NotDecidable, match="Quiere participar"):
        screenings.decide_eligible(screening(world), reason="Fits.", by=by, at=NOW)


def test_eligible_moves_on_and_stands(world: World) -> None:
    eligible = find_eligible(world, dana(world), at=NOW)
    assert (eligible.state, eligible.screening.decision, eligible.screening.decided_by_name) == (
        "screened",
        "eligible",
        "Ida Voss",
    )
    with pytest.raises(AlreadyDecided):
        screenings.decide_eligible(screening(world), reason="Again.", by=world.actor("intake_worker"), at=NOW)
    with pytest.raises(AlreadyDecided):
        answer(world, dana(world), at=NOW)
    assert told("ScreeningDecided", world) == 1


def test_a_decision_has_a_reason(world: World) -> None:
    answer(world, dana(world), at=NOW)
    with pytest.raises(MissingReason) as missing:
        screenings.decide_eligible(screening(world), reason=" ", by=world.actor("intake_worker"), at=NOW)
    assert missing.value.field == "reason"


def test_not_eligible_needs_a_criterion_that_is_not_met(world: World) -> None:
    answer(world, dana(world), at=NOW, willing=Answer.UNKNOWN)
    with pytest.raises(NotDecidable, match="find out"):
        not_eligible(world)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"next_step": ""}, "next_step"),
        ({"next_step": "nowhere"}, "next_step"),
        ({"next_step": "referred", "next_step_note": " "}, "next_step_note"),
        ({"next_step": "ask_again"}, "ask_again_on"),
    ],
    ids=["none", "not in the program", "a service without its name", "a day without a date"],
)
def test_not_eligible_never_ends_in_a_void(world: World, given: dict[str, Any], field: str) -> None:
    answer(world, dana(world), at=NOW, housing=Answer.NOT_MET)
    with pytest.raises(MissingNextStep) as missing:
        not_eligible(world, **given)
    assert missing.value.field == field
    assert dana(world).state == "contacted" and not screening(world).decision


def test_a_day_to_ask_again_is_still_to_come(world: World) -> None:
    answer(world, dana(world), at=NOW, housing=Answer.NOT_MET)
    with pytest.raises(InvalidDay):
        not_eligible(world, next_step="ask_again", ask_again_on=TODAY)
    assert not screening(world).decision


def test_not_eligible_closes_with_its_reason_and_next_step(world: World) -> None:
    answer(world, dana(world), at=NOW, housing=Answer.NOT_MET)
    day = TODAY + timedelta(days=60)
    not_eligible(world, next_step="ask_again", ask_again_on=day)
    closed = dana(world)
    assert (closed.state, closed.outcome, closed.outcome_note) == ("closed", "not_eligible", "No home needed.")
    assert (closed.ask_again_on, screening(world).next_step) == (day, "ask_again")


def test_a_closed_referral_is_not_screened(world: World) -> None:
    by = world.actor("intake_worker")
    referrals.close_referral(dana(world), outcome="declined", note="Not now.", by=by, at=NOW)
    with pytest.raises(WrongState):
        answer(world, dana(world), at=NOW)


def test_another_team_does_not_screen(world: World) -> None:
    answer(world, dana(world), at=NOW)
    stranger = world.actor("supervisor", outsider=True)
    with pytest.raises(Refused):
        screenings.decide_eligible(screening(world), reason="Fits.", by=stranger, at=NOW)
