"""From the door to the first day, with JavaScript and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import look

TOPICS = 14


def come_in(page: Page, name: str) -> None:
    page.goto("/referrals/new/")
    page.get_by_label("First name").fill(name)
    page.get_by_label("Who brings them").select_option(label="Shelter")
    page.get_by_label("What bring").fill("Asks for a place to live.")
    page.get_by_role("button", name="Save the referral").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def reach(page: Page) -> None:
    page.get_by_label("In person").check()
    page.get_by_label("Reached", exact=True).check()
    page.get_by_role("button", name="Save this try").click()
    page.get_by_role("link", name="Screen", exact=True).click()
    page.wait_for_url("**/screening/")


def find_eligible(page: Page) -> None:
    for met in page.get_by_label("Met", exact=True).all():
        met.check()
    for rests_on in page.get_by_label("What it rests on").all():
        rests_on.select_option(index=1)
    decide = page.get_by_role("button", name="Decide: eligible")
    if not page.evaluate("window.htmx"):
        expect(page.get_by_role("button", name="Decide")).to_be_disabled()
        page.get_by_role("button", name="Save for now").click()
    decide.click()
    page.get_by_role("link", name="Enroll now").click()


def enroll(page: Page) -> None:
    page.get_by_label("6 months").check()
    page.get_by_role("button", name="Enroll").click()


def draw(page: Page, told: str = "Signature drawn") -> None:
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 20 + 15 * step, box["y"] + 20 + 30 * (step % 2))
    page.mouse.up()
    expect(page.get_by_text(told)).to_be_visible()


def next_step(page: Page) -> str:
    link = page.get_by_role("link", name="Next: ")
    expect(link).to_be_visible()
    return link.inner_text()


def sign_everything(page: Page, name: str, *, drawing: bool) -> None:
    while next_step(page).startswith("Next: Sign"):
        page.get_by_role("link", name="Next: Sign").click()
        if drawing:
            draw(page)
        page.get_by_label("Name of the person who signs").fill(name)
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.get_by_text("Signed, and kept as a PDF.")).to_be_visible()


def tick_everything(page: Page, link: str) -> None:
    page.get_by_role("link", name=link).click()
    page.wait_for_url(re.compile("/(orientation|assessments)/$"))
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Save").click()


def choose_pair(page: Page) -> None:
    page.get_by_role("link", name="Next: Who serves them").click()
    for role in ("Case manager", "Peer support specialist"):
        page.get_by_role("group", name=role).get_by_role("radio").first.check()
    page.get_by_role("button", name="Save the pair").click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_somebody_comes_in_and_is_enrolled(page_as: Callable[..., Page], script: bool) -> None:
    page = page_as("intake_worker", java_script_enabled=script)
    name = "Imani" if script else "Quillon"
    come_in(page, name)
    reach(page)
    find_eligible(page)
    enroll(page)
    sign_everything(page, name, drawing=script)
    tick_everything(page, "Next: Orientation")
    expect(page.get_by_text(f"{TOPICS} of {TOPICS} topics covered")).to_be_visible()
    tick_everything(page, "Next: Assessments")
    choose_pair(page)
    expect(page.get_by_text("Everything for a good start is done")).to_be_visible()
    if script:
        look(page, "enrollment-done")


def test_who_it_may_be_shows_up_while_typing(page_as: Callable[..., Page]) -> None:
    page = page_as("intake_worker")
    page.goto("/referrals/new/")
    page.get_by_label("Last name").fill("Rivera")
    page.get_by_label("First name").fill("dena")
    page.get_by_label("First name").blur()
    expect(page.get_by_role("radio", name="Dana Rivera")).to_be_visible()
    look(page, "referral-alike")
    page.get_by_label("Who brings them").select_option(label="Court")
    page.get_by_role("button", name="Save the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("We may know this person already")
    expect(page.get_by_label("First name")).to_have_value("dena")
    look(page, "referral-alike-fault")


def test_the_outlook_follows_the_answers(page_as: Callable[..., Page], paths: dict[str, str]) -> None:
    page = page_as("intake_worker")
    page.goto(paths["intake:screening"])
    page.get_by_label("Not met").first.check()
    expect(page.get_by_role("button", name="Decide: not eligible")).to_be_visible()
    page.get_by_label("We will ask again on a set day").check()
    look(page, "screening-not-eligible")
    page.get_by_role("button", name="Decide: not eligible").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the day on which we ask again.")
    look(page, "screening-fault")


def test_a_drawn_signature_survives_a_fault_and_a_reload(page_as: Callable[..., Page], paths: dict[str, str]) -> None:
    page = page_as("case_manager")
    page.goto(paths["intake:sign"].replace("pair_sharing", "release"))
    draw(page, "Firma dibujada")
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")
    page.get_by_role("button", name="Firmar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Firma dibujada")).to_be_visible()
    look(page, "document-fault")
    page.reload()
    expect(page.get_by_text("Firma dibujada")).to_be_visible()
    page.get_by_role("button", name="Borrar").click()
    expect(page.locator("#id_strokes")).to_have_value("")


def test_the_states_of_a_referral_can_be_used_by_everybody(page_as: Callable[..., Page]) -> None:
    page = page_as("intake_worker")
    come_in(page, "Rowan")
    reach(page)
    find_eligible(page)
    page.go_back()
    look(page, "referral-place")
    page.get_by_role("button", name="Put on the waitlist").click()
    expect(page.get_by_role("heading", name="On the waitlist")).to_be_visible()
    look(page, "referral-waiting")
    page.get_by_text("Close this referral").click()
    page.get_by_role("button", name="Close the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what happened.")
    look(page, "referral-close-fault")
    page.get_by_label("Served elsewhere").check()
    page.get_by_label("In a few words").fill("Found a program near home.")
    page.get_by_role("button", name="Close the referral").click()
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    look(page, "referral-closed")
