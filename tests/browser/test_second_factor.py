"""A second factor, set up and used: with an app without JavaScript, with a passkey under the strict policy."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.looks import look
from tests.world.cast import PASSWORD, SECOND_PAIR


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def confirm(page: Page) -> None:
    """Show once more who one is."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_an_app_is_set_up_and_used_without_javascript(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, SECOND_PAIR["case_manager"])
    page.goto("/me/second-factor/")
    page.get_by_role("link", name="Set up the app").click()
    confirm(page)
    shown = re.search(r'class="secret">([A-Z2-7]+)<', page.content())
    assert shown
    page.get_by_label("Authenticator code").fill(code_now(shown[1]))
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in(page, SECOND_PAIR["case_manager"])
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    expect(page.get_by_role("button", name="Use my passkey")).to_be_hidden()
    page.get_by_label("Code").fill("12345")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    page.get_by_label("Code").fill(code_now(shown[1]))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/day/")
    page.goto("/staff/me/")
    expect(page.get_by_text("In use")).to_be_visible()


@pytest.fixture
def with_passkeys(new_page: Callable[..., Page]) -> Page:
    """A page on a device that has a fingerprint reader, always content."""
    page = new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def test_a_passkey_is_added_and_signs_in_alone(with_passkeys: Page) -> None:
    page = with_passkeys
    sign_in(page, SECOND_PAIR["peer_specialist"])
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/me/second-factor/passkeys/add/")
    confirm(page)
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Sign in with it alone").check()
    look(page, "passkey-add")
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.locator(".codes li")).to_have_count(10)
    look(page, "recovery-codes")
    page.goto("/me/second-factor/passkeys/")
    expect(page.get_by_text("My phone").first).to_be_visible()
    look(page, "passkeys")
    for link, name in (("Rename", "passkey-rename"), ("Remove", "passkey-remove")):
        page.goto("/me/second-factor/passkeys/")
        page.get_by_role("link", name=link).click()
        page.wait_for_url(lambda url: not url.endswith("/passkeys/"))
        look(page, name)
    for path, name in (("", "second-factor-set-up"), ("app/", "app-set-up"), ("codes/new/", "codes-new")):
        page.goto(f"/me/second-factor/{path}")
        look(page, name)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/staff/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text(SECOND_PAIR["peer_specialist"])
    sign_out(page)
    sign_in(page, SECOND_PAIR["peer_specialist"])
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    look(page, "one-more-step")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_a_passkey_that_is_not_there_is_told_kindly(with_passkeys: Page) -> None:
    page = with_passkeys
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
    look(page, "passkey-trouble")
