"""Referrals: received once, tried, put on the waitlist, closed, asked again."""

from datetime import date, timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.clients.models import Client
from openmission.clients.policies import intake_in_reach
from openmission.clients.services.clients import ClientDetails, InvalidClient
from openmission.intake.models import Referral
from openmission.intake.selectors.referrals import WrongState
from openmission.intake.services import referrals
from openmission.intake.services.referrals import (
    AlreadyReferred,
    InvalidDay,
    MissingReason,
    NotOursToRefer,
    ReferralDetails,
)
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import Refused
from openmission.kernel.ids import new_id
from openmission.staff.viewers import actor_for
from tests.world.cast import NOW, TODAY, World
from tests.world.intake import enroll, find_eligible, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def dana(world: World) -> Referral:
    return Referral.objects.get(id=world.ids["referral"])


def receive(world: World, person: Any, **given: Any) -> Referral:
    details = ReferralDetails("shelter", reason="Asked for help.")
    by = given.pop("by", world.actor("intake_worker"))
    return referrals.receive_referral(person=person, team=world.north, details=details, by=by, at=NOW, **given)


def attempt(world: World, referral: Referral, *, reached: bool, **given: Any) -> Any:
    by = world.actor("intake_worker")
    return referrals.record_attempt(referral, how="phone", reached=reached, note=" rang ", by=by, at=NOW, **given)


def close(world: World, referral: Referral, **given: Any) -> None:
    given = {"outcome": "declined", "note": "Wants to think.", **given}
    referrals.close_referral(referral, **given, by=world.actor("intake_worker"), at=NOW)


@pytest.mark.parametrize(
    ("first", "last"),
    [("Sean", "O'Brien"), ("Lucía", "Núñez"), ("Prince", ""), ("Nguyễn Thị", "Minh Khai")],
    ids=["apostrophe", "accents", "one word", "several words"],
)
def test_odd_names_are_taken_as_they_are(world: World, first: str, last: str) -> None:
    made = receive(world, ClientDetails(first_name=first, last_name=last))
    assert (made.client.first_name, made.client.last_name, made.state) == (first, last, "received")
    assert intake_in_reach(world.actor("case_manager"), NOW).filter(id=made.client_id).exists()


def test_sending_twice_is_saving_once(world: World) -> None:
    ids = {"id": new_id(), "client_id": new_id()}
    person = ClientDetails(first_name="Twice")
    first, again = receive(world, person, **ids), receive(world, person, **ids)
    assert first == again
    assert Client.objects.filter(first_name="Twice").count() == 1
    assert RecordedEvent.objects.filter(kind="intake.ReferralReceived", client_id=first.client_id).count() == 1


def test_somebody_with_an_open_referral_is_not_referred_to_the_team_again(world: World) -> None:
    with pytest.raises(AlreadyReferred, match="Open that one instead"):
        receive(world, dana(world).client)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": "  "}, "first_name"),
        ({"birth_date": date(2027, 1, 1)}, "birth_date"),
        ({"phones": (("12", ""),)}, "phone"),
    ],
    ids=["no name", "born in the future", "half a phone number"],
)
def test_what_cannot_be_right_is_told_at_its_field_and_nothing_is_kept(
    world: World, wrong: dict[str, Any], field: str
) -> None:
    before = Client.objects.count(), Referral.objects.count()
    with pytest.raises(InvalidClient) as told:
        receive(world, ClientDetails(**{"first_name": "Wrong", **wrong}))
    assert told.value.field == field
    assert (Client.objects.count(), Referral.objects.count()) == before


def test_another_team_does_not_take_in_nor_work_our_referrals(world: World) -> None:
    stranger = world.actor("intake_worker", outsider=True)
    with pytest.raises(Refused):
        receive(world, ClientDetails(first_name="Ours"), by=stranger)
    with pytest.raises(Refused):
        referrals.record_attempt(dana(world), how="phone", reached=True, note="", by=stranger, at=NOW)
    with pytest.raises(Refused):
        referrals.close_referral(dana(world), outcome="declined", note="x", by=stranger, at=NOW)


def test_only_reaching_the_person_moves_the_referral_on(world: World) -> None:
    attempt(world, dana(world), reached=False)
    assert dana(world).state == "received"
    tried = attempt(world, dana(world), reached=True)
    assert (dana(world).state, tried.note, tried.by_name) == ("contacted", "rang", "Ida Voss")


def test_an_attempt_sent_twice_is_one(world: World) -> None:
    id = new_id()
    assert attempt(world, dana(world), reached=False, id=id) == attempt(world, dana(world), reached=False, id=id)
    assert dana(world).attempts.count() == 1


def test_a_try_of_earlier_has_its_own_moment(world: World) -> None:
    Referral.objects.update(received_at=NOW - DAY)
    earlier = NOW - timedelta(hours=3)
    assert attempt(world, dana(world), reached=False, tried_at=earlier).at == earlier
    assert attempt(world, dana(world), reached=False).at == NOW


