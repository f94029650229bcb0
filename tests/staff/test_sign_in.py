"""The front door: password, second factor, lock-out, and the trace each leaves."""

import re
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from openmission.audit.models import RecordedEvent
from openmission.staff.models import Agency, User
from openmission.staff.services import accounts, sign_in
from tests.world.cast import NOW, PASSWORD, World

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.org"


@pytest.fixture(autouse=True)
def running_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guesses are counted by the computer's own clock, and the cache that keeps the count must go by the same."""
    for name in ("django.utils.timezone.now", "django.core.cache.backends.db.tz_now"):
        monkeypatch.setattr(name, lambda: datetime.now(UTC))


def try_in(browser: Client, password: str = PASSWORD, email: str = EMAIL, **more: str) -> Any:
    return browser.post("/sign-in/", {"login": email, "password": password, **more})


def is_in(browser: Client) -> bool:
    return browser.get("/staff/me/").status_code == 200


def text_of(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def events(kind: str) -> list[RecordedEvent]:
    return list(RecordedEvent.objects.filter(kind=f"staff.{kind}"))


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secret(world: World) -> str:
    """Ana has an authenticator app with this secret, and recovery codes."""
    secret = generate_totp_secret()
    TOTP.activate(world.staff["case_manager"], secret)
    RecoveryCodes.activate(world.staff["case_manager"])
    return secret


def test_the_right_password_opens_and_is_recorded(world: World) -> None:
    browser = Client()
    answer = try_in(browser, email="Ana@Example.org")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(browser)
    assert [event.by_name for event in events("SignedIn")] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("back", "goes"),
    [("/staff/cover/", "/staff/cover/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")],
    ids=["own page", "other site", "other site without scheme"],
)
def test_after_sign_in_one_is_where_one_wanted_to_be(world: World, back: str, goes: str) -> None:
    assert try_in(Client(), next=back).headers["Location"] == goes


def test_a_wrong_password_is_told_kindly_and_recorded_without_what_was_typed(world: World) -> None:
    answer = try_in(Client(), "quite another river")
    assert "do not go together" in text_of(answer)
    assert EMAIL in answer.content.decode(), "the address is not to be typed again"
    (event,) = events("SignInFailed")
    assert (event.by_id, event.data["name"]) == (None, "Ana Ruiz")
    assert "river" not in str(event.data)
    assert EMAIL not in str(event.data)


def test_an_unknown_address_is_told_the_same_and_not_kept(world: World) -> None:
    answer = try_in(Client(), email="stranger@example.org")
    assert "do not go together" in text_of(answer)
    (event,) = events("SignInFailed")
    assert event.data == {"user_id": None, "name": "", "second_factor": False}


def test_after_five_wrong_passwords_even_the_right_one_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Client()
    for _ in range(5):
        assert "do not go together" in text_of(try_in(browser, "wrong"))
    locked = try_in(browser)
    assert not is_in(browser)
    assert "sign-in waits five minutes" in text_of(locked)
    assert try_in(Client(), email="pat@example.org").status_code == 302, "colleagues are not locked out"
    later = time.time() + 301
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)
    assert try_in(browser).status_code == 302


def test_guesses_from_another_browser_count_too(world: World) -> None:
    for _ in range(5):
        try_in(Client(), "wrong")
    assert try_in(Client()).status_code == 200


def test_a_closed_account_says_so_to_who_knows_the_password(world: World) -> None:
    accounts.close_account(world.staff["case_manager"], by=world.actor("administrator"), at=NOW)
    browser = Client()
    try_in(browser)
    assert not is_in(browser)
    assert "This account is closed" in text_of(browser.get("/sign-in/"))


def test_closing_an_account_signs_out_at_once(world: World) -> None:
    browser = Client()
    try_in(browser)
    accounts.close_account(world.staff["case_manager"], by=world.actor("administrator"), at=NOW)
    assert not is_in(browser)


def test_a_new_password_signs_out_everywhere(world: World) -> None:
    browser = Client()
    try_in(browser)
    accounts.set_password(
        world.staff["case_manager"], password="another quiet harbor", by=world.actor("administrator"), at=NOW
    )
    assert not is_in(browser)


def test_signing_out_takes_a_button(world: World) -> None:
    browser = Client()
    try_in(browser)
    assert browser.get("/sign-out/").status_code == 200
    assert is_in(browser)
    browser.post("/sign-out/")
    assert not is_in(browser)
    assert len(events("SignedOut")) == 1


