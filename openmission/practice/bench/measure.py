"""What is measured: the time of each page, its queries and bytes, the loads of My day, eight browsers at once."""

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count, product
from time import monotonic
from typing import Any
from uuid import uuid4

from openmission.practice.bench.browser import Answer, Browser, named_in_sheet, read_form, static_parts
from openmission.practice.bench.installation import Installation, serving
from openmission.practice.rules.cast import PASSWORD

BARE = "bare signed-in page"
SAVE, SAVE_SHEET = "save a contact", "save a sheet"
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
        Page("workbook", "case_manager", f"/workbook/{people['enrollment']}/"),
        Page("sheet of 8 problems", "case_manager", _sheet(people)),
    ]


def measure(place: Installation) -> dict[str, Any]:
    """Start the server and measure everything: {"pages": {name: figures}, "first_load": bytes, ...}."""
    with serving(place) as port:
        browsers = {role: _signed_in(port, email) for role, email in place.people["emails"].items()}
        todo = pages(place.people)
        asks: dict[str, Callable[[], Answer]] = {
            page.name: partial(_show, browsers[page.role], page.path) for page in todo
        }
        asks[SAVE] = _saving(browsers["case_manager"], next(page.path for page in todo if page.name == "record form"))
        asks[SAVE_SHEET] = _writing(browsers["case_manager"], _sheet(place.people))
        first, repeat = _loads(browsers["case_manager"], "/day/")
        return {
            "pages": _by_turns(asks),
            "first_load_of_my_day_bytes": first,
            "repeat_load_of_my_day_bytes": repeat,
            "pages_per_second_with_8_browsers": _crowd(port, place.people, todo),
        }


def _signed_in(port: int, email: str) -> Browser:
    browser = Browser(port)
    browser.sign_in(email, PASSWORD)
    return browser


def _show(browser: Browser, path: str) -> Answer:
    return _expect(200, browser.get(path))


def _expect(status: int, answer: Answer) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"expected {status}, got {answer.status}: {answer.text[:500]}")
    return answer


def _saving(browser: Browser, path: str) -> Callable[[], Answer]:
    """Each call saves one new contact with the form's own values, a length and a note, and a time of its own, at night,
    when there is no other meeting.
    """
    form = read_form(_expect(200, browser.get(path)).text)
    said = {"outcome": "met", "mode": "in_person", "place": "home", "minutes": "30", "component": "cti"}
    said["note"] = "Talked about the week; two things are done, one waits."
    own, today = {"id", "day", "time"}, date.fromisoformat(dict(form)["day"])
    kept = [(name, value) for name, value in form if name not in said and name not in own]
    times = (
        datetime.combine(today - timedelta(days=days), time(hour, minute))
        for days, hour, minute in product(range(2, 365), range(6), (0, 30))
    )

    def save() -> Answer:
        at = next(times)
        when = [("day", f"{at:%Y-%m-%d}"), ("time", f"{at:%H:%M}")]
        return _expect(302, browser.post(path, [*kept, *said.items(), *when, ("id", str(uuid4()))]))

    return save


def _sheet(people: dict[str, Any]) -> str:
    return f"/workbook/{people['enrollment']}/life_problem_areas/"


def _writing(browser: Browser, path: str) -> Callable[[], Answer]:
    """Each call writes something else on the sheet, made from the revision that the call before left."""
    form = dict(read_form(_expect(200, browser.get(path)).text))
    revisions = count(int(form["seen"]))

    def write() -> Answer:
        seen = next(revisions)
        said = {"seen": str(seen), "noticed": f"I looked at it {seen} times, and it is less than I thought."}
        return _expect(302, browser.post(path, [*(form | said).items()]))

    return write


def _by_turns(asks: dict[str, Callable[[], Answer]]) -> dict[str, dict[str, Any]]:
    """Ask for every page in turn, again and again, so that a busy moment of the machine falls on all alike."""
    answers: dict[str, list[Answer]] = {name: [] for name in asks}
    for _ in range(WARM_UP + ROUNDS):
        for name, ask in asks.items():
            answers[name].append(ask())
    timed = {name: sorted(1000 * answer.seconds for answer in found[WARM_UP:]) for name, found in answers.items()}
    bare = timed[BARE][ROUNDS // 2]
    return {
        name: asdict(
            Figures(
                p50=round(times[ROUNDS // 2], 1),
                p95=round(times[ROUNDS * 95 // 100], 1),
                ratio=round(times[ROUNDS // 2] / bare, 1),
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
    parts = {part: _expect(200, browser.get(part)) for part in static_parts(page.text)}
    for name, sheet in [part for part in parts.items() if part[0].endswith(".css")]:
        parts |= {font: _expect(200, browser.get(font)) for font in named_in_sheet(name, sheet.text)}
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
                _expect(200, browsers[number].get(page.path))
                served[number] += 1

    begun = monotonic()
    threads = [threading.Thread(target=look, args=(number,)) for number in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(sum(served) / (monotonic() - begun), 1)
