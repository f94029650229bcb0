"""From the HMIS export to the audit page: the whole way of issue 2, once, in a browser, as the people who do it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.server import fill, serving
from tests.exchange.invented_export import DEMO, WITHOUT_DEMO

WIDE = {"width": 1280, "height": 900}
CRITERIA = ("housing", "mental_health", "substance_use", "willing", "community")


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: what the story imports stays out of the other tests' world."""
    if not DEMO.exists():
        pytest.skip(WITHOUT_DEMO)
    data: Path = tmp_path_factory.mktemp("story")
    fill(data)
    with serving(data) as (address, _process):
        yield address


@pytest.fixture
def page_of(own_address: str, browser: Browser) -> Iterator[object]:
    opened = []

    def sign_in_as(name: str) -> Page:
        context = browser.new_context(base_url=own_address, viewport=WIDE)
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        sign_in(page, name)
        return page

    yield sign_in_as
    for context in opened:
        context.close()


def test_from_the_export_to_the_audit_page(page_of: object) -> None:
    intake = page_of("Ida Voss")  # type: ignore[operator]
    _import(intake)
    referred = _refer_ten(intake)
    for address in referred:
        _screen(intake, address)
    client = _enroll(intake, referred[0])

    worker = page_of("Ana Ruiz")  # type: ignore[operator]
    worker.goto("/day/")
    lines = worker.locator(".line", has_text=client)
    expect(lines.filter(has_text="first meeting")).to_have_count(1)
    _record(worker, client)
    worker.goto("/day/")
    expect(lines.filter(has_text="first meeting")).to_have_count(0)

    _audit(page_of("Pia Frost"), client)  # type: ignore[operator]


def _import(page: Page) -> None:
    """Bring the export: it adds the 352 people whom an independent script counts (tests/exchange/test_hmis_demo.py)."""
    known = _people(page)
    page.goto("/hmis/")
    page.locator("input[type=file]").set_input_files(DEMO)
    page.get_by_role("button", name="Check and import").click()
    expect(page.get_by_role("link", name="See the people")).to_be_visible(timeout=90_000)
    assert _people(page) == known + 352


def _people(page: Page) -> int:
    page.goto("/hmis/people/")
    return int(page.locator("h2.group-head").inner_text().split()[0])


def _refer_ten(page: Page) -> list[str]:
    """Tick ten and refer them; returns the addresses of their referrals."""
    boxes = page.locator("input[name=person]")
    for n in range(10):
        boxes.nth(n).check()
    page.get_by_role("button", name="Refer the ticked people").click()
    expect(page.get_by_text("10 people are referred.")).to_be_visible()
    page.goto("/hmis/people/")
    links = page.locator("a.btn", has_text="Referred")
    expect(links).to_have_count(10)
    return [str(link.get_attribute("href")) for link in links.all()]


def _screen(page: Page, address: str) -> None:
    page.goto(f"{address}screening/")
    for slug in CRITERIA:
        page.locator(f"label[for=id_{slug}-answer_0]").click()
        page.locator(f"[name={slug}-kind]").select_option("self_report")
    page.get_by_role("button", name="Decide: eligible").click()
    page.wait_for_url(lambda url: not url.endswith("screening/"))


def _enroll(page: Page, address: str) -> str:
    """Enroll the first, give the pair; returns the client's name as My day shows it."""
    page.goto(f"{address}enroll/")
    page.locator("label", has_text="6 months").click()
    page.get_by_role("button", name="Enroll", exact=True).click()
    page.wait_for_url("**/enrollments/**")
    name = page.locator("h1").inner_text()
    page.goto(f"{page.url}pair/")
    page.locator("label.candidate", has_text="Ana Ruiz").locator("input").check()
    page.locator("label.candidate", has_text="Pat Bell").locator("input").check()
    page.get_by_role("button", name="Save the pair").click()
    page.wait_for_url(lambda url: not url.endswith("/pair/"))
    first, last = name.split()[0], name.split()[-1]
    return f"{first} {last[0]}."


def _record(page: Page, client: str) -> None:
    page.goto("/contacts/new/")
    page.locator("#id_who label", has_text=client).click()
    page.locator("label:has(input[name=outcome][value='met'])").click()
    page.locator("label:has(input[name=mode][value='in_person'])").click()
    page.locator("label:has(input[name=place][value='shelter'])").click()
    page.locator("label:has(input[name=minutes][value='30'])").click()
    page.locator("textarea[name=note]").fill("First visit. We had coffee and talked about a room.")
    page.get_by_role("button", name="Save", exact=False).first.click()
    expect(page.get_by_text("Saved").first).to_be_visible()


def _audit(page: Page, client: str) -> None:
    """The privacy officer reads the whole story of one client."""
    page.goto("/clients/log/changes/")
    page.locator("input[name=q]").fill(client.removesuffix("."))
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/log/changes/?*")
    for told in (
        "The client record was created",
        "Referral received",
        "Screened: eligible for mission",
        "Enrolled in MISSION",
        "Ana Ruiz joined the care team",
        "Pat Bell joined the care team",
        "A contact was recorded",
    ):
        expect(page.locator(".line", has_text=told).first).to_be_visible()
    page.goto(page.url.replace("/log/changes/", "/log/"))
    expect(page.locator(".line", has_text="Ana Ruiz").first).to_be_visible()
