"""Running a group of eight on a phone: few taps, eight records, nothing lost, nobody named in another's."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.looks import look
from tests.browser.server import ROOT, environment, fill, serving

MOST = 60
CHANGE = "Wants to change their use, 0 not at all to 10 very much"
ITS_NOT = "It is not the member of this group"
AWAY, PASSES, USED = ("Hope L.", "Mark H."), "Dana R.", "Will M."


@pytest.fixture
def eight(tmp_path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The address of a server with the group, and its ids."""
    fill(tmp_path)
    command = [sys.executable, "-m", "tests.browser.eight"]
    made = subprocess.run(command, cwd=ROOT, env=environment(tmp_path, 0), check=True, stdout=subprocess.PIPE)
    with serving(tmp_path) as (address, _process):
        yield address, json.loads(made.stdout)


@pytest.fixture
def ana(eight: tuple[str, dict[str, Any]], new_page: Callable[..., Page]) -> Page:
    """Ana's phone."""
    page = new_page(base_url=eight[0], has_touch=True)
    sign_in(page, "Ana Ruiz")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


class Thumb:
    """Counts what is tapped."""

    def __init__(self, page: Page):
        self.page, self.taps = page, 0

    def tap(self, role: str, name: str, within: str = "") -> None:
        place = self.page.get_by_role("group", name=within, exact=True) if within else self.page.locator("main")
        place.get_by_role(role, name=name, exact=True).locator("visible=true").first.tap()  # type: ignore[arg-type]
        self.taps += 1

    def next(self) -> None:
        shown = self.page.locator("[data-member]:visible")
        before = shown.get_attribute("data-member") or ""
        self.page.get_by_role("button", name=re.compile("^Next:")).tap()
        expect(shown).not_to_have_attribute("data-member", before)
        self.taps += 1


def answer_all(thumb: Thumb, *, used: bool = False) -> None:
    thumb.tap("radio", "Used" if used else "No use", "Use since last time")
    if used:
        thumb.tap("checkbox", "Alcohol", "What was used")
    thumb.tap("radio", "7", CHANGE)
    thumb.tap("radio", "5", "Mood, 1 low to 10 good")
    thumb.tap("radio", "4", "Anxiety, 1 calm to 10 high")
    thumb.tap("radio", "As prescribed", "Medication")
    thumb.tap("radio", "Took part", "The topic")
    thumb.tap("checkbox", "12-step or other mutual help", "12-step and other treatment")


def test_session_four_for_eight_in_sixty_taps(eight: tuple[str, dict[str, Any]], ana: Page) -> None:
    _address, made = eight
    thumb = Thumb(ana)
    ana.goto("/day/")
    line = ana.get_by_role("listitem").filter(has=ana.get_by_role("link", name="Eight", exact=True))
    expect(line).to_contain_text("8 expected")
    line.get_by_role("link", name=re.compile("Run group")).tap()
    thumb.taps += 1
    expect(ana.locator("[data-member]:visible")).to_have_count(1)
    for _member in range(8):
        name = ana.locator("[data-member]:visible").get_attribute("data-member") or ""
        if name in AWAY:
            thumb.tap("radio", "Absent", "Here today?")
        elif name == PASSES:
            thumb.tap("checkbox", "Passes on what is not answered")
        else:
            answer_all(thumb, used=name == USED)
        thumb.next()
    thumb.tap("radio", "Agreed together", "What to talk about today")
    look(ana, "round-closing")
    ana.set_viewport_size({"width": 360, "height": 740})
    ana.get_by_role("button", name="Save for everybody").tap()
    thumb.taps += 1
    ana.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    assert thumb.taps <= MOST, thumb.taps
    expect(ana.get_by_text("Saved, for each member on their own.")).to_be_visible()
    look(ana, "meeting-held")
    expect_records(ana, made)


def expect_records(page: Page, made: dict[str, Any]) -> None:
    """Eight records, two make-ups on My day, support that comes closer, and nobody in another's record."""
    day = page.request.get("/day/").text()
    assert len(re.findall(r"missed DRT session 4", day)) == 2
    for name, (enrollment, client) in made["members"].items():
        short = f"{name.split()[0]} {name.split()[1][0]}."
        course = page.request.get(f"/sessions/{enrollment}/").text()
        chart = page.request.get(f"/clients/{client}/").text()
        contact = re.search(r'href="(/contacts/[0-9a-f-]{36}/)">4 · Developing', course)
        assert contact, name
        record = page.request.get(contact[1]).text()
        assert ("No-show" in record) == (short in AWAY), name
        assert ("Told us about a slip" in record) == (short == USED), name
        main = "".join(re.findall(r"<main.*?</main>", course + chart + record, re.DOTALL))
        for other in made["members"]:
            if other != name:
                first, last = other.split()
                assert not re.search(rf"\b{last}\b|\b{first} {last[0]}\b", main), f"{other} stands in what is {name}'s"


