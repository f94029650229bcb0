"""Browser tests drive Chromium against the real server, which serves the world of tests/world."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from openmission.practice.rules.cast import WORKERS
from openmission.practice.simulator.agency import PASSWORD as PRACTICE_PASSWORD
from tests.browser.server import fill, manage, serving
from tests.world.cast import NAMES, PASSWORD

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
PHONE = {"width": 360, "height": 740}
expect.set_options(timeout=20_000)  # a busy machine is no fault of the code


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the server, and {name of a page: its path}; what a test changes there stays for those after it."""
    data: Path = tmp_path_factory.mktemp("data")
    paths = fill(data)
    with serving(data) as (address, _process):
        yield address, paths


@pytest.fixture(scope="session")
def address(site: tuple[str, dict[str, str]]) -> str:
    return site[0]


@pytest.fixture(scope="session")
def paths(site: tuple[str, dict[str, str]]) -> dict[str, str]:
    """{name of a page, such as "desk:my_day": its path in this world}"""
    return site[1]


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the practice agency, filled as on the first run of script/server."""
    data: Path = tmp_path_factory.mktemp("practice")
    manage(data, "prepare", "--first-run", "fill_practice")
    with serving(data) as (address, _process):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_page(address: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """new_page(**context options) opens a page of its own browser context, as on a phone unless told otherwise.

    The test fails when any of its pages wrote an error to the console, a refused script or style among them.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def note(text: str) -> None:
        if not text.startswith("Failed to load resource"):  # an answer such as 404 is for the test to judge
            errors.append(text)

    def open_page(**options: object) -> Page:
        context = browser.new_context(**{"base_url": address, "viewport": PHONE, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: note(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def signed_in(address: str, browser: Browser) -> Callable[[str, bool], object]:
    """signed_in(role, outsider) -> the cookies of that person, signed in once through the page."""
    known: dict[str, object] = {}

    def cookies(role: str, outsider: bool) -> object:
        name = NAMES[role][outsider]
        if name not in known:
            context = browser.new_context(base_url=address)
            page = context.new_page()
            sign_in(page, name)
            page.wait_for_url(lambda url: "/sign-in/" not in url)
            known[name] = context.storage_state()
            context.close()
        return known[name]

    return cookies


@pytest.fixture
def page_as(new_page: Callable[..., Page], signed_in: Callable[[str, bool], object]) -> Callable[..., Page]:
    """page_as("case_manager") opens a page signed in as that person; `outsider=True` as the one of the other team."""

    def open_page(role: str, *, outsider: bool = False, **options: object) -> Page:
        return new_page(storage_state=signed_in(role, outsider), **options)

    return open_page


@pytest.fixture
def practice_page(new_page: Callable[..., Page], practice: str) -> Callable[..., Page]:
    """practice_page("supervisor") opens a page signed in as the first of that role in the practice agency."""

    def open_page(role: str, **options: object) -> Page:
        page = new_page(base_url=practice, **options)
        email = next(worker.email for worker in WORKERS if worker.role == role)
        sign_in(page, email, PRACTICE_PASSWORD)
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    return open_page


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    """Sign in through the page as a person of the cast, or with an e-mail address."""
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(who if "@" in who else f"{who.split()[0].lower()}@example.org")
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")


def with_family(page: Page) -> None:
    """The contact on the form was not with the client: nobody asks whether it is the meeting of the test before."""
    page.locator("[name=with_whom][value=family]").evaluate("radio => { radio.checked = true }")
