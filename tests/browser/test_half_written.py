"""My day mentions the contact that somebody left half typed, on that device and to them alone."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in, with_family
from tests.browser.looks import look

LINE = "You have a half-written contact on this device."


def half_type(page: Page, path: str, note: str) -> None:
    page.goto(path)
    page.get_by_label("Note").press_sequentially(note)
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")


def test_my_day_leads_back_to_what_is_half_typed_until_it_is_saved(
    page_as: Callable[..., Page], paths: dict[str, str]
) -> None:
    page, client = page_as("case_manager"), paths["desk:client"].split("/")[-2]
    page.goto("/day/")
    expect(page.get_by_text(LINE)).to_have_count(0)
    half_type(page, f"/contacts/new/?client={client}", "He wants to see")
    half_type(page, "/contacts/new/", "Another one")
    page.goto("/day/")
    expect(page.get_by_text(LINE)).to_have_count(2)
    look(page, "half-written")
    page.locator(f'a[href$="?client={client}"]', has_text="Go on with it").click()
    expect(page.get_by_label("Note")).to_have_value("He wants to see")
    with_family(page)
    for name in ("Office", "15"):
        page.get_by_role("radio", name=name).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/day/")
    expect(page.get_by_text(LINE)).to_have_count(1)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Note")).to_have_value("Another one")
    page.goto("/day/")
    page.on("dialog", lambda sure: sure.accept())
    page.get_by_role("button", name="Discard draft").click()
    expect(page.get_by_text(LINE)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="My day")).to_be_visible()
    expect(page.get_by_text(LINE)).to_have_count(0)


def test_a_colleague_on_the_same_device_is_not_told(page_as: Callable[..., Page], paths: dict[str, str]) -> None:
    page = page_as("case_manager")
    half_type(page, f"/contacts/new/?client={paths['desk:client'].split('/')[-2]}", "Luis wants to see")
    held = json.dumps(json.loads(page.evaluate("JSON.stringify(localStorage)")))
    assert "Luis" not in held and "Mar" not in held
    page.context.clear_cookies()
    sign_in(page, "Pat Bell")
    page.wait_for_url("**/day/")
    expect(page.get_by_role("heading", name="My day")).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.get_by_text(LINE)).to_have_count(0)
    page.context.clear_cookies()
    sign_in(page, "Ana Ruiz")
    page.wait_for_url("**/day/")
    expect(page.get_by_text(LINE)).to_have_count(1)