@pytest.mark.parametrize("path", ["/accounts/signup/", "/sign-up/", "/accounts/login/", "/password/reset/"])
def test_there_is_no_other_door(world: World, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_second_factor_is_asked_for(world: World, secret: str) -> None:
    browser = Client()
    assert try_in(browser).headers["Location"].startswith("/sign-in/second-factor/")
    assert not is_in(browser)
    browser.post("/sign-in/second-factor/", {"code": code_now(secret)})
    assert is_in(browser)
    assert len(events("SignedIn")) == 1


def test_a_recovery_code_opens_once(world: World, secret: str) -> None:
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for expected in (True, False):
        browser = Client()
        try_in(browser)
        browser.post("/sign-in/second-factor/", {"code": codes[0]})
        assert is_in(browser) is expected


def test_a_wrong_code_is_told_recorded_and_locks_after_five(world: World, secret: str) -> None:
    browser = Client()
    try_in(browser)
    wrong = "000000" if code_now(secret) != "000000" else "111111"
    for _ in range(5):
        assert "That code is not right" in text_of(browser.post("/sign-in/second-factor/", {"code": wrong}))
    assert "five minutes" in text_of(browser.post("/sign-in/second-factor/", {"code": code_now(secret)}))
    assert not is_in(browser)
    assert [event.data["second_factor"] for event in events("SignInFailed")] == [True] * 5


def test_second_factor_secrets_are_not_readable_in_the_database(world: World, secret: str) -> None:
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_an_app_is_set_up_after_showing_who_one_is(world: World, django_capture_on_commit_callbacks: Any) -> None:
    browser = Client()
    try_in(browser)
    asked = browser.get("/me/second-factor/app/")
    assert asked.headers["Location"].startswith("/me/confirm/")
    assert "not your password" in text_of(browser.post("/me/confirm/", {"password": "wrong"}))
    confirmed = browser.post("/me/confirm/?next=/me/second-factor/app/", {"password": PASSWORD})
    assert confirmed.headers["Location"] == "/me/second-factor/app/"
    page = browser.get("/me/second-factor/app/").content.decode()
    assert 'src="data:image/svg+xml' in page
    shown = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert shown
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/me/second-factor/app/", {"code": code_now(shown[1])})
    assert {event.data["factor"] for event in events("SecondFactorAdded")} == {"totp", "recovery_codes"}
    assert len(re.findall(r'class="secret"', browser.get("/me/second-factor/codes/").content.decode())) == 10
    browser.post("/me/second-factor/app/remove/")
    assert not Authenticator.objects.exists()
    assert "totp" in [event.data["factor"] for event in events("SecondFactorRemoved")]


def test_an_administrator_clears_a_lost_second_factor(world: World, secret: str) -> None:
    ana = world.staff["case_manager"]
    sign_in.clear_second_factors(ana, by=world.actor("administrator"), at=timezone.now())
    browser = Client()
    assert try_in(browser).headers["Location"] == "/"
    assert [event.data["name"] for event in events("SecondFactorsCleared")] == ["Ana Ruiz"]


def test_where_it_is_compulsory_who_has_none_is_led_to_set_one_up(world: World) -> None:
    Agency.objects.update(second_factor_required=True)
    browser = Client()
    try_in(browser)
    assert browser.get("/staff/me/").headers["Location"] == "/me/second-factor/"
    page = browser.get("/me/second-factor/")
    assert page.status_code == 200
    assert "Your agency asks everybody" in text_of(page)
    TOTP.activate(world.staff["case_manager"], generate_totp_secret())
    assert browser.get("/staff/me/").status_code == 200


def test_ones_own_password_is_changed(world: World) -> None:
    browser = Client()
    try_in(browser)
    new = {"oldpassword": PASSWORD, "password1": "a warm stove in spring", "password2": "a warm stove in spring"}
    weak = browser.post("/me/password/", new | {"password1": "short", "password2": "short"})
    assert "12 characters" in text_of(weak)
    assert browser.post("/me/password/", new).headers["Location"] == "/staff/me/"
    assert User.objects.get(email=EMAIL).check_password("a warm stove in spring")
    assert is_in(browser)
    assert len(events("OwnPasswordChanged")) == 1


@pytest.mark.parametrize("path", ["/sign-in/", "/me/second-factor/passkeys/add/", "/staff/me/"])
def test_a_page_runs_only_scripts_of_our_own(world: World, path: str) -> None:
    browser = Client()
    if path != "/sign-in/":
        try_in(browser)
        browser.post("/me/confirm/", {"password": PASSWORD})
    answer = browser.get(path)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for tag in re.findall(r"<script[^>]*>", answer.content.decode()):
        assert 'src="/static/' in tag or 'type="application/json"' in tag


def test_the_cookies_of_a_session_are_closed_to_scripts_and_end_with_the_browser(world: World) -> None:
    browser = Client()
    try_in(browser)
    cookie = browser.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"]) == (True, "Lax", "")
