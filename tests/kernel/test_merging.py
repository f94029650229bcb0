"""Two people changed the same thing at once: what stands, and what is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmission.kernel.merging import Conflict, merge, tidied

CASES: dict[str, tuple[Any, Any, Any, Any, tuple[Conflict, ...]]] = {
    "nobody changed anything": ({"a": "x"}, {"a": "x"}, {"a": "x"}, {"a": "x"}, ()),
    "only mine": ({"a": "x"}, {"a": "x"}, {"a": "y"}, {"a": "y"}, ()),
    "only theirs": ({"a": "x"}, {"a": "y"}, {"a": "x"}, {"a": "y"}, ()),
    "both the same": ({}, {"a": "y"}, {"a": "y"}, {"a": "y"}, ()),
    "different parts": ({}, {"a": "x"}, {"b": 0}, {"a": "x", "b": 0}, ()),
    "both differently": ({"a": "x"}, {"a": "y"}, {"a": "z"}, {"a": "y"}, (Conflict(("a",), "y", "z"),)),
    "I emptied, they changed": ({"a": "x"}, {"a": "y"}, {}, {"a": "y"}, (Conflict(("a",), "y", None),)),
    "they emptied, I changed": ({"a": "x"}, {"a": ""}, {"a": "z"}, {}, (Conflict(("a",), None, "z"),)),
    "empty is missing": ({"a": ""}, {"a": None, "b": []}, {}, {}, ()),
    "cells of one row": (
        {"t": [{"id": "r", "x": 1, "y": 1}]},
        {"t": [{"id": "r", "x": 2, "y": 1}]},
        {"t": [{"id": "r", "x": 1, "y": 2}]},
        {"t": [{"id": "r", "x": 2, "y": 2}]},
        (),
    ),
    "both added a row": (
        {},
        {"t": [{"id": "r", "x": 1}]},
        {"t": [{"id": "s", "x": 2}]},
        {"t": [{"id": "r", "x": 1}, {"id": "s", "x": 2}]},
        (),
    ),
    "a row removed that I changed": (
        {"t": [{"id": "r", "x": 1, "y": 1}]},
        {},
        {"t": [{"id": "r", "x": 2, "y": 1}]},
        {"t": [{"id": "r", "x": 2, "y": 1}]},
        (Conflict(("t", "r"), None, {"x": 2, "y": 1}, whole=True),),
    ),
    "a row changed that I removed": (
        {"t": [{"id": "q", "x": 1}, {"id": "r", "x": 1, "y": 1}]},
        {"t": [{"id": "q", "x": 1}, {"id": "r", "x": 2, "y": 1}]},
        {"t": [{"id": "q", "x": 3}]},
        {"t": [{"id": "q", "x": 3}, {"id": "r", "x": 2, "y": 1}]},
        (Conflict(("t", "r"), {"x": 2, "y": 1}, None, whole=True),),
    ),
    "a removed row comes back to its place": (
        {"t": [{"id": "p", "x": 1}, {"id": "q", "x": 1}, {"id": "r", "x": 1}]},
        {"t": [{"id": "p", "x": 1}, {"id": "r", "x": 1}, {"id": "s", "x": 1}]},
        {"t": [{"id": "p", "x": 1}, {"id": "q", "x": 2}, {"id": "r", "x": 1}]},
        {"t": [{"id": "p", "x": 1}, {"id": "q", "x": 2}, {"id": "r", "x": 1}, {"id": "s", "x": 1}]},
        (Conflict(("t", "q"), None, {"x": 2}, whole=True),),
    ),
    "I removed all": ({"t": [{"id": "r", "x": 1}]}, {"t": [{"id": "r", "x": 1}]}, {}, {}, ()),
    "both ticked": ({"t": ["a"]}, {"t": ["a", "b"]}, {"t": ["c"]}, {"t": ["b", "c"]}, ()),
    "another shape": ({}, {"a": "x"}, {"a": {"b": 1}}, {"a": "x"}, (Conflict(("a",), "x", {"b": 1}),)),
}


@pytest.mark.parametrize(("base", "stored", "mine", "result", "conflicts"), CASES.values(), ids=CASES)
def test_what_stands_and_what_is_told(
    base: Any, stored: Any, mine: Any, result: Any, conflicts: tuple[Conflict, ...]
) -> None:
    assert merge(base, stored, mine) == (result, conflicts)


NAMES = st.sampled_from(["a", "b", "c"])
LEAVES = st.sampled_from(["", "x", "y", 0, 5, None])
ROWS = st.dictionaries(NAMES, st.dictionaries(NAMES, LEAVES)).map(
    lambda rows: [{"id": id, **row} for id, row in rows.items()]
)
ANSWERS = st.fixed_dictionaries(
    {
        "text": LEAVES,
        "rows": ROWS,
        "marks": st.lists(NAMES, unique=True),
        "rulers": st.dictionaries(NAMES, st.dictionaries(NAMES, LEAVES)),
    }
)


def cells(value: Any, place: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every smallest part that says something, by the place where it stands."""
    if isinstance(value, list):
        value = {part["id"]: part for part in value} if isinstance(value[0], dict) else dict.fromkeys(value, True)
    if not isinstance(value, dict):
        return {place: value}
    found: dict[tuple[str, ...], Any] = {}
    for name, part in value.items():
        found |= cells(part, (*place, name)) if name != "id" else {}
    return found


@given(ANSWERS, ANSWERS, ANSWERS)
def test_each_sides_change_is_in_the_result_or_told(base: Any, stored: Any, mine: Any) -> None:
    found, conflicts = merge(base, stored, mine)
    was, theirs, ours, now = (cells(tidied(each)) for each in (base, stored, mine, found))
    told = {conflict.place: conflict for conflict in conflicts}
    for place in {*was, *theirs, *ours, *now}:
        row = told.get(place[:2])
        if row and row.whole:
            assert now.get(place) == (theirs if row.stored else ours).get(place)
        elif place in told:
            assert (now.get(place), told[place].mine) == (theirs.get(place), ours.get(place))
        elif theirs.get(place) != was.get(place):
            assert now.get(place) == theirs.get(place)
        else:
            assert now.get(place) == ours.get(place)


@given(ANSWERS, ANSWERS)
def test_what_nobody_else_touched_is_what_i_wrote(base: Any, mine: Any) -> None:
    assert merge(base, base, mine) == (tidied(mine), ())
    assert merge(base, mine, base) == (tidied(mine), ())
    assert merge(base, mine, mine) == (tidied(mine), ())
