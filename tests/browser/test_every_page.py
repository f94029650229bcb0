"""Every page of the URL list, looked at: axe finds nothing, at no width anything hangs over, the console is silent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as BrowserPage

from tests.browser.looks import look
from tests.house.pages import Page, pages

PAGES = [page for page in pages() if page.door]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_page_can_be_used_by_everybody(
    page: Page, paths: dict[str, str], new_page: Callable[..., BrowserPage], page_as: Callable[..., BrowserPage]
) -> None:
    assert page.door
    shown = new_page() if page.door.public else page_as(page.door.roles[0])
    answer = shown.request.get(paths[page.name])
    assert answer.status < 500
    if answer.status == 200 and "html" in answer.headers["content-type"]:
        shown.goto(paths[page.name])
        look(shown, page.name.replace(":", "-"))
