"""What is measured: the time of each page, its queries and bytes, the loads of My day, eight browsers at once."""

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from time import monotonic
from typing import Any

from openmission.practice.bench.browser import Answer, Browser, expect, named_in_sheet, static_parts
from openmission.practice.bench.installation import Installation, serving
from openmission.practice.bench.saves import saving_contact, saving_group, saving_sheet
from openmission.practice.rules.cast import PASSWORD

BARE = "bare signed-in page"
WARM_UP, ROUNDS, BROWSERS, SECONDS = 10, 120, 8, 10


@dataclass(frozen=True)
class Page:
    """One line of the table: who asks for what."""

    name: str
    role: str
    path: str


@dataclass(frozen=True)
class Figures:
    """Milliseconds, a ratio to the bare page, SQL queries, bytes on the wire of a repeated load."""

    p50: float
    p95: float
    ratio: float
    queries: int
    bytes: int


def pages(people: dict[str, Any]) -> list[Page]:
    """The pages that the promises name. The bare page is the lightest one there is for who is signed in."""
    return [
        Page(BARE, "case_manager", "/staff/me/"),
        Page("My day, caseload of 30", "case_manager", "/day/"),
        Page("caseload of 30", "case_manager", "/caseload/"),
        Page("client with 7 contacts", "case_manager", f"/clients/{people['few']}/"),
        Page("client with 700 contacts", "case_manager", f"/clients/{people['many']}/"),
        Page("record form", "case_manager", f"/contacts/new/?client={people['other']}"),
        Page("search", "case_manager", f"/find/?q={people['asked']}"),
        Page("referral board", "intake_worker", "/referrals/"),
        Page("caseload of a team of 90", "supervisor", "/caseload/"),
    ]


def session_pages(people: dict[str, Any]) -> list[Page]:
    """The pages of groups, sessions and worksheets; the eight browsers do without them."""
    return [
        Page("group page", "case_manager", f"/groups/{people['group']}/"),
        Page("meeting of eight", "case_manager", f"/meetings/{people['meeting']}/"),
        Page("run a group of eight", "case_manager", f"/meetings/{people['meeting']}/run/"),
        Page("client's sessions, many", "case_manager", f"/sessions/{people['sessions_of']}/"),
        Page("workbook", "case_manager", f"/workbook/{people['enrollment']}/"),
        Page("sheet of 8 problems", "case_manager", _sheet(people)),
    ]


def _sheet(people: dict[str, Any]) -> str:
    return f"/workbook/{people['enrollment']}/life_problem_areas/"


def measure(place: Installation, rounds: int = ROUNDS) -> dict[str, Any]:
    """Start the server and measure everything: {"pages": {name: figures}, "first_load": bytes, ...}."""
    with serving(place) as port:
        browsers = {role: _signed_in(port, email) for role, email in place.people["emails"].items()}
        todo = [*pages(place.people), *session_pages(place.people)]
        asks: dict[str, Callable[[], Answer]] = {
            page.name: partial(_show, browsers[page.role], page.path) for page in todo
        }
        asks |= _saves(browsers, place.people)
        first, repeat = _loads(browsers["case_manager"], "/day/")
        return {
            "pages": _by_turns(asks, rounds),
            "first_load_of_my_day_bytes": first,
            "repeat_load_of_my_day_bytes": repeat,
            "pages_per_second_with_8_browsers": _crowd(port, place.people, pages(place.people)),
        }


def _saves(browsers: dict[str, Browser], people: dict[str, Any]) -> dict[str, Callable[[], Answer]]:
    """The supervisor records the groups of the team, so that the pages of the others grow no longer meanwhile."""
    mine = browsers["case_manager"]
    return {
        "save a contact": saving_contact(mine, f"/contacts/new/?client={people['other']}"),
        "save a group of eight": saving_group(browsers["supervisor"], people["other_groups"], people["today"]),
        "save a sheet": saving_sheet(mine, _sheet(people)),
    }


def _signed_in(port: int, email: str) -> Browser:
    browser = Browser(port)
    browser.sign_in(email, PASSWORD)
    return browser


def _show(browser: Browser, path: str) -> Answer:
    return expect(200, browser.get(path))


def _by_turns(asks: dict[str, Callable[[], Answer]], rounds: int) -> dict[str, dict[str, Any]]:
    """Ask for every page in turn, again and again, so that a busy moment of the machine falls on all alike."""
    answers: dict[str, list[Answer]] = {name: [] for name in asks}
    for _ in range(WARM_UP + rounds):
        for name, ask in asks.items():
            answers[name].append(ask())
    timed = {name: sorted(1000 * answer.seconds for answer in found[WARM_UP:]) for name, found in answers.items()}
    bare = timed[BARE][rounds // 2]
    return {
        name: asdict(
            Figures(
                p50=round(times[rounds // 2], 1),
                p95=round(times[rounds * 95 // 100], 1),
                ratio=round(times[rounds // 2] / bare, 1),
                queries=int(answers[name][-1].headers["x-queries"]),
                bytes=answers[name][-1].size,
            )
        )
        for name, times in timed.items()
    }


def _loads(browser: Browser, path: str) -> tuple[int, int]:
    """Bytes of a first load with everything it brings along, fonts included, and of a repeated one.

    Repeated, only what the server did not mark as immutable travels again.
    """
    page = browser.get(path)
    parts = {part: expect(200, browser.get(part)) for part in static_parts(page.text)}
    for name, sheet in [part for part in parts.items() if part[0].endswith(".css")]:
        parts |= {font: expect(200, browser.get(font)) for font in named_in_sheet(name, sheet.text)}
    again = [part for part in parts.values() if "immutable" not in part.headers.get("cache-control", "")]
    return page.size + sum(part.size for part in parts.values()), page.size + sum(part.size for part in again)


def _crowd(port: int, people: dict[str, Any], todo: list[Page]) -> float:
    """Pages a second that eight browsers get together, each asking for the case manager's pages one after another."""
    mine = [page for page in todo if page.role == "case_manager" and page.name != BARE]
    browsers = [_signed_in(port, people["emails"]["case_manager"]) for _ in range(BROWSERS)]
    end = monotonic() + SECONDS
    served = [0] * BROWSERS

    def look(number: int) -> None:
        while monotonic() < end:
            for page in mine[number % len(mine) :] + mine[: number % len(mine)]:
                expect(200, browsers[number].get(page.path))
                served[number] += 1

    begun = monotonic()
    threads = [threading.Thread(target=look, args=(number,)) for number in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(sum(served) / (monotonic() - begun), 1)
