"""The front door."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in


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
