"""The chain of the workbook on a phone: the peer writes, lines come and go, a draft survives, rulers follow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.looks import look

SAVED = re.compile(r"life_problem_areas/\?taking=1")
RULERS = ["I sleep in my car.", "I lost my job.", "I miss my son."]


@pytest.fixture
def peer(page_as: Callable[..., Page]) -> Page:
    return page_as("peer_specialist", has_touch=True)


def lines(page: Page) -> Locator:
    return page.locator("[data-rows=problems] > [data-row]")


def problem(page: Page, place: int) -> Locator:
    return lines(page).nth(place).get_by_label("The problem")


def kept(page: Page) -> None:
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")


def test_what_is_typed_while_it_is_being_saved_stays(peer: Page, paths: dict[str, str]) -> None:
    """A slow signal: the pen does not wait. What a colleague wrote meanwhile stays too."""
    peer.goto(f"{paths['workbook:book']}thinking_patterns/?language=en")
    areas = peer.locator("form.sheet textarea")
    areas.first.fill("Saved at once.")
    waiting: list[Route] = []
    peer.route("**/thinking_patterns/", lambda route: waiting.append(route))
    peer.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
    expect(peer.locator("[data-draft-state]")).to_have_text("Saving…")
    areas.first.press_sequentially(" And more")
    peer.get_by_role("button", name="Add a line").last.click()
    last = peer.locator("form.sheet [data-row]").last.locator("textarea").first
    last.fill("A new line.")
    waiting.pop().continue_()
    peer.wait_for_url(re.compile(r"\?taking=1"))
    kept(peer)
    expect(peer.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(peer.locator("form.sheet textarea").first).to_have_value("Saved at once. And more")
    expect(peer.locator("form.sheet [data-row]").last.locator("textarea").first).to_have_value("A new line.")
    peer.unroute("**/thinking_patterns/")
    peer.reload()
    expect(peer.locator("form.sheet textarea").first).to_have_value("Saved at once. And more")
    peer.get_by_role("button", name="Save", exact=True).click()
    expect(peer.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(peer.get_by_text("Changed while you had it open")).to_have_count(0)
    peer.reload()
    expect(peer.locator("form.sheet textarea").first).to_have_value("Saved at once. And more")
    expect(peer.get_by_text("A new line.")).to_be_visible()


def test_problems_named_with_the_peer_become_rulers(peer: Page, paths: dict[str, str]) -> None:
    sheet = f"{paths['workbook:book']}life_problem_areas/?language=en"
    peer.goto(sheet)
    expect(lines(peer)).to_have_count(3)  # two problems, and an empty line
    problem(peer, 2).fill("I miss my son.")
    peer.get_by_role("button", name="Add a line").click()
    expect(lines(peer).nth(3).get_by_label("Part of life")).to_be_focused()
    peer.keyboard.press("Tab")
    peer.keyboard.type("I owe my sister money.")
    peer.keyboard.press("Tab")  # into the first scale, where nothing is marked yet
    for _number in range(5):
        peer.keyboard.press("ArrowRight")
    kept(peer)

    peer.reload()  # what was typed is back, with the line that the script had added
    expect(lines(peer)).to_have_count(4)
    expect(problem(peer, 2)).to_have_value("I miss my son.")
    expect(problem(peer, 3)).to_have_value("I owe my sister money.")
    expect(lines(peer).nth(3).get_by_role("radio", name="4 a lot").first).to_be_checked()
    lines(peer).nth(3).get_by_role("button", name="Remove this line").click()
    expect(lines(peer)).to_have_count(3)
    expect(lines(peer).nth(2).get_by_label("Part of life")).to_be_focused()
    kept(peer)
    peer.reload()
    expect(lines(peer)).to_have_count(3)

    peer.get_by_role("button", name="Save: ready for the session").click()
    peer.wait_for_url(SAVED)
    expect(peer.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(peer.get_by_role("complementary").get_by_text("Ready", exact=True).first).to_be_visible()

    peer.goto(f"{paths['workbook:book']}readiness_rulers/?language=en")
    rulers = peer.locator("[data-rows=rulers] > [data-row]")
    assert [rulers.nth(at).locator("legend").first.inner_text() for at in range(rulers.count())] == RULERS
    newest = peer.get_by_role("group", name="I miss my son.")
    expect(newest.get_by_role("radio", name="no number", checked=True)).to_have_count(3)
    importance = newest.get_by_role("group", name="How much it matters to me to change this")
    importance.get_by_role("radio", name="7", exact=True).check()
    peer.get_by_role("button", name="Save", exact=True).click()
    peer.wait_for_url(re.compile("taking=1"))

    peer.get_by_role("button", name="Fill in again").click()
    expect(peer.get_by_role("heading", name="What has moved")).to_be_visible()
    newest.get_by_role("group", name=re.compile("How much it matters")).get_by_role("radio", name="9").check()
    peer.get_by_role("button", name="Save", exact=True).click()
    expect(peer.get_by_role("cell", name="+2")).to_be_visible()
    look(peer, "workbook-rulers-moved")


def test_the_peer_prepares_session_five_and_the_case_manager_sees_it_ready(
    page_as: Callable[..., Page], paths: dict[str, str]
) -> None:
    book, peer, manager = paths["workbook:book"], page_as("peer_specialist"), page_as("case_manager")
    named = rulers_of(peer, book)
    peer.goto(f"{book}decisional_balance/?language=en")
    choices = peer.get_by_role("group", name=re.compile("^The biggest problem for me"))
    expect(choices.get_by_role("radio", name=named[0])).to_be_visible()
    choices.get_by_role("radio", name=named[0]).check()
    peer.get_by_role("button", name="Save: ready for the session").click()
    peer.wait_for_url(re.compile(r"decisional_balance/\?taking=1"))
    manager.goto(book)
    card = manager.get_by_role("listitem").filter(has_text="Session 5")
    expect(card.get_by_text("Ready", exact=True)).to_be_visible()

    manager.goto(f"{book}life_problem_areas/?language=en")
    manager.get_by_role("button", name="Add a line").click()
    lines(manager).last.get_by_label("The problem").fill("My knee hurts at work.")
    manager.get_by_role("button", name="Save", exact=True).click()
    manager.wait_for_url(SAVED)
    assert rulers_of(peer, book) == [*named, "My knee hurts at work."]
    added = peer.get_by_role("group", name="My knee hurts at work.")
    expect(added.get_by_role("radio", name="no number", checked=True)).to_have_count(3)


def rulers_of(page: Page, book: str) -> list[str]:
    """The problems for which the sheet of session 3 has rulers."""
    page.goto(f"{book}readiness_rulers/?language=en")
    rulers = page.locator("[data-rows=rulers] > [data-row]")
    expect(rulers.first).to_be_visible()
    return [rulers.nth(at).locator("legend").first.inner_text() for at in range(rulers.count())]


def test_without_a_script_lines_are_added_and_nothing_is_lost(
    page_as: Callable[..., Page], paths: dict[str, str]
) -> None:
    page = page_as("peer_specialist", java_script_enabled=False)
    page.goto(f"{paths['workbook:book']}recovery_plan/?language=en")
    place = page.locator("[data-rows=places] > [data-row] textarea")
    place.nth(0).fill("The clinic on Main Street")
    page.get_by_role("button", name="Add a line").click()
    expect(place.nth(0)).to_have_value("The clinic on Main Street")
    place.nth(1).fill("The drop-in")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile("taking=1"))
    expect(place.nth(1)).to_have_value("The drop-in")
