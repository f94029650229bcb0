"""What somebody else did meanwhile is told to who comes later, and what they typed stays."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import keep
from tests.browser.test_record_contact import NEW, SAVED, save

ASKED = "Pat Bell recorded a meeting with Luis M."
OVER = "This is no longer due. Somebody may have done it: have a look at your day."


def choose_luis(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("Luis M")).first.check()


def meet_luis_yesterday(page: Page, note: str) -> None:
    """At this time of yesterday, where no other test records anything."""
    page.goto(NEW)
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


def plan_tomorrow(page: Page) -> str:
    """The id of a new appointment with Luis, at an hour that no other test takes."""
    page.goto("/appointments/new/")
    choose_luis(page)
    tomorrow = page.evaluate("new Date(Date.now() + 86400000).toLocaleDateString('sv', {timeZone: 'America/New_York'})")
    page.locator("[name=next_day]").fill(tomorrow)
    page.locator("[name=next_time]").fill("04:20")
    id = page.locator("[name=id]").input_value()
    save(page)
    page.wait_for_url("**/day/")
    return id


def test_what_is_no_longer_due_is_told_beside_the_button(page_as: Callable[..., Page], paths: dict[str, str]) -> None:
    page = page_as("case_manager")
    planned = plan_tomorrow(page)
    page.goto(re.sub(r"[^/]+/later/$", f"appointment:{planned}/later/", paths["care:defer"]))
    page.get_by_role("radio", name="In 3 days").check()
    page.get_by_label("Why it can wait").press_sequentially("She is away.")
    elsewhere = page.context.new_page()
    elsewhere.goto(f"/appointments/{planned}/cancel/")
    elsewhere.get_by_label("Why it is cancelled").fill("Rain.")
    elsewhere.locator("main form button.btn-primary, main form button.btn-danger").first.click()
    elsewhere.wait_for_url(lambda url: "cancel" not in url)
    page.get_by_role("button", name="Put it off").click()
    expect(page.locator("main").get_by_role("status").filter(has_text=OVER)).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(page.get_by_label("Why it can wait")).to_have_value("She is away.")
    expect(page.get_by_role("radio", name="In 3 days")).to_be_checked()
    keep(page, "no-longer-due-360")
