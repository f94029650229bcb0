"""Recording a contact on a phone: few taps, and nothing typed is lost, whatever happens to page, session and signal."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import with_family
from tests.browser.looks import look
from tests.world.cast import PASSWORD

SAVED = re.compile(r"/contacts/[0-9a-f-]{36}/$")
NEW = "/contacts/new/"
TAPS = 6


@pytest.fixture
def phone(page_as: Callable[..., Page]) -> Page:
    return page_as("case_manager", has_touch=True)


class Thumb:
    """Counts what is tapped."""

    def __init__(self, page: Page):
        self.page, self.taps = page, 0

    def tap(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.tap()  # type: ignore[arg-type]
        self.taps += 1

    def dictate(self, text: str) -> None:
        """One tap into the field; the keyboard's microphone does the rest."""
        self.page.get_by_label("Note").tap()
        self.page.keyboard.insert_text(text)
        self.taps += 1


def choose_luis(page: Page) -> None:
    page.goto(NEW)
    page.get_by_role("radio", name=re.compile("Luis M")).first.check()
    with_family(page)


def half_type(page: Page, note: str) -> str:
    """A contact with Luis that is not sent yet. Returns its id."""
    choose_luis(page)
    page.get_by_role("radio", name="Home").check()
    page.get_by_label("Note").press_sequentially(note)
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")
    return page.locator("[name=id]").input_value()


def expect_half_typed(page: Page, note: str, id: str) -> None:
    expect(page.get_by_label("Note")).to_have_value(note)
    expect(page.get_by_role("radio", name="Home")).to_be_checked()
    expect(page.get_by_role("radio", name=re.compile("Luis M")).first).to_be_checked()
    assert page.locator("[name=id]").input_value() == id


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def times_on_timeline(page: Page, paths: dict[str, str], note: str) -> int:
    return page.request.get(paths["desk:client"]).text().count(note)


def test_a_planned_contact_takes_two_taps_and_save(phone: Page, paths: dict[str, str]) -> None:
    thumb = Thumb(phone)
    appointment = paths["care:appointment"].split("/")[-2]
    phone.goto(f"{NEW}?appointment={appointment}")
    with_family(phone)
    thumb.dictate("Looked at the room.")
    thumb.tap("radio", "In a week")
    save(phone)
    phone.wait_for_url(SAVED)
    expect(phone.get_by_text("Saved.")).to_be_visible()
    expect(phone.get_by_text("Looked at the room.")).to_be_visible()
    assert thumb.taps <= TAPS


def test_an_unplanned_visit_takes_six_taps_and_save(phone: Page) -> None:
    thumb = Thumb(phone)
    phone.goto("/day/")
    thumb.tap("link", "Record a contact")
    thumb.tap("radio", "Luis M.")
    thumb.tap("radio", "Shelter")
    thumb.tap("radio", "30")
    thumb.dictate("Found him at the shelter.")
    thumb.tap("radio", "In 2 weeks")
    save(phone)
    phone.wait_for_url(SAVED)
    assert thumb.taps <= TAPS


def test_a_second_appointment_at_the_same_time_is_told_and_saved_knowingly(phone: Page) -> None:
    def meet(note: str) -> None:
        choose_luis(phone)
        for name in ("Office", "15", "In 4 weeks"):
            phone.get_by_role("radio", name=name).check()
        phone.locator("[name=next_time]").evaluate("field => field.value = '06:40'")  # not this quarter of an hour
        phone.get_by_label("Note").fill(note)
        save(phone)

    meet("The first one.")
    phone.wait_for_url(SAVED)
    meet("The second one.")
    phone.get_by_role("link", name=re.compile(r"Planned for the same time: .*, Luis M\. \(Ana Ruiz\)")).click()
    expect(phone.get_by_role("radio", name="Not now")).to_be_focused()
    look(phone, "record-same-time")
    save(phone)
    phone.wait_for_url(SAVED)
    expect(phone.get_by_text("The second one.")).to_be_visible()


