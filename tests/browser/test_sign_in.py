"""The front door."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.looks import look


def test_the_sign_in_page_can_be_used_by_everybody(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/sign-in/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "sign-in")


def test_a_wrong_password_is_answered_and_opens_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    sign_in(page, "Ana", "not the password")
    expect(page.locator("input[name=password]")).to_be_visible()
    expect(page.locator("body")).to_contain_text("do not go together")
    page.goto("/me/second-factor/")
    expect(page.locator("input[name=password]")).to_be_visible()


def test_the_right_password_opens(page_as: Callable[..., Page]) -> None:
    page = page_as("case_manager")
    page.goto("/me/password/")
    expect(page.locator("input[name=oldpassword]")).to_be_visible()
