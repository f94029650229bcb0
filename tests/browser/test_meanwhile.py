"""What somebody else did meanwhile is told to who comes later, and what they typed stays."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_record_contact import SAVED, choose_luis, save

ASKED = "Pat Bell recorded a meeting with Luis M."


def meet_luis_yesterday(page: Page, note: str) -> None:
    """At this time of yesterday, where no other test records anything."""
    choose_luis(page)
    for name in ("Office", "15"):
        page.get_by_role("radio", name=name).check()
    page.locator("[name=day]").evaluate("field => field.stepDown()")
    page.get_by_label("Note").press_sequentially(note)
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")
    save(page)


def test_who_goes_on_with_a_draft_is_asked_again_and_the_answer_outlives_a_bad_signal(
    page_as: Callable[..., Page],
) -> None:
    pat, ana = page_as("peer_specialist"), page_as("case_manager")
    meet_luis_yesterday(pat, "The one meeting.")
    pat.wait_for_url(SAVED)
    meet_luis_yesterday(ana, "The same meeting.")
    expect(ana.get_by_role("alert")).to_contain_text(ASKED)
    expect(ana.locator("[data-draft-state]")).to_have_text("Kept on this device")
    ana.goto("/day/")
    ana.get_by_role("link", name="Go on with it").click()
    expect(ana.get_by_label("Note")).to_have_value("The same meeting.")
    expect(ana.get_by_role("alert")).to_have_count(0)
    save(ana)
    expect(ana.get_by_role("alert")).to_contain_text(ASKED)
    ana.context.set_offline(True)
    save(ana)
    expect(ana.locator("[data-draft-state]")).to_contain_text("when the signal is back")
    ana.context.set_offline(False)
    ana.wait_for_url(SAVED)
