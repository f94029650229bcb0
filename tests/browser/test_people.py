"""Journeys of the staff and clients rooms: what a page shows only after a step."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import look


def test_an_account_can_be_looked_after(page_as: Callable[..., Page]) -> None:
    page = page_as("administrator")
    page.goto("/staff/accounts/")
    page.get_by_role("link", name="Cal Otis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cal Otis")
    for summary in page.locator("main details summary").all():
        summary.click()
    look(page, "account")


def test_a_first_password_is_shown_to_hand_over(page_as: Callable[..., Page]) -> None:
    page = page_as("administrator")
    page.goto("/staff/accounts/add/")
    page.get_by_label("Name", exact=True).fill("Nia Cole")
    page.get_by_label("E-mail address").fill("nia@example.org")
    page.get_by_label("Role").select_option("privacy_officer")
    page.get_by_role("button", name="Add the account").click()
    expect(page.locator("code.secret")).to_have_text(re.compile(r"^(\w{4}-){3}\w{4}$"))
    look(page, "password-once")


def test_a_review_can_be_written(page_as: Callable[..., Page]) -> None:
    page = page_as("privacy_officer")
    page.goto("/clients/emergencies/")
    page.get_by_role("link", name="Review").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of an emergency access")
    look(page, "emergency")


def client_id(page_as: Callable[..., Page], name: str) -> str:
    page = page_as("privacy_officer")
    page.goto(f"/clients/log/?q={name}")
    return page.locator("main input[name=client]").get_attribute("value") or ""


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
    page.get_by_label("Why you need to open it now").fill("She collapsed at our door.")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("status").first).to_contain_text("open to you for 4 hours")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lucía")


def test_a_colleague_who_was_quicker_is_told_and_nothing_typed_is_lost(page_as: Callable[..., Page]) -> None:
    path = f"/clients/{client_id(page_as, 'Luis')}/details/"
    ana, pat = page_as("case_manager"), page_as("peer_specialist")
    for page in (ana, pat):
        page.goto(path)
    ana.get_by_label("How to reach them safely").fill("Never call.")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Saved.")).to_be_visible()
    pat.get_by_label("Pronouns").fill("he")
    pat.get_by_role("button", name="Save").click()
    expect(pat.get_by_text("It says now: Never call.")).to_be_visible()
    expect(pat.get_by_label("Pronouns")).to_have_value("he")
    look(pat, "details-changed-meanwhile")
    pat.get_by_label("How to reach them safely").fill("Never call.")
    pat.get_by_role("button", name="Save").click()
    expect(pat.get_by_text("Saved.")).to_be_visible()
    expect(pat.get_by_label("How to reach them safely")).to_have_value("Never call.")
