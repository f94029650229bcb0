"""A password that an administrator knows opens nothing but the page on which it is changed."""

from typing import Any

import pytest
from django.test import Client

from openmission.staff.models import Agency, User
from openmission.staff.services import accounts
from tests.world.cast import NOW, PASSWORD, World

pytestmark = pytest.mark.django_db
GIVEN, OWN = "a quiet harbor at noon", "a warm stove in spring"
CHANGE = "/me/password/"


def account(world: World) -> User:
    """Nia, whose account an administrator opened."""
    return accounts.open_account(
        agency=Agency.objects.get(),
        name="Nia Cole",
        email="nia@example.org",
        password=GIVEN,
        role="case_manager",
        team=world.north,
        by=world.actor("administrator"),
        at=NOW,
    )


def enter(email: str, password: str) -> Client:
    browser = Client()
    browser.post("/sign-in/", {"login": email, "password": password})
    return browser


def choose(browser: Client, old: str, new: str) -> Any:
    return browser.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_with_the_given_password_every_page_leads_to_changing_it(world: World) -> None:
    account(world)
    nia = enter("nia@example.org", GIVEN)
    for path in ("/", "/day/", "/staff/me/", f"/clients/{world.ids['client']}/", "/me/second-factor/"):
        assert (answer := nia.get(path)).status_code == 302, path
        assert answer.headers["Location"] == CHANGE
    page = nia.get(CHANGE)
    assert page.status_code == 200
    assert "Choose a password of your own" in page.content.decode()
    assert nia.get("/sign-out/").status_code == 200


def test_changed_everything_opens_and_stays_open(world: World) -> None:
    account(world)
    nia = enter("nia@example.org", GIVEN)
    assert choose(nia, GIVEN, OWN).headers["Location"] == "/staff/me/"
    assert nia.get("/day/").status_code == 200
    assert enter("nia@example.org", OWN).get("/day/").status_code == 200
    assert "of your own" not in nia.get(CHANGE).content.decode()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [(GIVEN, GIVEN, "the password you were given"), (GIVEN, "short", "12 characters"), ("wrong", OWN, "current")],
    ids=["the same again", "too short", "a wrong old one"],
)
def test_what_is_no_change_opens_nothing(world: World, old: str, new: str, says: str) -> None:
    account(world)
    nia = enter("nia@example.org", GIVEN)
    page = choose(nia, old, new).content.decode()
    assert says in page
    assert "Nothing you typed is lost" not in page
    assert nia.get("/day/").headers["Location"] == CHANGE


def test_a_new_password_from_the_administrator_is_a_given_one_too(world: World) -> None:
    accounts.set_password(world.staff["case_manager"], password=GIVEN, by=world.actor("administrator"), at=NOW)
    assert enter("ana@example.org", GIVEN).get("/day/").headers["Location"] == CHANGE


def test_ones_own_choice_is_ones_own(world: World) -> None:
    admin = world.staff["administrator"]
    accounts.set_password(admin, password=OWN, by=world.actor("administrator"), at=NOW)
    assert enter(admin.email, OWN).get("/staff/accounts/").status_code == 200


def test_the_practice_agency_does_not_ask(world: World) -> None:
    Agency.objects.update(is_practice=True)
    account(world)
    assert enter("nia@example.org", GIVEN).get("/day/").status_code == 200
    assert enter("ana@example.org", PASSWORD).get("/day/").status_code == 200


def test_the_password_goes_before_the_second_factor(world: World) -> None:
    Agency.objects.update(second_factor_required=True)
    account(world)
    nia = enter("nia@example.org", GIVEN)
    assert nia.get("/day/").headers["Location"] == CHANGE
    choose(nia, GIVEN, OWN)
    assert nia.get("/day/").headers["Location"] == "/me/second-factor/"
