"""The form of a new group that is sent several times at the same moment makes one group."""

import re
from pathlib import Path
from typing import Any

from tests.browser.server import serving
from tests.durability.test_double_clicks import clicked
from tests.durability.visitor import Visitor


def test_a_new_group_that_is_sent_four_times_at_once_is_one(data: Path) -> None:
    """Twelve times, for without the lock of the team a few go well: each answer leads to the one group."""
    with serving(data) as (address, _process):
        ana = Visitor(address, "ana")
        for number in range(12):
            name = f"Sent at once {number}"
            place = clicked(ana, "/groups/new/", new_group(ana, name))
            assert re.fullmatch(r"/groups/[0-9a-f-]{36}/", place), place
            listed = re.findall(rf'<a href="(/groups/[^"]+)">{name}</a>', ana.get("/groups/"))
            assert listed == [place]
            assert "Led by</dt><dd>Ana Ruiz</dd>" in ana.get(place)


def new_group(visitor: Visitor, name: str) -> dict[str, Any]:
    """What the form of a new group sends, with the id that the page gave it."""
    page = visitor.get("/groups/new/")
    (id,) = re.findall(r'name="id" value="([0-9a-f-]{36})"', page)
    team = re.findall(r'name="team"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="team"', page)[0]
    me = re.findall(r'<input[^>]*name="leaders"[^>]*>', page)
    ana = next(re.findall(r'value="([^"]+)"', tag)[0] for tag in me if " checked" in tag)
    given = {"id": id, "team": next(filter(None, team)), "curriculum": "drt", "name": name, "kind": "open"}
    return given | {"weekdays": "0", "starts_at": "10:00", "minutes": "60", "place": "office", "leaders": [ana]}
