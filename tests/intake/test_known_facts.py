"""What the referral's source knows stands beside each criterion, as a suggestion that somebody saves."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import CriterionAnswer, Referral
from openmission.intake.rules import Answer, KnownFact, suggested_answer
from openmission.intake.selectors.screenings import known_facts
from openmission.intake.services import referrals
from openmission.intake.services.referrals import ReferralDetails
from tests.world.cast import NOW, TODAY, World
from tests.world.intake import answer

pytestmark = pytest.mark.django_db
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN


def fact(about: str, answer: Answer = MET, says: str = "yes", day: date | None = TODAY) -> KnownFact:
    text = {"en": f"{about}: {says} (June 1)", "es": f"{about}: sí (1 de junio)"}
    return KnownFact(about, answer, "hmis_record", text, day)


def referred(world: World, *facts: KnownFact) -> Referral:
    details = ReferralDetails(source="hmis", source_name="INV1", reason="", facts=facts)
    person = ClientDetails(first_name="Ash", last_name="Known")
    by = world.actor("intake_worker")
    return referrals.receive_referral(person=person, team=world.north, details=details, by=by, at=NOW)


def sheet(signed_in: Any, referral: Referral) -> Any:
    browser: Browser = signed_in["intake_worker", False]
    return browser.get(f"/referrals/{referral.id}/screening/")


def shown(page: Any) -> dict[str, tuple[str, str, str]]:
    forms = {form.criterion.slug: form for form in page.context["sheet"].forms}
    return {slug: tuple(str(f[name].value() or "") for name in ("answer", "kind", "text")) for slug, f in forms.items()}


@pytest.mark.parametrize(
    ("answers", "suggested"),
    [([], UNKNOWN), ([MET], MET), ([MET, UNKNOWN], MET), ([MET, NOT_MET], UNKNOWN), ([NOT_MET, NOT_MET], NOT_MET)],
    ids=["nothing", "one", "one and no answer", "at odds", "agreed"],
)
def test_facts_determine_an_answer_when_they_agree(answers: list[Answer], suggested: Answer) -> None:
    assert suggested_answer(fact("housing", each) for each in answers) == suggested


def test_each_criterion_shows_its_facts_and_opens_with_what_they_determine(world: World, signed_in: Any) -> None:
    facts = fact("mental_health"), fact("homelessness", UNKNOWN), fact("homelessness", MET, "no home")
    referral = referred(world, *facts)
    assert known_facts(world.actor("intake_worker"), referral) == facts
    page = sheet(signed_in, referral)
    assert shown(page) == {
        "housing": ("met", "hmis_record", "homelessness: yes (June 1); homelessness: no home (June 1)"),
        "mental_health": ("met", "hmis_record", "mental_health: yes (June 1)"),
        "substance_use": ("unknown", "", ""),
        "willing": ("unknown", "", ""),
        "community": ("unknown", "", ""),
    }
    text = page.content.decode()
    assert text.count("What the record says") == text.count("Suggested: it counts once you save") == 2
    assert not CriterionAnswer.objects.filter(screening__referral=referral).exists()


def test_what_somebody_saved_goes_before_a_suggestion(world: World, signed_in: Any) -> None:
    referral = referred(world, fact("mental_health"))
    answer(world, referral, at=NOW, mental_health=NOT_MET)
    page = sheet(signed_in, referral)
    assert shown(page)["mental_health"] == ("not_met", "self_report", "")
    text = page.content.decode()
    assert "mental_health: yes (June 1)" in text
    assert "Suggested" not in text


def test_a_fact_that_determines_nothing_suggests_nothing(world: World, signed_in: Any) -> None:
    page = sheet(signed_in, referred(world, fact("homelessness", UNKNOWN, "housed")))
    assert shown(page)["housing"] == ("unknown", "", "")
    assert "homelessness: housed (June 1)" in page.content.decode()


def test_a_referral_by_hand_knows_nothing(world: World, signed_in: Any) -> None:
    page = sheet(signed_in, Referral.objects.get(id=world.ids["referral"]))
    assert "What the record says" not in page.content.decode()


def test_a_closed_referral_shows_no_answer_that_nobody_gave(world: World, signed_in: Any) -> None:
    referral = referred(world, fact("mental_health"), fact("substance_use"))
    answer(world, referral, at=NOW, mental_health=NOT_MET)
    CriterionAnswer.objects.filter(criterion="substance_use").delete()
    by = world.actor("intake_worker")
    referrals.close_referral(referral, outcome="declined", note="Not now.", by=by, at=NOW)
    answers = shown(sheet(signed_in, referral))
    assert answers["mental_health"] == ("not_met", "self_report", "")
    assert answers["substance_use"] == ("unknown", "", "")


def test_asked_again_it_is_still_known(world: World) -> None:
    by, referral = world.actor("intake_worker"), referred(world, fact("mental_health"))
    referrals.close_referral(referral, outcome="declined", note="Not now.", by=by, at=NOW)
    again = referrals.reopen_referral(referral, by=by, at=NOW)
    assert known_facts(by, again) == (fact("mental_health"),)


@pytest.mark.parametrize(
    ("day", "opens_with"),
    [
        (TODAY - timedelta(days=90), ("met", "hmis_record", "homelessness: yes (June 1)")),
        (TODAY - timedelta(days=91), ("unknown", "", "")),
        (None, ("unknown", "", "")),
    ],
    ids=["90 days", "91 days", "no day"],
)
def test_what_is_old_is_shown_and_suggests_nothing(
    world: World, signed_in: Any, day: date | None, opens_with: tuple[str, str, str]
) -> None:
    page = sheet(signed_in, referred(world, fact("homelessness", day=day)))
    assert shown(page)["housing"] == opens_with
    assert "homelessness: yes (June 1)" in page.content.decode()


def test_what_is_recent_suggests_whatever_older_records_say(world: World, signed_in: Any) -> None:
    old = fact("homelessness", NOT_MET, "housed", TODAY - timedelta(days=400))
    page = sheet(signed_in, referred(world, old, fact("homelessness", MET, "no home")))
    assert shown(page)["housing"] == ("met", "hmis_record", "homelessness: no home (June 1)")


def test_asked_again_a_year_later_it_suggests_nothing(world: World, signed_in: Any) -> None:
    by, referral = world.actor("intake_worker"), referred(world, fact("homelessness"))
    referrals.close_referral(referral, outcome="declined", note="Not now.", by=by, at=NOW)
    page = sheet(signed_in, referrals.reopen_referral(referral, by=by, at=NOW + timedelta(days=365)))
    assert shown(page)["housing"] == ("unknown", "", "")
    text = page.content.decode()
    assert "homelessness: yes (June 1)" in text and "Suggested" not in text


def test_facts_written_down_before_they_had_a_day_are_still_known(world: World) -> None:
    referral = referred(world, fact("homelessness", day=None))
    rows = json.loads(referral.facts)
    referral.facts = json.dumps([{name: value for name, value in row.items() if name != "day"} for row in rows])
    assert known_facts(world.actor("intake_worker"), referral) == (fact("homelessness", day=None),)
