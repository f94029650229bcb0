"""What has the focus is in sight: the bar that stays at the foot of the screen covers none of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

COVERED = """() => {
  const [focused, bar] = [document.activeElement, document.querySelector("main .sticky")];
  if (focused === document.body || bar.contains(focused)) return "";
  const [box, edge] = [focused.closest(".chip") ?? focused, bar].map((each) => each.getBoundingClientRect());
  const seen = box.height > innerHeight - edge.height || box.bottom <= edge.top || box.top >= edge.bottom;
  return seen ? "" : `${focused.tagName} ${focused.name} ${focused.textContent.trim()}`;
}"""


def covered(page: Page, key: str) -> list[str]:
    """What was covered on the way through the whole page with the key."""
    start = page.locator(".skip")
    start.focus()
    found: list[str] = []
    while len(found) < 150:
        page.keyboard.press(key)
        found.append(page.evaluate(COVERED))
        if start.evaluate("skip => skip === document.activeElement"):
            break
    assert len(found) > 20
    return [each for each in found if each]


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"], ids=["onwards", "back"])
@pytest.mark.parametrize(
    "name", ["care:record", "care:correct", "clients:edit"], ids=["recording a contact", "correcting it", "details"]
)
def test_nothing_that_has_the_focus_is_covered(
    page_as: Callable[..., Page], paths: dict[str, str], name: str, key: str
) -> None:
    page = page_as("case_manager", reduced_motion="reduce")
    page.goto(paths[name])
    if name == "care:record":  # the bar at its highest
        page.get_by_label("Note").press_sequentially("Half")
        page.context.set_offline(True)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert covered(page, key) == []


def test_on_a_very_low_screen_the_bar_leaves_the_page_to_the_form(page_as: Callable[..., Page]) -> None:
    page = page_as("case_manager", viewport={"width": 640, "height": 320})
    page.goto("/contacts/new/")
    expect(page.locator(".actions.sticky")).to_have_css("position", "static")
