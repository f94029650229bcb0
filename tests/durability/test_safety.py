"""Two people say at the same moment that they are worried, and go through the steps together: nothing is lost."""

from pathlib import Path

from tests.browser.server import serving
from tests.durability.test_contacts import at_once, luis
from tests.durability.visitor import Visitor

HALVES = (("stay", "ask", "danger_now", "lifeline"), ("means", "overdose", "supervisor", "next_contact"))


def test_one_concern_and_every_tick_and_word_of_both(data: Path) -> None:
    with serving(data) as (address, _process):
        ana, pat = Visitor(address, "ana"), Visitor(address, "pat")
        worried = f"/enrollments/{luis(ana).removeprefix('e:')}/worried/"
        pat.get("/contacts/new/")
        answers = at_once(*[lambda: ana.post(worried, {}), lambda: pat.post(worried, {})] * 2)
        ((status, place),) = set(answers)
        assert status == 302
        for first, second in zip(*HALVES, strict=True):
            saved = at_once(
                lambda: ana.post(place, {"steps": [first], "note": f"Ana did {first}."}),  # noqa: B023
                lambda: pat.post(place, {"steps": [second], "note": f"Pat did {second}."}),  # noqa: B023
            )
            assert {status for status, _place in saved} == {302}
        page = ana.get(place)
        assert "8 of 10 done" in page
        assert all(f"Ana did {step}." in page for step in HALVES[0])
        assert all(f"Pat did {step}." in page for step in HALVES[1])
        done = {"steps": ["other_danger", "write_down"], "close": "yes"}
        assert {status for status, _place in at_once(*[lambda: ana.post(place, done)] * 3)} == {302}
        assert "closed these steps" in ana.get(place)
