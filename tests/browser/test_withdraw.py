"""A contact recorded for the wrong client is taken back and recorded for the right one, with and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import look
from tests.browser.test_record_contact import SAVED, choose_luis, save


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_recorded_by_mistake_it_is_withdrawn_and_recorded_again(page_as: Callable[..., Page], scripts: bool) -> None:
    page, note = page_as("case_manager", java_script_enabled=scripts), f"By mistake, scripts {scripts}."
    choose_luis(page)
    page.get_by_role("radio", name="Home").check()
    page.get_by_role("radio", name="30", exact=True).check()
    page.get_by_label("Note").fill(note)
    save(page)
    page.wait_for_url(SAVED)
    page.get_by_role("link", name="Recorded by mistake").click()
    page.get_by_role("button", name="Withdraw the contact").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in a few words why.")
    page.get_by_label("What was wrong").fill("It was somebody else.")
    if scripts:
        look(page, "contact-withdraw")
    page.get_by_role("button", name="Withdraw the contact").click()
    page.wait_for_url(SAVED)
    expect(page.get_by_text("because: It was somebody else.")).to_be_visible()
    if scripts:
        look(page, "contact-withdrawn")
    page.get_by_role("link", name="Record it for the right client").click()
    expect(page.get_by_label("Note")).to_have_value(note)
    assert note not in page.url
    page.get_by_role("radio", name=re.compile("Luis M")).first.check()
    save(page)
    page.wait_for_url(SAVED)
    expect(page.get_by_text(note)).to_be_visible()
    expect(page.get_by_text("30 minutes")).to_be_visible()
