"""Two who lead a group save its meeting at the same moment: the record holds what both said."""

import re
from pathlib import Path
from typing import Any

from tests.browser.server import serving
from tests.durability.test_contacts import at_once
from tests.durability.visitor import Visitor


def test_two_who_save_the_same_meeting_at_once_lose_no_answer(data: Path) -> None:
    """Four times: Ana asks about mood, Pat about motivation; each has the page as it was before the other saved."""
    with serving(data) as (address, _process):
        ana, pat = Visitor(address, "ana"), Visitor(address, "pat")
        run = todays_round(ana)
        for mood in (3, 4, 5, 6):
            first, second = said(ana.get(run), mood=mood), said(pat.get(run), motivation=mood + 1)
            answers = at_once(lambda: ana.post(run, first), lambda: pat.post(run, second))  # noqa: B023
            assert {status for status, _place in answers} == {302}, answers
            page = ana.get(run)
            for member in members(page):
                assert chosen(page, f"m-{member}-mood") == str(mood)
                assert chosen(page, f"m-{member}-motivation") == str(mood + 1)


def todays_round(visitor: Visitor) -> str:
    """The page on which the group of the world runs its meeting of today."""
    group = re.findall(r'href="(/groups/[0-9a-f-]{36}/)"', visitor.get("/groups/"))[0]
    for meeting in re.findall(r'href="(/meetings/[0-9a-f-]{36}/)"', visitor.get(group)):
        if (run := f"{meeting}run/") in visitor.get(meeting):
            return run
    raise AssertionError("no meeting to run")


def members(page: str) -> list[str]:
    return sorted(set(re.findall(r'name="m-([0-9a-f-]{36})-attendance"', page)))


def chosen(page: str, name: str) -> str:
    """The value of the chip that is pressed, or nothing."""
    pressed = [tag for tag in re.findall(rf'<input[^>]*name="{name}"[^>]*>', page) if " checked" in tag]
    return re.findall(r'value="([^"]*)"', pressed[0])[0] if pressed else ""


def said(page: str, **changed: Any) -> dict[str, Any]:
    """The form as the browser would send it, with these answers about every member."""
    sent: dict[str, Any] = {"agenda": "together", "minutes": "60"}
    for member in members(page):
        names = ("attendance", "mood", "motivation")
        was = {name: chosen(page, f"m-{member}-{name}") for name in names}
        seen = re.findall(rf'name="m-{member}-seen" value="(\d+)"', page)[0]
        sent |= {f"m-{member}-{name}": value for name, value in ({**was, **changed, "seen": seen}).items()}
    return sent