@pytest.mark.parametrize("days", [timedelta(minutes=6), timedelta(days=400)], ids=["in a while", "next year"])
def test_a_try_to_come_is_no_try(world: World, days: timedelta) -> None:
    with pytest.raises(InvalidDay, match="still to come"):
        attempt(world, dana(world), reached=True, tried_at=NOW + days)
    assert dana(world).state == "received"


def test_a_try_does_not_come_before_the_referral(world: World) -> None:
    received = dana(world).received_at
    with pytest.raises(InvalidDay, match="before the referral"):
        attempt(world, dana(world), reached=True, tried_at=received - timedelta(minutes=2))
    the_minute = received.replace(second=0, microsecond=0)
    assert attempt(world, dana(world), reached=True, tried_at=the_minute).at == the_minute


def test_a_closed_referral_is_not_tried_any_more(world: World) -> None:
    close(world, dana(world))
    with pytest.raises(WrongState, match="moved on"):
        attempt(world, dana(world), reached=True)


def test_the_waitlist_is_for_those_found_eligible(world: World) -> None:
    by = world.actor("intake_worker")
    with pytest.raises(WrongState):
        referrals.put_on_waitlist(dana(world), by=by, at=NOW)
    eligible = find_eligible(world, dana(world), at=NOW)
    referrals.put_on_waitlist(eligible, by=by, at=NOW)
    referrals.put_on_waitlist(eligible, by=by, at=NOW + DAY)
    assert (dana(world).state, dana(world).waiting_since) == ("waiting", NOW)


def test_closing_asks_for_a_word_and_for_a_day_to_come(world: World) -> None:
    with pytest.raises(MissingReason) as told:
        close(world, dana(world), note="  ")
    assert told.value.field == "note"
    with pytest.raises(InvalidDay) as told_day:
        close(world, dana(world), ask_again_on=TODAY)
    assert told_day.value.field == "ask_again_on"
    assert dana(world).state == "received"


def test_closing_ends_the_reach_of_the_teams_case_managers(world: World) -> None:
    close(world, dana(world), ask_again_on=TODAY + DAY)
    close(world, dana(world), note="a second click")
    assert (dana(world).outcome, dana(world).outcome_note) == ("declined", "Wants to think.")
    assert not intake_in_reach(world.actor("case_manager"), NOW).filter(id=dana(world).client_id).exists()


def test_asking_again_opens_one_new_referral_with_the_same_source(world: World) -> None:
    close(world, dana(world), ask_again_on=TODAY + DAY)
    by = world.actor("intake_worker")
    again = referrals.reopen_referral(dana(world), by=by, at=NOW + DAY)
    assert (again.state, again.source, again.reason) == ("received", "shelter", dana(world).reason)
    assert again != dana(world) and dana(world).ask_again_on is None
    assert referrals.reopen_referral(dana(world), by=by, at=NOW + DAY) == again


def test_somebody_enrolled_is_not_asked_again(world: World) -> None:
    enrolled = enroll(world, ClientDetails(first_name="Enrolled"), at=NOW).referral
    with pytest.raises(WrongState):
        referrals.reopen_referral(enrolled, by=world.actor("intake_worker"), at=NOW)


def test_a_referral_of_another_team_is_another_referral(world: World) -> None:
    person = refer(world, ClientDetails(first_name="Both"), at=NOW).client
    details = ReferralDetails("court")
    south = referrals.receive_referral(person=person, team=world.south, details=details, by=SYSTEM, at=NOW)
    assert Referral.objects.filter(client=person).count() == 2 and south.team == world.south


@pytest.mark.parametrize("role", ["intake_worker", "case_manager", "supervisor"])
def test_a_client_of_another_team_is_theirs_to_refer(world: World, role: str) -> None:
    """Nor by an emergency, nor by asking again of somebody who came to us earlier."""
    by, luis = world.actor(role, outsider=True), Client.objects.get(id=world.ids["client"])
    details = ReferralDetails("court")
    with pytest.raises(NotOursToRefer, match="Another team serves"):
        referrals.receive_referral(person=luis, team=world.south, details=details, by=by, at=NOW)
    earlier = referrals.receive_referral(person=luis, team=world.south, details=details, by=SYSTEM, at=NOW)
    referrals.close_referral(earlier, outcome="declined", note="Not now.", by=by, at=NOW)
    with pytest.raises(NotOursToRefer, match="Another team serves"):
        referrals.reopen_referral(earlier, by=by, at=NOW)


def test_a_team_refers_its_own_client_again(world: World) -> None:
    """A case manager who is not on the care team has the client's team all the same."""
    luis, by = Client.objects.get(id=world.ids["client"]), actor_for(world.second_pair["case_manager"], on=TODAY)
    again = referrals.receive_referral(person=luis, team=world.north, details=ReferralDetails("self"), by=by, at=NOW)
    assert again.team == world.north
