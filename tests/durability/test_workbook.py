"""Two people write on the same sheet at the same moment: no answer of either is lost."""

import re
from pathlib import Path

from tests.browser.server import serving
from tests.durability.test_contacts import at_once, luis
from tests.durability.visitor import Visitor


def test_both_keep_what_they_wrote(data: Path) -> None:
    with serving(data) as (address, _process):
        ana, pat = Visitor(address, "ana"), Visitor(address, "pat")
        place = f"/workbook/{luis(ana).removeprefix('e:')}/decisional_balance/"
        for turn in range(5):
            seen = re.findall(r'name="seen" value="(\d+)"', ana.get(place))[0]
            pat.get(place)
            hers, his = ({"seen": seen, f"{field}.turn{turn}.text": words} for field, words in _lines(turn))
            answers = at_once(*[lambda: ana.post(place, hers), lambda: pat.post(place, his)] * 2)  # noqa: B023
            assert {status for status, _place in answers} == {302}
            page = ana.get(place)
            assert all(words in page for _field, words in _lines(turn))
        assert re.findall(r'name="seen" value="(\d+)"', ana.get(place)) == ["10"]  # what was sent twice is one version


def _lines(turn: int) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("stay_good", f"Ana wrote {turn}."), ("change_hard", f"Pat wrote {turn}.")
