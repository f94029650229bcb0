"""The page of a new referral: search before create, nothing lost, saved once."""

import html
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.clients.models import Client
from openmission.clients.policies import intake_in_reach
from openmission.clients.services import break_glass
from openmission.intake.models import Referral
from openmission.kernel.ids import new_id
from tests.world.cast import NOW, World
from tests.world.clients import LUCIA

pytestmark = pytest.mark.django_db
HERE = "/referrals/new/"


@pytest.fixture
def browser(signed_in: Any) -> Browser:
    return signed_in["intake_worker", False]


def typed(world: World, **given: Any) -> dict[str, Any]:
    """A form filled in: somebody new, brought by a shelter."""
    return {
        "id": new_id(),
        "client_id": new_id(),
        "team": world.north.id,
        "first_name": "Imani",
        "last_name": "Okafor",
        "birth_date": "1991-02-03",
        "phone": "555 010 9911",
        "source": "shelter",
        "source_name": "Ruth, day shelter",
        "source_phone": "555 010 2200",
        "reason": "Sleeps in the car since June.",
        "language": "es",
        "reach_note": "After four.",
        "may_text": "on",
        **given,
    }


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def assert_nothing_is_lost(answer: Any, sent: dict[str, Any], *but: str) -> None:
    """Every value that was typed stands on the page that came back."""
    page = text(answer)
    assert [name for name, value in sent.items() if name not in but and str(value) not in page] == []


def test_the_empty_page_carries_the_ids_of_what_it_will_make(browser: Browser) -> None:
    page = text(browser.get(HERE))
    assert 'name="id" value="0' in page and 'name="client_id" value="0' in page
    assert "Who is it?" in page and 'data-draft="referral:new"' in page


def test_somebody_new_is_saved_once_however_often_it_is_sent(browser: Browser, world: World) -> None:
    sent = typed(world)
    for _ in range(2):
        answer = browser.post(HERE, sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/referrals/{sent['id']}/")
    made = Referral.objects.get(id=sent["id"])
    assert (made.client_id, made.source_name, made.reason) == (
        sent["client_id"],
        sent["source_name"],
        sent["reason"],
    )
    assert (made.client.language, made.client.reach_note, made.client.may_text) == ("es", "After four.", True)
    assert made.client.phones.get().digits == "5550109911"
    assert Client.objects.filter(last_name="Okafor").count() == 1
    assert 'data-draft-saved="referral:new"' in text(browser.get(f"/referrals/{made.id}/"))


def test_one_word_is_a_name(browser: Browser, world: World) -> None:
    sent = typed(world, first_name="Nobody", last_name="", birth_date="", phone="")
    assert browser.post(HERE, sent).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"first_name": " "}, "Give a name. One word is enough."),
        ({"birth_date": "4/31/1986"}, "We could not read that day."),
        ({"birth_date": "2031-01-01"}, "Check the birth date: it is in the future"),
        ({"phone": "12"}, "“12” cannot be called: a phone number has 7 to 15 digits."),
        ({"phone": "abc"}, "“abc” cannot be called: a phone number has 7 to 15 digits."),
        ({"source": ""}, "Choose who brings them"),
        ({"id": "x"}, "valid UUID"),
    ],
    ids=["no name", "no such day", "a day to come", "half a number", "no number", "no source", "a broken id"],
)
def test_what_cannot_be_right_is_told_and_nothing_is_lost(
    browser: Browser, world: World, wrong: dict[str, Any], told: str
) -> None:
    before = Client.objects.count()
    sent = typed(world, **wrong)
    answer = browser.post(HERE, sent)
    assert answer.status_code == 422 and told in text(answer)
    assert "data-bound" in text(answer)
    assert_nothing_is_lost(answer, sent, "may_text", *wrong)
    assert Client.objects.count() == before


def test_a_phone_that_cannot_be_called_is_told_with_the_rest_and_kept(browser: Browser, world: World) -> None:
    sent = typed(world, first_name="Dana", last_name="Rivera", phone="abc", source="")
    answer = browser.post(HERE, sent)
    page = text(answer)
    for told in ("“abc” cannot be called", "Choose who brings them", "We may know this person already"):
        assert told in page, told
    assert_nothing_is_lost(answer, sent, "may_text")
    answer = browser.post(HERE, sent | {"step": "look"})
    assert answer.status_code == 422 and "“abc” cannot be called" in text(answer) and "Dana Rivera" in text(answer)
    assert_nothing_is_lost(answer, sent, "may_text")
    assert "Dana Rivera" in text(browser.post(HERE, sent | {"step": "look"}, headers={"HX-Request": "true"}))
    sean = world.ids["sean"]
    answer = browser.post(HERE, typed(world, first_name="Sean", last_name="O'Brien", person=sean, phone="abc"))
    assert answer.status_code == 422 and "“abc” cannot be called" in text(answer)


