"""The pages of a referral: try, close, ask again, waitlist, screen."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmission.audit.models import Access
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Referral
from openmission.intake.rules import Answer
from openmission.intake.services import referrals
from openmission.kernel.ids import new_id
from tests.world.cast import NOW, TODAY, World
from tests.world.intake import CRITERIA, answer, find_eligible, refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in: Any) -> Browser:
    return signed_in["intake_worker", False]


@pytest.fixture
def dana(world: World) -> Referral:
    return Referral.objects.get(id=world.ids["referral"])


def text(page: Any) -> str:
    return html.unescape(page.content.decode())


def answers(given: str = "met", **but: str) -> dict[str, str]:
    """A screening as it is sent."""
    sent = {f"{slug}-answer": but.get(slug, given) for slug in CRITERIA}
    sent |= {f"{slug}-kind": "self_report" for slug in CRITERIA}
    return {"program": "mission", **sent, "housing-text": "Under the bridge"}


def test_the_board_says_what_is_next(browser: Browser, dana: Referral) -> None:
    page = text(browser.get("/referrals/"))
    assert "Dana R." in page and "Nobody has tried yet" in page
    assert f'href="/referrals/{dana.id}/#reach"' in page
    assert "Rivera" not in page


def test_the_page_says_how_to_reach_them_safely(browser: Browser, dana: Referral) -> None:
    page = text(browser.get(f"/referrals/{dana.id}/"))
    for said in ("Dana Rivera", 'href="tel:5550104477"', "Texting is safe.", "Do not leave a message.", "Afternoons"):
        assert said in page
    assert "Ruth at the harbor shelter" in page and dana.reason in page


def test_a_try_is_written_down_once(browser: Browser, dana: Referral) -> None:
    sent = {"id": new_id(), "how": "phone", "reached": "yes", "note": "Wants to hear more."}
    for _ in range(2):
        assert browser.post(f"/referrals/{dana.id}/attempt/", sent).status_code == 302
    assert dana.attempts.get().note == "Wants to hear more."
    page = text(browser.get(f"/referrals/{dana.id}/"))
    assert "Phone: reached" in page and f'href="/referrals/{dana.id}/screening/"' in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"how": ""}, "Choose how you tried."),
        ({"reached": ""}, "Choose whether you reached them."),
        ({"day": "soon"}, "This is no day."),
        ({"day": TODAY, "time": "noonish"}, "This is no time."),
        ({"day": TODAY}, "Choose the time."),
        ({"day": "2199-12-31", "time": "23:59"}, "That moment is still to come."),
        ({"day": "0001-01-01", "time": "00:00"}, "This is no day."),
        ({"day": "2020-01-01", "time": "00:00"}, "That was before the referral came."),
    ],
    ids=["no way", "no result", "no day", "no time", "half a moment", "to come", "in no calendar", "long before"],
)
def test_a_try_that_lacks_something_keeps_its_note(
    browser: Browser, dana: Referral, wrong: dict[str, str], told: str
) -> None:
    sent = {"id": new_id(), "how": "text", "reached": "no", "note": "Wrote twice.", **wrong}
    page = browser.post(f"/referrals/{dana.id}/attempt/", sent)
    assert page.status_code == 422
    assert told in text(page) and "Wrote twice." in text(page) and str(sent["id"]) in text(page)


def test_a_try_of_yesterday_is_written_down_as_such(browser: Browser, dana: Referral) -> None:
    Referral.objects.update(received_at=NOW - timedelta(days=3))
    yesterday = timezone.localtime(NOW - timedelta(days=1))
    form = browser.get(f"/referrals/{dana.id}/").context["attempt_form"]
    assert (form["day"].value(), form["time"].value()) == (timezone.localdate(NOW), timezone.localtime(NOW).time())
    sent = {"id": new_id(), "how": "text", "reached": "no", "day": f"{yesterday:%Y-%m-%d}", "time": "16:20"}
    assert browser.post(f"/referrals/{dana.id}/attempt/", sent).status_code == 302
    assert dana.attempts.get().at == yesterday.replace(hour=16, minute=20, second=0, microsecond=0)


def test_a_try_on_a_referral_that_somebody_closed_meanwhile_says_so_and_keeps_the_note(
    browser: Browser, dana: Referral, world: World
) -> None:
    close = {"outcome": "declined", "note": "No.", "by": world.actor("supervisor"), "at": NOW}
    referrals.close_referral(dana, **close)
    sent = {"id": new_id(), "how": "text", "reached": "no", "note": "Wrote twice."}
    page = browser.post(f"/referrals/{dana.id}/attempt/", sent)
    assert page.status_code == 422 and "has moved on" in text(page) and "Wrote twice." in text(page)


def test_closing_and_asking_again(browser: Browser, dana: Referral) -> None:
    sent = {"outcome": "not_reached", "note": "Six tries.", "ask_again_on": TODAY + timedelta(days=30)}
    assert browser.post(f"/referrals/{dana.id}/close/", sent).status_code == 302
    page = text(browser.get(f"/referrals/{dana.id}/"))
    assert "Closed: Could not be reached" in page and "Six tries." in page and "23 Dec 2026" in page
    moved = browser.post(f"/referrals/{dana.id}/reopen/")
    again = Referral.objects.get(client=dana.client, state="received")
    assert moved.headers["Location"] == f"/referrals/{again.id}/"
    assert f"/referrals/{dana.id}/" in text(browser.get(f"/referrals/{again.id}/"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"outcome": ""}, "Choose what happened."),
        ({"outcome": "not_eligible"}, "no longer offered"),
        ({"note": " "}, "Write in a few words why"),
        ({"ask_again_on": "2026-11-01"}, "Choose a day that is still to come."),
        ({"ask_again_on": "spring"}, "This is no day."),
    ],
    ids=["no outcome", "an outcome of the screening", "no word", "a day that is over", "no day"],
)
def test_a_closing_that_lacks_something_keeps_what_was_typed(
    browser: Browser, dana: Referral, wrong: dict[str, str], told: str
) -> None:
    sent = {"outcome": "declined", "note": "Wants to think.", **wrong}
    page = browser.post(f"/referrals/{dana.id}/close/", sent)
    assert page.status_code == 422 and told in text(page)
    assert "note" in wrong or "Wants to think." in text(page)
    assert Referral.objects.get(id=dana.id).state == "received"


def test_answers_are_saved_in_several_sittings(browser: Browser, dana: Referral) -> None:
    here = f"/referrals/{dana.id}/screening/"
    assert browser.post(here, answers(willing="unknown") | {"step": "save"}).headers["Location"] == here
    page = text(browser.get(here))
    assert "Under the bridge" in page and "1 still unknown" in page
    assert "Find out first: Wants to take part." in page and "disabled" in page


def test_the_outlook_follows_the_answers_and_saves_nothing(browser: Browser, dana: Referral) -> None:
    here = f"/referrals/{dana.id}/screening/"
    ask = {"headers": {"HX-Request": "true"}}
    page = text(browser.post(here, answers() | {"step": "outlook"}, **ask))
    assert "Every criterion is met" in page and "MISSION fits" in page and "<html" not in page
    page = text(browser.post(here, answers(housing="not_met") | {"step": "outlook"}, **ask))
    assert "Not met: Housing" in page and "Given 988 and 211" in page
    own = {"step": "outlook", "reason": "My own words.", "proposed": "MISSION fits."}
    assert "My own words." in text(browser.post(here, answers(housing="not_met") | own, **ask))
    assert not hasattr(Referral.objects.get(id=dana.id), "screening")


def test_each_page_of_a_screening_is_one_look_and_its_answers_are_none(browser: Browser, dana: Referral) -> None:
    here, looks = f"/referrals/{dana.id}/screening/", Access.objects.filter(client_id=dana.client_id)
    steps = [
        (browser.get, {}, 200, 1),
        *[(browser.post, answers("unknown", **{slug: "met"}) | {"step": "outlook"}, 200, 0) for slug in CRITERIA],
        (browser.post, answers() | {"step": "save"}, 302, 0),
        (browser.get, {}, 200, 1),
        (browser.post, answers() | {"step": "eligible", "reason": " "}, 422, 1),
        (browser.post, answers() | {"step": "eligible", "reason": "Fits well."}, 302, 0),
    ]
    for ask, sent, status, shown in steps:
        before = looks.count()
        assert ask(here, sent).status_code == status
        assert looks.count() - before == shown, sent
    assert set(looks.values_list("page", "listed")) >= {("intake:screening", False)}


def test_eligible_in_one_sitting_then_the_waitlist_then_a_place(browser: Browser, dana: Referral) -> None:
    decided = browser.post(f"/referrals/{dana.id}/screening/", answers() | {"step": "eligible", "reason": "Fits well."})
    assert decided.headers["Location"] == f"/referrals/{dana.id}/"
    page = text(browser.get(f"/referrals/{dana.id}/"))
    assert "is there a place?" in page and "Fits well." in page
    for query in ("", "?program=linkage-only"):
        page = text(browser.get(f"/referrals/{dana.id}/screening/{query}"))
        assert "MISSION: Eligible" in page and "Under the bridge" in page
    for _ in range(2):
        browser.post(f"/referrals/{dana.id}/wait/")
    assert "Dana R." in text(browser.get("/referrals/waitlist/"))
    assert f'href="/referrals/{dana.id}/enroll/"' in text(browser.get(f"/referrals/{dana.id}/"))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (answers(willing="unknown") | {"step": "eligible", "reason": "Fits."}, "Not met or not known yet"),
        (answers() | {"step": "eligible", "reason": " "}, "Write the reason in words the person can read."),
        (answers() | {"step": "eligible", "reason": "Fits.", "housing-answer": "maybe"}, "no longer offered"),
        (answers(housing="not_met") | {"step": "not_eligible", "reason": "No."}, "Choose what happens next"),
        (
            answers(housing="not_met") | {"step": "not_eligible", "reason": "No.", "next_step": "referred"},
            "Write where the person was pointed to.",
        ),
        (
            answers(housing="not_met") | {"step": "not_eligible", "reason": "No.", "next_step": "ask_again"},
            "Choose the day on which we ask again.",
        ),
        (
            answers(housing="not_met")
            | {"step": "not_eligible", "reason": "No.", "next_step": "ask_again", "ask_again_on": "2026-01-01"},
            "Choose a day that is still to come.",
        ),
        (
            answers() | {"step": "not_eligible", "reason": "No.", "next_step": "help_lines"},
            "No criterion is marked as not met.",
        ),
        (
            answers() | {"step": "eligible", "reason": "Fits.", "willing-kind": ""},
            "Choose first what the answer rests on: ",
        ),
        (
            answers(housing="not_met")
            | {"step": "not_eligible", "reason": "No.", "next_step": "help_lines", "housing-kind": ""},
            "Choose first what the answer rests on: ",
        ),
    ],
    ids=[
        "unknown",
        "no reason",
        "no answer",
        "no step",
        "no place",
        "no day",
        "a day over",
        "all met",
        "resting on nothing",
        "not met, resting on nothing",
    ],
)
def test_a_decision_that_cannot_stand_says_why_and_keeps_everything(
    browser: Browser, dana: Referral, sent: dict[str, str], told: str
) -> None:
    page = browser.post(f"/referrals/{dana.id}/screening/", sent)
    assert page.status_code == 422 and told in text(page)
    assert "Under the bridge" in text(page)
    assert Referral.objects.get(id=dana.id).state in ("received", "contacted")


def test_not_eligible_closes_kindly(browser: Browser, dana: Referral) -> None:
    sent = answers(housing="not_met") | {"step": "not_eligible", "reason": "Has a home."}
    sent |= {"next_step": "referred", "next_step_note": "The clinic on Pier Street."}
    assert browser.post(f"/referrals/{dana.id}/screening/", sent).status_code == 302
    page = text(browser.get(f"/referrals/{dana.id}/"))
    for said in ("Closed: Not eligible", "Has a home.", "Introduced to another service", "The clinic on Pier Street."):
        assert said in page
    assert "already" in text(browser.post(f"/referrals/{dana.id}/screening/", sent))


def test_another_program_may_be_screened_for(browser: Browser, dana: Referral) -> None:
    page = text(browser.get(f"/referrals/{dana.id}/screening/?program=linkage-only"))
    assert 'name="program" value="linkage-only"' in page
    assert 'name="program" value="mission"' in text(browser.get(f"/referrals/{dana.id}/screening/?program=other"))


def test_who_is_to_be_asked_again_is_on_the_board(browser: Browser, world: World, dana: Referral) -> None:
    answer(world, dana, at=NOW, housing=Answer.UNKNOWN)
    days = timedelta(days=5)
    close = {"outcome": "declined", "note": "Later.", "ask_again_on": TODAY - timedelta(days=1)}
    referrals.close_referral(dana, **close, by=world.actor("intake_worker"), at=NOW - days)
    assert "Ask again today" in text(browser.get("/referrals/"))
    browser.post(f"/referrals/{dana.id}/reopen/")
    assert "Ask again today" not in text(browser.get("/referrals/"))


def test_pages_cost_the_same_with_more_referrals(browser: Browser, world: World) -> None:
    def costs() -> list[int]:
        found = []
        for page in ("/referrals/", "/referrals/waitlist/", f"/referrals/{world.ids['referral']}/"):
            with CaptureQueriesContext(connection) as queries:
                browser.get(page)
            found.append(len(queries))
        return found

    first = find_eligible(world, refer(world, ClientDetails(first_name="First"), at=NOW), at=NOW)
    referrals.put_on_waitlist(first, by=world.actor("intake_worker"), at=NOW)
    costs()
    few = costs()
    for number in range(6):
        eligible = find_eligible(world, refer(world, ClientDetails(first_name=f"Also {number}"), at=NOW), at=NOW)
        referrals.put_on_waitlist(eligible, by=world.actor("intake_worker"), at=NOW)
        refer(world, ClientDetails(first_name=f"New {number}"), at=NOW)
    assert costs() == few
