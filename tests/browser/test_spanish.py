"""Spanish, whose words are longer: switched on in the header, and at no width does a page hang over the side."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import WIDTHS, keep
from tests.house.pages import pages

PAGES = [page for page in pages() if page.door and not page.door.public]


def _switch(page: Page, language: str, path: str) -> None:
    page.goto(path)
    page.locator("header details.menu summary").click()
    page.locator(f"header button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_before_signing_in(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Iniciar sesión")


@pytest.mark.parametrize("role", sorted({page.door.roles[0] for page in PAGES if page.door}))
def test_every_page_of(role: str, paths: dict[str, str], page_as: Callable[..., Page]) -> None:
    """The account keeps its language, so it is switched back for the tests that follow."""
    shown = page_as(role)
    _switch(shown, "es", paths["staff:me"])
    wide = []
    try:
        for page in PAGES:
            assert page.door
            if page.door.roles[0] != role:
                continue
            answer = shown.request.get(paths[page.name])
            if answer.status != 200 or "html" not in answer.headers["content-type"]:
                continue
            shown.goto(paths[page.name])
            for width, height in WIDTHS.items():
                shown.set_viewport_size({"width": width, "height": height})
                keep(shown, f"{page.name.replace(':', '-')}-{width}-es")
                if shown.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    wide.append(f"{page.name} at {width}")
    finally:
        _switch(shown, "en", paths["staff:me"])
    assert wide == []