def test_by_keyboard_alone_and_without_a_signal_in_the_middle(eight: tuple[str, dict[str, Any]], ana: Page) -> None:
    _address, made = eight
    ana.goto(f"/meetings/{made['meeting']}/run/")
    expect(ana.locator("[data-member]:visible")).to_have_count(1)
    look(ana, "round")
    ana.set_viewport_size({"width": 360, "height": 740})
    first = ana.locator("[data-member]:visible").get_attribute("data-member")
    ana.get_by_role("group", name="Here today?").get_by_role("radio", name="Here").focus()
    ana.keyboard.press("Tab")
    ana.keyboard.press("Space")  # No use
    ana.keyboard.press("Tab")
    ana.keyboard.press("ArrowRight")  # Motivation
    expect(ana.get_by_role("radio", name="No use", checked=True)).to_have_count(1)
    ana.get_by_role("button", name=re.compile("^Next:")).press("Enter")
    second = ana.locator("[data-member]:visible").get_attribute("data-member")
    assert second != first
    assert ana.evaluate("document.activeElement.tagName") == "H2"  # the next member is said
    ana.context.set_offline(True)
    ana.get_by_role("group", name="Mood, 1 low to 10 good").get_by_role("radio", name="3", exact=True).press("Space")
    expect(ana.locator("[data-draft-state]")).to_have_text("Kept on this device")
    ana.context.set_offline(False)
    ana.reload()
    expect(ana.locator("[data-draft-state]")).to_have_text("What you typed before is back. It is not saved yet.")
    ana.get_by_role("button", name="Closing").press("Enter")
    ana.context.set_offline(True)
    ana.get_by_role("button", name="Save for everybody").press("Enter")
    expect(ana.locator("[data-draft-state]")).to_contain_text("It will be saved when the signal is back.")
    ana.context.set_offline(False)
    ana.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    enrollment = next(ids[0] for name, ids in made["members"].items() if name.startswith(str(second).split()[0]))
    assert "Mood, 1 low to 10 good</dt><dd>3</dd>" in ana.request.get(f"/sessions/{enrollment}/").text()


def test_another_members_name_is_asked_about_without_a_signal(eight: tuple[str, dict[str, Any]], ana: Page) -> None:
    _address, made = eight
    ana.goto(f"/meetings/{made['meeting']}/run/")
    ana.get_by_role("group", name="Here today?").get_by_role("radio", name="Here").check()
    ana.context.set_offline(True)
    ana.locator("summary", has_text="Note").locator("visible=true").click()
    note = ana.get_by_role("textbox", name="Note").locator("visible=true")
    question, tick = ana.get_by_text("a member of this group has that name"), ana.get_by_role("checkbox", name=ITS_NOT)
    note.fill("Dana will go. In the evening they hope to rest.")
    expect(question.locator("visible=true")).to_have_count(0)
    note.fill("Dana met Grace, and Grace's friend. Will he go?")
    expect(question.locator("visible=true")).to_contain_text("“Grace”, “Will”:")
    look(ana, "round-names")
    ana.get_by_role("button", name="Closing").click()
    save = ana.get_by_role("button", name="Save for everybody")
    save.click()
    expect(tick.locator("visible=true")).to_be_focused()  # asked here, before anything is sent
    tick.locator("visible=true").check()
    ana.get_by_role("button", name="Closing").click()
    save.click()
    expect(ana.locator("[data-draft-state]")).to_contain_text("It will be saved when the signal is back.")
    ana.context.set_offline(False)
    ana.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))


def test_two_at_once_lose_nothing_and_the_second_is_told(
    eight: tuple[str, dict[str, Any]], ana: Page, new_page: Callable[..., Page]
) -> None:
    address, made = eight
    pat = new_page(base_url=address)
    sign_in(pat, "Pat Bell")
    pat.wait_for_url(lambda url: "/sign-in/" not in url)
    for page in (ana, pat):
        page.goto(f"/meetings/{made['meeting']}/run/")
    name = ana.locator("[data-member]:visible").get_attribute("data-member")
    for page, mood, item in (
        (ana, "4", CHANGE),
        (pat, "6", "Anxiety, 1 calm to 10 high"),
    ):
        page.get_by_role("group", name="Mood, 1 low to 10 good").get_by_role("radio", name=mood, exact=True).check()
        page.get_by_role("group", name=item).get_by_role("radio", name="8", exact=True).check()
        page.get_by_role("button", name="Closing").click()
        page.get_by_role("button", name="Save for everybody").click()
        if page is ana:
            page.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    told = pat.get_by_role("alert").filter(has_text="Recorded meanwhile by a colleague")
    expect(told).to_contain_text(str(name))
    expect(told).to_contain_text("“4” is saved, you said “6”")
    mood = pat.get_by_role("group", name="Mood, 1 low to 10 good").locator("visible=true")
    expect(mood.get_by_role("radio", name="4", exact=True)).to_be_checked()  # saved again without a thought it stays
    mood.get_by_role("radio", name="6", exact=True).check()
    expect(pat.get_by_role("group", name=CHANGE).locator("visible=true").get_by_role("radio", name="8")).to_be_checked()
    look(pat, "round-meanwhile")
    pat.get_by_role("button", name="Closing").click()
    pat.get_by_role("button", name="Save for everybody").click()
    pat.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    enrollment = next(ids[0] for full, ids in made["members"].items() if full.startswith(str(name).split()[0]))
    course = pat.request.get(f"/sessions/{enrollment}/").text()
    for said in (
        f"{CHANGE}</dt><dd>8",
        "Mood, 1 low to 10 good</dt><dd>6",
        "high</dt><dd>8",
    ):
        assert said in course
