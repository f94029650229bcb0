"""The pages of staff and clients rooms, each looked at: at both widths, light and dark, without a fault for axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import look

PAGES = [
    ("case_manager", "/staff/me/", "me"),
    ("case_manager", "/me/password/", "password"),
    ("case_manager", "/me/second-factor/", "second-factor"),
    ("case_manager", "/me/confirm/?next=/me/second-factor/app/", "confirm"),
    ("supervisor", "/staff/cover/", "cover"),
    ("administrator", "/staff/accounts/", "accounts"),
    ("administrator", "/staff/accounts/add/", "account-add"),
    ("administrator", "/staff/teams/", "teams"),
    ("administrator", "/staff/settings/", "settings"),
    ("privacy_officer", "/clients/log/", "log-looks"),
    ("privacy_officer", "/clients/log/changes/", "log-changes"),
    ("privacy_officer", "/clients/log/changes/?q=dana", "log-search"),
    ("privacy_officer", "/clients/emergencies/", "emergencies"),
]


@pytest.mark.parametrize(("role", "path", "name"), PAGES, ids=[name for _role, _path, name in PAGES])
def test_a_page_can_be_used_by_everybody(page_as: Callable[..., Page], role: str, path: str, name: str) -> None:
    page = page_as(role)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, name)


def test_an_account_can_be_looked_after(page_as: Callable[..., Page]) -> None:
    page = page_as("administrator")
    page.goto("/staff/accounts/")
    page.get_by_role("link", name="Cal Otis").click()
    for summary in page.locator("main details summary").all():
        summary.click()
    look(page, "account")


def test_a_review_can_be_written(page_as: Callable[..., Page]) -> None:
    page = page_as("privacy_officer")
    page.goto("/clients/emergencies/")
    page.get_by_role("link", name="Review").first.click()
    look(page, "emergency")


def client_id(page_as: Callable[..., Page], name: str) -> str:
    page = page_as("privacy_officer")
    page.goto(f"/clients/log/?q={name}")
    address = page.locator("main .steps a").first.get_attribute("href") or ""
    return address.split("client=")[1][:36]


def test_details_can_be_changed(page_as: Callable[..., Page]) -> None:
    page = page_as("supervisor")
    page.goto(f"/clients/{client_id(page_as, 'sean')}/details/")
    look(page, "client-details")
    page.get_by_label("First name").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("First name")
    look(page, "client-details-fault")


def test_glass_can_be_broken(page_as: Callable[..., Page]) -> None:
    page = page_as("case_manager")
    page.goto(f"/clients/{client_id(page_as, 'lucia')}/break-glass/")
    look(page, "break-glass")
