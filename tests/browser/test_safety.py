"""Somebody is worried: the safety steps open, half is saved, the rest is done, and the day is calm again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import look

LINE = "A worry about safety on"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_worry_opens_the_steps_and_goes_only_by_closing_them(
    page_as: Callable[..., Page], paths: dict[str, str], scripts: bool
) -> None:
    page = page_as("peer_specialist", java_script_enabled=scripts)
    page.goto(paths["desk:client"])
    if scripts:
        look(page, "client-worried")
    page.get_by_role("button", name="I am worried about safety").click()
    expect(page.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    assert "Luis" not in page.title()
    if scripts:
        look(page, "safety")
    page.get_by_role("checkbox", name="Stay with the person").check()
    page.get_by_role("textbox", name="With whom").fill("We sit in the kitchen.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The steps stay open")).to_be_visible()
    expect(page.get_by_text("1 of 10 done")).to_be_visible()
    page.get_by_role("checkbox", name="Ask directly").check()
    if scripts:
        look(page, "safety-half")
    supervisor = page_as("supervisor", java_script_enabled=scripts)
    supervisor.goto("/day/")
    expect(supervisor.locator(".line").first).to_contain_text(LINE)
    if scripts:
        look(supervisor, "my-day-safety")
    supervisor.locator(".line").first.get_by_role("link", name="Hand on").click()
    expect(supervisor.get_by_role("heading", name="Hand it on")).to_be_visible()
    for step in ("Call your supervisor", "Agree on the next contact"):
        page.get_by_role("checkbox", name=step).check()
    page.get_by_text("A step did not fit").click()
    page.get_by_role("textbox", name="Why a step").fill("Her sister comes at five; there are no means.")
    page.get_by_role("button", name="Done: close it").click()
    expect(page.get_by_text("Pat Bell closed these steps")).to_be_visible()
    expect(page.get_by_text("We sit in the kitchen.")).to_be_visible()
    if scripts:
        look(page, "safety-closed")
    supervisor.goto("/day/")
    expect(supervisor.get_by_text(LINE)).to_have_count(0)
