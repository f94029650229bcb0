"""The board, the waitlist, who asks again, loads, lookalikes: what is shown, to whom, at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Referral
from openmission.intake.selectors import referrals as selectors
from openmission.intake.selectors.enrollments import loads
from openmission.intake.selectors.lookalikes import alike
from openmission.intake.services import enrollments, referrals
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from tests.world.cast import NOW, TODAY, World
from tests.world.clients import LUCIA, SEAN
from tests.world.intake import DANA, enroll, find_eligible, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def named(world: World, name: str, days_ago: int = 0) -> Referral:
    return refer(world, ClientDetails(first_name=name), at=NOW - days_ago * DAY)


def on_board(viewer: Actor, **asked: object) -> dict[str, list[str]]:
    columns = selectors.board(viewer, **asked)  # type: ignore[arg-type]
    return {column.slug: [card.client.first_name for card in column.cards] for column in columns}


def test_each_referral_stands_in_its_column_and_who_waited_longest_on_top(world: World) -> None:
    worker = world.actor("intake_worker")
    named(world, "Early", days_ago=9)
    talked = named(world, "Talked")
    referrals.record_attempt(talked, how="text", reached=True, note="", by=worker, at=NOW)
    find_eligible(world, named(world, "Fits"), at=NOW)
    waiting = find_eligible(world, named(world, "Waits"), at=NOW)
    referrals.put_on_waitlist(waiting, by=worker, at=NOW)
    gone = named(world, "Gone")
    referrals.close_referral(gone, outcome="declined", note="No.", by=worker, at=NOW)
    board = on_board(worker)
    assert board["received"][0] == "Early" and {"Dana", "Ocean"} <= set(board["received"])
    assert (board["contacted"], board["screened"]) == (["Talked"], ["Fits"])
    assert {"Waits", "Gone"} <= set(board["decided"]) and "Luis" not in board["decided"]
    assert [referral.client.first_name for referral in selectors.waitlist(worker)] == ["Waits"]
    assert list(on_board(worker, only="screened")) == ["screened"]


def test_tries_are_counted(world: World) -> None:
    referral, worker = named(world, "Tried"), world.actor("intake_worker")
    Referral.objects.filter(id=referral.id).update(received_at=NOW - 4 * DAY)
    referral.refresh_from_db()
    for days in (3, 1):
        referrals.record_attempt(referral, how="phone", reached=False, note="", by=worker, at=NOW - days * DAY)
    card = next(card for card in selectors.board(worker)[0].cards if card.id == referral.id)
    assert (card.tries, card.last_try_at) == (2, NOW - DAY)  # type: ignore[attr-defined]


def test_the_other_team_sees_its_own_referrals_only(world: World) -> None:
    stranger = world.actor("intake_worker", outsider=True)
    assert "Dana" not in on_board(stranger)["received"]
    assert not any(on_board(stranger, team_id=world.north.id).values())
    with pytest.raises(NotFound):
        selectors.get_referral(stranger, world.ids["referral"])


def test_a_case_manager_sees_no_card_that_does_not_open(world: World) -> None:
    mine = enroll(world, ClientDetails(first_name="Mine"), at=NOW)
    other = enroll(world, ClientDetails(first_name="Other"), at=NOW)
    enrollments.assign_pair(other, pair=world.second_pair, by=world.actor("supervisor"), at=NOW)
    viewer = world.actor("case_manager")
    decided = on_board(viewer)["decided"]
    assert "Mine" in decided and "Other" not in decided
    assert selectors.get_referral(viewer, mine.referral_id)
    with pytest.raises(NotFound):
        selectors.get_referral(viewer, other.referral_id)
    assert "Other" in on_board(world.actor("intake_worker"))["decided"]


def test_who_is_to_be_asked_again_shows_on_the_day_until_they_are_back(world: World) -> None:
    referral, worker = named(world, "Later"), world.actor("intake_worker")
    close = {"outcome": "declined", "note": "In spring.", "ask_again_on": TODAY + DAY}
    referrals.close_referral(referral, **close, by=worker, at=NOW)  # type: ignore[arg-type]
    assert selectors.to_ask_again(worker, at=NOW) == []
    assert selectors.to_ask_again(worker, at=NOW + DAY) == [referral]
    assert selectors.to_ask_again(world.actor("intake_worker", outsider=True), at=NOW + DAY) == []
    details = referrals.ReferralDetails("self")
    referrals.receive_referral(person=referral.client, team=world.north, details=details, by=worker, at=NOW)
    assert selectors.to_ask_again(worker, at=NOW + DAY) == []


def test_the_board_costs_the_same_with_more_referrals(world: World) -> None:
    viewer = world.actor("intake_worker")
    with CaptureQueriesContext(
        connection,
    ) as few:
        selectors.board(viewer)
    for number in range(12):
        named(world, f"Person {number}")
    with CaptureQueriesContext(connection) as many:
        selectors.board(viewer)
    assert len(many) == len(few) <= 6


def test_a_full_column_says_how_many_there_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "COLUMN", 1)
    worker = world.actor("intake_worker")
    received = selectors.board(worker)[0]
    assert len(received.cards) == 1 and received.total >= 2
    assert len(selectors.board(worker, only="received")[0].cards) == received.total


def test_loads_are_counted_by_role_with_the_lightest_first(world: World) -> None:
    enroll(world, ClientDetails(first_name="One more"), at=NOW)
    found = loads(world.actor("supervisor"), team_id=world.north.id, on=TODAY)
    assert [(load.name, load.clients) for load in found["case_manager"]] == [("Bea Novak", 1), ("Ana Ruiz", 2)]
    assert {load.name for load in found["peer_specialist"]} == {"Pat Bell", "Ben Ortiz"}


def test_a_lookalike_tells_of_an_open_referral_and_of_an_enrollment(world: World) -> None:
    viewer = world.actor("supervisor")
    dana = alike(viewer, name="dana rivera", birth_date=None, phone="").candidates[0]
    assert dana.referral and dana.referral.id == world.ids["referral"] and dana.enrollment is None
    sean = alike(viewer, name="obrien", birth_date=SEAN.birth_date, phone="").candidates[0]
    assert sean.enrollment and sean.referral is None


@pytest.mark.parametrize(
    ("name", "phone", "hinted"),
    [("Lucía Núñez", "", True), ("Lucia Nunez", "", True), ("Lucía", "", True), ("Marta Núñez", "", False)],
)
def test_somebody_out_of_reach_is_hinted_at_only_when_surely_the_same(
    world: World, name: str, phone: str, hinted: bool
) -> None:
    found = alike(world.actor("intake_worker"), name=name, birth_date=LUCIA.birth_date, phone=phone)
    assert found.candidates == ()
    assert found.outside_id == (world.ids["lucia"] if hinted else None)


def test_many_who_share_a_first_name_are_not_all_asked_about(world: World) -> None:
    for number in range(5):
        refer(world, ClientDetails(first_name=DANA.first_name, last_name=f"Other{number}"), at=NOW)
    found = alike(world.actor("intake_worker"), name="Dana Rivera", birth_date=None, phone="")
    assert [candidate.client.last_name for candidate in found.candidates] == ["Rivera"]
    assert alike(world.actor("intake_worker"), name="Dana Newman", birth_date=None, phone="").candidates == ()


def test_looking_for_lookalikes_costs_the_same_with_more_people(world: World) -> None:
    viewer = world.actor("intake_worker")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            alike(viewer, name="Dana", birth_date=DANA.birth_date, phone="555 010 4477")
        return len(queries)

    few = cost()
    for number in range(8):
        refer(world, ClientDetails(first_name="Dana", last_name=f"Number {number}"), at=NOW)
    assert cost() == few