def test_looking_shows_who_it_may_be_and_keeps_what_was_typed(browser: Browser, world: World) -> None:
    sent = typed(world, first_name="Rivera", last_name="Dana", step="look")
    answer = browser.post(HERE, sent)
    page = text(answer)
    assert answer.status_code == 200
    assert "Is it one of these?" in page and "Dana Rivera" in page and "None of these" in page
    assert f"/referrals/{world.ids['referral']}/" in page
    assert_nothing_is_lost(answer, sent, "step", "may_text")
    assert "checked" in page.split('name="may_text"')[1][:60]


def test_looking_while_typing_answers_with_the_people_only(browser: Browser, world: World) -> None:
    sent = typed(world, first_name="Dana", last_name="", step="look")
    page = text(browser.post(HERE, sent, headers={"HX-Request": "true"}))
    assert "Dana Rivera" in page and "<html" not in page
    page = text(browser.post(HERE, sent | {"first_name": ""}, headers={"HX-Request": "true"}))
    assert "show up here" in page


def test_saving_asks_to_choose_when_somebody_is_alike(browser: Browser, world: World) -> None:
    sent = typed(world, first_name="Dana", last_name="Rivera")
    answer = browser.post(HERE, sent)
    assert answer.status_code == 422 and "We may know this person already" in text(answer)
    assert_nothing_is_lost(answer, sent, "may_text")
    unseen = browser.post(HERE, sent | {"person": "new"})
    assert unseen.status_code == 422
    dana = Referral.objects.get(id=world.ids["referral"]).client_id
    chosen = browser.post(HERE, sent | {"person": "new", "seen": dana})
    assert chosen.status_code == 302
    assert Client.objects.filter(first_name="Dana").count() == 2


def test_an_existing_person_is_referred_and_not_written_down_twice(browser: Browser, world: World) -> None:
    sean = world.ids["sean"]
    sent = typed(world, first_name="Sean", last_name="O'Brien", person=sean)
    assert browser.post(HERE, sent).status_code == 302
    assert Referral.objects.get(id=sent["id"]).client_id == sean
    assert not Client.objects.filter(id=sent["client_id"]).exists()


def test_an_open_referral_is_opened_not_doubled(browser: Browser, world: World) -> None:
    dana = Referral.objects.get(id=world.ids["referral"])
    answer = browser.post(HERE, typed(world, first_name="Dana", last_name="Rivera", person=dana.client_id))
    assert answer.status_code == 422 and "Open that one instead" in text(answer)
    assert f"/referrals/{dana.id}/" in text(answer)


@pytest.mark.parametrize(("role", "emergency"), [("intake_worker", False), ("case_manager", True)])
def test_somebody_out_of_reach_is_a_hint_and_no_dead_end(
    signed_in: Any, world: World, role: str, emergency: bool
) -> None:
    browser = signed_in[role, False]
    sent = typed(world, first_name="Lucía", last_name="Núñez", birth_date=LUCIA.birth_date)
    page = text(browser.post(HERE, sent | {"step": "look"}))
    assert "on record, out of your reach" in page and "privacy officer" in page
    assert (f"/clients/{world.ids['lucia']}/break-glass/" in page) is emergency
    assert browser.post(HERE, sent).status_code == 302


def test_the_team_is_asked_of_people_in_several_teams(browser: Browser, world: World) -> None:
    from openmission.kernel.actors import SYSTEM
    from openmission.staff.services import accounts
    from tests.world.cast import NOW

    accounts.give_role(world.staff["intake_worker"], role="intake_worker", team=world.south, by=SYSTEM, at=NOW)
    assert "For which team" in text(browser.get(HERE))
    sent = typed(world, team=world.south.id)
    assert browser.post(HERE, sent).status_code == 302
    assert Referral.objects.get(id=sent["id"]).team == world.south
    board = text(browser.get(f"/referrals/?team={world.south.id}"))
    assert "Imani O." in board and "Dana R." not in board
    assert "Dana R." in text(browser.get("/referrals/?team=nonsense"))


def test_a_team_that_is_not_ones_own_is_refused(browser: Browser, world: World) -> None:
    sent = typed(world, team=world.south.id)
    assert browser.post(HERE, sent).status_code == 422
    assert not Referral.objects.filter(id=sent["id"]).exists()


def test_emergency_access_brings_nobody_to_ones_own_team(signed_in: Any, world: World) -> None:
    """The access ends after hours; a referral would give the team a reach that stays."""
    ana, lucia = world.actor("case_manager"), world.ids["lucia"]
    break_glass.break_glass(client_id=lucia, reason="She fainted in our waiting room.", by=ana, at=NOW)
    person = {"first_name": "Lucía", "last_name": "Núñez", "birth_date": "1990-07-21", "phone": ""}
    sent = typed(world, **person, person=lucia, seen=[lucia])
    page = signed_in["case_manager", False].post(HERE, sent)
    assert page.status_code == 422
    assert "open to you for an emergency only" in html.unescape(page.content.decode())
    assert "Sleeps in the car" in page.content.decode()
    assert not Referral.objects.filter(client_id=lucia, team=world.north).exists()
    assert not intake_in_reach(world.actor("intake_worker"), NOW).filter(id=lucia).exists()