def test_a_draft_of_an_appointment_that_was_cancelled_meanwhile_keeps_the_client(phone: Page) -> None:
    choose_luis(phone)
    for name in ("Office", "15"):
        phone.get_by_role("radio", name=name).check()
    phone.get_by_label("Time", exact=True).first.evaluate("field => field.value = '00:01'")
    phone.get_by_role("radio", name="In 4 weeks").check()
    # in the evening every test is proposed 10:00
    phone.locator("[name=next_time]").evaluate("field => field.value = '07:15'")
    save(phone)
    phone.wait_for_url(SAVED)
    phone.locator(".facts a[href^='/appointments/']").click()
    phone.wait_for_url("**/appointments/*/")
    planned = phone.url
    phone.get_by_role("link", name="Record what happened").click()
    phone.get_by_label("Note").press_sequentially("Half a word")
    expect(phone.locator("[data-draft-state]")).to_have_text("Kept on this device")
    form = phone.url
    phone.goto(f"{planned}cancel/")
    phone.get_by_label("Why it is cancelled").fill("Rain.")
    phone.locator("main form button.btn-primary, main form button.btn-danger").first.click()
    phone.wait_for_url(lambda url: "cancel" not in url)
    phone.goto(form)
    expect(phone.get_by_label("Note")).to_have_value("Half a word")
    expect(phone.get_by_role("radio", name=re.compile("Luis M")).first).to_be_checked()
    expect(phone.get_by_text("This appointment was cancelled")).to_be_visible()
    look(phone, "record-cancelled-meanwhile")


def test_a_joint_contact_is_one_tap_more(phone: Page) -> None:
    choose_luis(phone)
    for name in ("Office", "15"):
        phone.get_by_role("radio", name=name).check()
    phone.get_by_role("checkbox", name="Pat Bell").check()
    save(phone)
    phone.wait_for_url(SAVED)
    expect(phone.get_by_text("Peer support specialist")).to_be_visible()


def test_a_pasted_note_that_is_too_long_is_told_and_kept_whole(phone: Page) -> None:
    choose_luis(phone)
    for name in ("Office", "15"):
        phone.get_by_role("radio", name=name).check()
    phone.get_by_label("Note").tap()
    phone.keyboard.insert_text("word " * 4_001)
    save(phone)
    expect(phone.get_by_role("link", name=re.compile("has 20,004 characters, and at most 20,000 fit"))).to_be_visible()
    assert phone.get_by_label("Note").input_value() == "word " * 4_001


def test_going_back_after_saving_ticks_nobody(phone: Page) -> None:
    choose_luis(phone)
    for name in ("Office", "15"):
        phone.get_by_role("radio", name=name).check()
    phone.get_by_label("Note").fill("Only about Luis.")
    save(phone)
    phone.wait_for_url(SAVED)
    phone.go_back()
    phone.wait_for_url(f"**{NEW}")
    expect(phone.get_by_label("Note")).to_have_value("")
    assert phone.locator("[name=who]:checked").count() == 0


def test_a_half_typed_note_survives_a_reload_and_a_closed_tab(phone: Page) -> None:
    id = half_type(phone, "He wants to see his")
    phone.reload()
    expect_half_typed(phone, "He wants to see his", id)
    context = phone.context
    phone.close()
    again = context.new_page()
    again.goto(NEW)
    expect(again.locator("[data-draft-state]")).to_contain_text("is back")
    expect_half_typed(again, "He wants to see his", id)


def test_an_expired_session_keeps_the_note_through_sign_in(phone: Page, paths: dict[str, str]) -> None:
    id = half_type(phone, "Typed before the session ended.")
    phone.get_by_role("radio", name="60").check()
    phone.context.clear_cookies(name="sessionid")
    save(phone)
    expect(phone.locator("[data-draft-state]")).to_contain_text("You are signed out")
    phone.locator("[data-draft-sign-in]").click()
    phone.locator("input[name=login]").fill("ana@example.org")
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.locator("input[name=password]").press("Enter")
    phone.wait_for_url(f"**{NEW}")
    expect_half_typed(phone, "Typed before the session ended.", id)
    save(phone)
    phone.wait_for_url(SAVED)
    assert phone.url.endswith(f"/contacts/{id}/")
    assert times_on_timeline(phone, paths, "Typed before the session ended.") == 1
    phone.goto(NEW)
    expect(phone.get_by_label("Note")).to_have_value("")


def test_without_a_signal_it_is_kept_and_saved_exactly_once_when_it_is_back(phone: Page, paths: dict[str, str]) -> None:
    half_type(phone, "Typed under the bridge.")
    phone.get_by_role("radio", name="15").check()
    phone.context.set_offline(True)
    for _ in range(3):
        save(phone)
        expect(phone.locator("[data-draft-state]")).to_contain_text("when the signal is back")
    phone.context.set_offline(False)
    phone.wait_for_url(SAVED)
    assert times_on_timeline(phone, paths, "Typed under the bridge.") == 1


