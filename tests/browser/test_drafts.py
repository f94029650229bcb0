"""What is typed is never lost, and never readable on the device: drafts.js, resend.js, session.js, app.js."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.small_site import SmallSite, small_site

WEEK_MS = 7 * 24 * 3600 * 1000


@pytest.fixture
def site() -> Iterator[tuple[SmallSite, str]]:
    with small_site() as running:
        yield running


@pytest.fixture
def context(browser: Browser, site: tuple[SmallSite, str]) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site[1])
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def type_a_note(page: Page, text: str = "Met at the shelter ñ") -> None:
    page.goto("/")
    page.get_by_label("Note").press_sequentially(text)
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")


def stored(page: Page) -> dict[str, str]:
    return json.loads(page.evaluate("JSON.stringify(localStorage)"))


def test_a_note_survives_a_closed_tab_with_its_choices_and_the_records_id(context: BrowserContext, page: Page) -> None:
    type_a_note(page)
    page.get_by_label("Phone").check()
    page.get_by_label("Joint").check()
    first_id = page.locator("[name=id]").input_value()
    page.wait_for_timeout(100)
    page.close()
    again = context.new_page()
    again.goto("/")
    expect(again.locator("[data-draft-state]")).to_contain_text("is back")
    expect(again.get_by_label("Note")).to_have_value("Met at the shelter ñ")
    expect(again.get_by_label("Phone")).to_be_checked()
    expect(again.get_by_label("Joint")).to_be_checked()
    assert again.locator("[name=id]").input_value() == first_id == "id-1"


def test_the_device_holds_no_readable_word(page: Page) -> None:
    type_a_note(page, "Dana at the shelter")
    held = json.dumps(stored(page))
    assert len(stored(page)) == 1
    assert "Dana" not in held
    assert "shelter" not in held


def test_another_person_on_the_same_device_sees_nothing_and_destroys_nothing(
    site: tuple[SmallSite, str], page: Page
) -> None:
    type_a_note(page)
    site[0].person = "b"
    type_a_note(page, "Mine")
    expect(page.get_by_label("Note")).to_have_value("Mine")
    site[0].person = "a"
    page.goto("/")
    expect(page.get_by_label("Note")).to_have_value("Met at the shelter ñ")


@pytest.mark.parametrize("marks", [pytest.param("", id="plain"), pytest.param("data-resend", id="by fetch")])
def test_a_confirmed_save_clears_the_draft(site: tuple[SmallSite, str], page: Page, marks: str) -> None:
    site[0].marks = marks
    type_a_note(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/saved/")
    expect(page.locator("h1")).to_have_text("Saved page")
    page.goto("/")
    expect(page.get_by_label("Note")).to_have_value("")
    assert stored(page) == {}


@pytest.mark.parametrize("marks", [pytest.param("", id="plain"), pytest.param("data-resend", id="by fetch")])
def test_errors_keep_what_was_typed_and_the_draft(site: tuple[SmallSite, str], page: Page, marks: str) -> None:
    site[0].marks, site[0].answer = marks, (200, "")
    type_a_note(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("form[data-bound]")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Met at the shelter ñ")
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")
    assert len(stored(page)) == 1


def test_an_expired_session_keeps_the_note_and_offers_to_sign_in(site: tuple[SmallSite, str], page: Page) -> None:
    site[0].marks, site[0].answer = "data-resend", (302, "/sign-in/?next=/")
    type_a_note(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-draft-state]")).to_contain_text("You are signed out")
    expect(page.locator("[data-draft-sign-in]")).to_have_attribute("href", f"{site[1]}/sign-in/?next=%2F")
    page.goto("/")
    expect(page.get_by_label("Note")).to_have_value("Met at the shelter ñ")


def test_without_a_signal_it_waits_and_is_sent_once_when_the_signal_is_back(
    site: tuple[SmallSite, str], context: BrowserContext, page: Page
) -> None:
    site[0].marks = "data-resend"
    type_a_note(page)
    context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-draft-state]")).to_contain_text("when the signal is back")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    context.set_offline(False)
    page.wait_for_url("**/saved/")
    assert [(p["note"], p["id"]) for p in site[0].posted] == [("Met at the shelter ñ", "id-1")]


def test_a_fault_of_the_server_keeps_the_note_and_can_be_tried_again(site: tuple[SmallSite, str], page: Page) -> None:
    site[0].marks, site[0].answer = "data-resend", (500, "")
    type_a_note(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-draft-state]")).to_contain_text("Not saved yet")
    site[0].answer = (302, "/saved/")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/saved/")
    assert [p["id"] for p in site[0].posted] == ["id-1", "id-1"]


@pytest.mark.parametrize("status", [403, 404])
def test_the_reason_of_a_refusal_is_told_as_words_and_not_sent_again(
    site: tuple[SmallSite, str], context: BrowserContext, page: Page, status: int
) -> None:
    site[0].marks, site[0].answer = "data-resend", (status, "Not <b>any more</b>.")
    type_a_note(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-draft-state]")).to_contain_text("Not <b>any more</b>.")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(page.get_by_label("Note")).to_have_value("Met at the shelter ñ")
    context.set_offline(True)
    context.set_offline(False)
    page.wait_for_timeout(300)
    assert len(site[0].posted) == 1
    page.goto("/")
    expect(page.get_by_label("Note")).to_have_value("Met at the shelter ñ")


def test_a_refusal_without_a_reason_can_be_tried_again(site: tuple[SmallSite, str], page: Page) -> None:
    site[0].marks, site[0].answer = "data-resend", (404, "")
    type_a_note(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-draft-state]")).to_contain_text("Not saved yet")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_an_answer_that_breaks_off_is_asked_for_again(site: tuple[SmallSite, str], page: Page) -> None:
    site[0].marks = "data-resend"
    type_a_note(page)
    page.evaluate(
        "() => { const real = window.fetch; window.fetch = async () => { window.fetch = real;"
        " return { status: 200, ok: true, redirected: false, text: () => Promise.reject(new TypeError('cut')) }; } }"
    )
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-draft-state]")).to_contain_text("when the signal is back")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/saved/")
    assert [p["id"] for p in site[0].posted] == ["id-1"]


def test_a_double_click_sends_once(site: tuple[SmallSite, str], page: Page) -> None:
    type_a_note(page)
    page.get_by_role("button", name="Save").dblclick()
    page.wait_for_url("**/saved/")
    assert len(site[0].posted) == 1


def test_a_draft_can_be_discarded(page: Page) -> None:
    type_a_note(page)
    page.get_by_role("button", name="Discard draft").click()  # asked whether they are sure; not sure
    expect(page.get_by_label("Note")).not_to_have_value("")
    assert stored(page) != {}
    page.on("dialog", lambda sure: sure.accept())
    page.get_by_role("button", name="Discard draft").click()
    expect(page.get_by_label("Note")).to_have_value("")
    assert stored(page) == {}


def test_a_draft_of_last_week_is_forgotten(page: Page) -> None:
    type_a_note(page)
    page.evaluate(
        "age => { for (const [key, text] of Object.entries(localStorage)) { const draft = JSON.parse(text);"
        " draft.at -= age; localStorage.setItem(key, JSON.stringify(draft)); } }",
        WEEK_MS + 1000,
    )
    page.goto("/")
    expect(page.locator("[data-draft-state]")).to_have_text("")
    assert stored(page) == {}


def test_newer_values_of_the_server_win(site: tuple[SmallSite, str], page: Page) -> None:
    type_a_note(page)
    site[0].marks = "data-draft-at=2999-01-01T00:00:00Z"
    page.goto("/")
    expect(page.get_by_label("Note")).to_have_value("")
    expect(page.locator("[data-draft-state]")).to_have_text("")


def test_the_session_warns_can_be_kept_and_covers_the_page_at_its_end(site: tuple[SmallSite, str], page: Page) -> None:
    site[0].session_seconds = 4
    page.goto("/")
    stay = page.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()
    stay.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Sign in")).to_be_focused()
    expect(page.get_by_role("link", name="Sign in")).to_have_attribute("href", f"{site[1]}/sign-in/?next=%2F")


def test_staying_does_not_outlive_the_longest_life_of_a_session(site: tuple[SmallSite, str], page: Page) -> None:
    site[0].session_seconds, site[0].session_longest = 30, 4
    page.goto("/")
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
