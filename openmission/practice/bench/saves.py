"""What is saved while it is measured: each call sends one form that was filled in, and gives the answer to that alone.

The pages before it (a form to fill in, a meeting to record) are asked for without being timed.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count, cycle, product
from uuid import uuid4

from openmission.practice.bench.browser import Answer, Browser, expect, read_form

EXAM = {
    "attendance": "present",
    "use": "none",
    "motivation": "7",
    "mood": "6",
    "anxiety": "4",
    "medication": "as_prescribed",
    "topic": "took_part",
    "supports": "people",
    "note": "Told what helps on Sunday evening.",
}


def saving_contact(browser: Browser, path: str) -> Callable[[], Answer]:
    """Each call saves one new contact with the form's own values, a length and a note, and a time of its own, at night,
    when there is no other meeting.
    """
    form = read_form(expect(200, browser.get(path)).text)
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
        return expect(302, browser.post(path, [*kept, *said.items(), *when, ("id", str(uuid4()))]))

    return save


def saving_group(browser: Browser, groups: Sequence[str], today: str) -> Callable[[], Answer]:
    """Each call plans a meeting of the next group for this morning and records it: seven answers of every member."""
    turns = cycle(groups)

    def save() -> Answer:
        plan = f"/groups/{next(turns)}/plan/"
        form = dict(read_form(expect(200, browser.get(plan)).text)) | {"day": today, "time": "00:05"}
        planned = expect(302, browser.post(plan, list(form.items())))
        run = planned.headers["location"] + "run/"
        asked = dict(read_form(expect(200, browser.get(run)).text))
        members = [name.removesuffix("seen") for name in asked if name.startswith("m-") and name.endswith("-seen")]
        said = {f"{member}{item}": value for member in members for item, value in EXAM.items()}
        fields = {name: value for name, value in {**asked, **said}.items() if not name.startswith("next_")}
        return expect(302, browser.post(run, list(fields.items())))

    return save


def saving_sheet(browser: Browser, path: str) -> Callable[[], Answer]:
    """Each call writes something else on the sheet, made from the revision that the call before left."""
    form = dict(read_form(expect(200, browser.get(path)).text))
    revisions = count(int(form["seen"]))

    def save() -> Answer:
        seen = next(revisions)
        said = {"seen": str(seen), "noticed": f"I looked at it {seen} times, and it is less than I thought."}
        return expect(302, browser.post(path, [*(form | said).items()]))

    return save