def test_a_lost_answer_is_sent_again_and_is_the_same_contact(phone: Page, paths: dict[str, str]) -> None:
    """The server saved, the answer never came; more was typed, and Save pressed again."""
    id = half_type(phone, "The first half")
    phone.get_by_role("radio", name="15").check()
    lose = True

    def lose_the_answer(route, request) -> None:  # type: ignore[no-untyped-def]
        nonlocal lose
        if lose and request.method == "POST":
            lose = False
            route.fetch(max_redirects=0)
            return route.abort()
        return route.continue_()

    phone.route(f"**{NEW}", lose_the_answer)
    save(phone)
    expect(phone.locator("[data-draft-state]")).to_contain_text("when the signal is back")
    phone.get_by_label("Note").press_sequentially(" and the second.")
    save(phone)
    phone.wait_for_url(SAVED)
    assert phone.url.endswith(f"/contacts/{id}/")
    expect(phone.get_by_text("The first half and the second.").first).to_be_visible()
    assert times_on_timeline(phone, paths, "The first half") == 1


def test_a_double_click_saves_once(phone: Page, paths: dict[str, str]) -> None:
    half_type(phone, "Pressed twice.")
    phone.get_by_role("radio", name="15").check()
    phone.get_by_role("button", name="Save").dblclick()
    phone.wait_for_url(SAVED)
    assert times_on_timeline(phone, paths, "Pressed twice.") == 1


def test_changing_who_loses_nothing_and_brings_what_is_planned(phone: Page) -> None:
    phone.goto(NEW)
    phone.get_by_label("Note").press_sequentially("Typed before choosing who")
    phone.get_by_role("radio", name="Phone").check()
    phone.get_by_role("radio", name=re.compile("Luis M")).first.tap()
    expect(phone.get_by_label("Note")).to_have_value("Typed before choosing who")
    expect(phone.get_by_role("radio", name="Phone")).to_be_checked()
    expect(phone.get_by_role("checkbox", name="Pat Bell")).to_be_visible()
    phone.get_by_role("button", name="Somebody else").click()
    expect(phone.get_by_role("searchbox", name="Find by name")).to_be_visible()


def test_only_what_is_a_question_is_asked(phone: Page) -> None:
    choose_luis(phone)
    expect(phone.get_by_text("How long, in minutes")).to_be_visible()
    phone.get_by_role("radio", name="No-show").check()
    expect(phone.get_by_text("How long, in minutes")).to_be_hidden()
    phone.get_by_role("radio", name="Text", exact=True).check()
    expect(phone.get_by_role("radio", name="Office")).to_be_hidden()
    expect(phone.locator("#id_next_day")).to_be_hidden()
    phone.get_by_role("radio", name="Another day").check()
    expect(phone.locator("#id_next_day")).to_be_visible()


def test_errors_are_told_and_the_page_stays_usable(phone: Page) -> None:
    phone.goto(NEW)
    phone.get_by_label("Note").fill("Kept")
    save(phone)
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.get_by_label("Note")).to_have_value("Kept")
    look(phone, "record-contact-errors")
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.get_by_role("radio", name=re.compile("Luis M")).first.tap()
    with_family(phone)
    for name in ("Court", "15"):
        phone.get_by_role("radio", name=name).check()
    save(phone)
    phone.wait_for_url(SAVED)
    look(phone, "contact-saved")


def test_without_scripts_it_is_one_plain_form(browser: Browser, address: str, signed_in: Callable) -> None:  # type: ignore[type-arg]
    context = browser.new_context(
        base_url=address, java_script_enabled=False, storage_state=signed_in("supervisor", False)
    )
    page = context.new_page()
    page.goto(NEW)
    page.get_by_label("Note").fill("Without scripts")
    page.get_by_role("searchbox", name="Find by name").fill("marin")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_label("Note")).to_have_value("Without scripts")
    page.get_by_role("radio", name=re.compile("Luis M")).check()
    page.locator("summary", has_text="Change").click()
    page.get_by_role("radio", name="Family or friend").check()  # nobody asks whether it is the one Ana recorded
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Say where you met.")
    expect(page.get_by_label("Note")).to_have_value("Without scripts")
    page.get_by_role("radio", name="Office").check()
    page.get_by_role("spinbutton").fill("25")
    save(page)
    page.wait_for_url(SAVED)
    expect(page.get_by_text("25 minutes")).to_be_visible()
    context.close()
