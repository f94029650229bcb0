"""A booster that was offered after a slip and not wanted: the line rests until the next slip, or until taken back."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from openmission.audit.models import RecordedEvent
from openmission.care.selectors.facts import standings
from openmission.care.services.phases import discharge_client
from openmission.delivery.models import DeclinedBooster
from openmission.delivery.services.boosters import InvalidOffer, decline_booster, take_back_decline
from openmission.intake.models import Enrollment
from openmission.kernel.errors import Refused
from tests.delivery.test_deliveries import deliver
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import CALM, people

pytestmark = pytest.mark.django_db
USED = {"exam": {**CALM, "use": "used"}}


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


@pytest.fixture
def member(world: World) -> Enrollment:
    """They told of a slip five days ago."""
    (found,) = people(world, 1)
    slip(world, found, 5)
    return found


def slip(world: World, member: Enrollment, ago: int) -> None:
    deliver(world, member, USED, on=NOW - timedelta(days=ago))


def offered(world: World, member: Enrollment, on: date = TODAY) -> bool:
    (standing,) = standings(world.actor("case_manager"), [member], on=on)
    return "delivery.booster" in {item.rule for item in standing.facts.raised}


def decline(world: World, member: Enrollment, ago: int = 0, **said: Any) -> DeclinedBooster:
    given: dict[str, Any] = {"curriculum": "drt", "by": world.actor("case_manager"), "at": NOW}
    return decline_booster(member, offered_on=day(ago), **(given | said))


def take_back(world: World, member: Enrollment, declined: DeclinedBooster) -> bool:
    return take_back_decline(member, id=declined.id, by=world.actor("case_manager"), at=NOW)


def events(kind: str) -> int:
    return RecordedEvent.objects.filter(kind=f"delivery.{kind}").count()


def test_the_line_rests_as_long_as_support_is_closer(world: World, member: Enrollment) -> None:
    assert offered(world, member)
    decline(world, member, ago=2)
    assert not any(offered(world, member, TODAY + timedelta(days=ahead)) for ahead in range(40))


def test_the_next_slip_offers_it_again(world: World, member: Enrollment) -> None:
    decline(world, member)
    slip(world, member, 0)
    assert offered(world, member)
    assert decline(world, member).after_on == TODAY
    assert not offered(world, member)


def test_a_slip_that_is_recorded_late_is_another_one(world: World, member: Enrollment) -> None:
    """It was told of before that no, which was about the one before."""
    decline(world, member, ago=2)
    slip(world, member, 3)
    assert offered(world, member)


def test_said_twice_it_is_once_and_taken_back_it_is_offered(world: World, member: Enrollment) -> None:
    first = decline(world, member, ago=1)
    assert decline(world, member, ago=1) == first
    assert (take_back(world, member, first), take_back(world, member, first)) == (True, False)
    assert offered(world, member)
    assert (events("BoosterDeclined"), events("BoosterDeclineTakenBack")) == (1, 1)
    decline(world, member, ago=1)
    assert (DeclinedBooster.objects.count(), offered(world, member)) == (2, False)


def test_taken_back_twice_an_older_word_stands(world: World, member: Enrollment) -> None:
    older = decline(world, member, ago=4)
    slip(world, member, 2)
    newer = decline(world, member, ago=1)
    assert (take_back(world, member, newer), take_back(world, member, newer)) == (True, False)
    older.refresh_from_db()
    assert older.taken_back_at is None


@pytest.mark.parametrize("ago", [pytest.param(6, id="before the slip"), pytest.param(-1, id="tomorrow")])
def test_the_day_is_one_since_the_slip(world: World, member: Enrollment, ago: int) -> None:
    with pytest.raises(InvalidOffer) as fault:
        decline(world, member, ago=ago)
    assert fault.value.field == "offered_on"


def test_nothing_is_declined_that_is_not_offered(world: World, member: Enrollment) -> None:
    with pytest.raises(InvalidOffer):
        decline(world, member, curriculum="peer")
    deliver(world, member, {"exam": CALM}, session="relapse_prevention")
    with pytest.raises(InvalidOffer):
        decline(world, member)


def test_it_is_the_word_of_who_serves_them(world: World, member: Enrollment) -> None:
    with pytest.raises(Refused):
        decline(world, member, by=world.actor("case_manager", outsider=True))
    discharge_client(
        member, discharge="moved", discharged_on=TODAY, note="Gone north.", by=world.actor("case_manager"), at=NOW
    )
    with pytest.raises(Refused):
        decline(world, member)


def test_the_pages_say_it_and_take_it_back(world: World, member: Enrollment) -> None:
    ana = Browser()
    ana.force_login(world.staff["case_manager"])
    course = reverse("delivery:course", args=[member.id])
    say = reverse("delivery:declined", args=[member.id, "drt"])
    line = reverse("care:defer", args=[member.id, "booster:drt"])
    session = reverse("delivery:session", args=[member.id, "drt"]) + "?session=relapse_prevention"
    for page in (course, line, session):
        assert say in shown(ana, page), page
    assert ana.post(say, {"offered_on": day(-3).isoformat()}).status_code == 422
    assert ana.post(say, {"offered_on": day(1).isoformat()}).status_code == 302
    page = shown(ana, course)
    assert "offered and not wanted" in page
    undo = reverse("delivery:declined_undo", args=[member.id, DeclinedBooster.objects.get().id])
    assert say not in page and undo in page
    assert "No booster is to be offered now" in shown(ana, say)
    assert "A booster was offered and not wanted." in shown(ana, reverse("desk:client", args=[member.client_id]))
    for _time in range(2):
        assert ana.post(undo).status_code == 302
    page = shown(ana, course)
    assert "offered and not wanted" not in page
    assert say in page


def shown(browser: Browser, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200, page
    return html.unescape(answer.content.decode())
