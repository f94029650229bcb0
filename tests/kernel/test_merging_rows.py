"""Two people at work on the rows of one list: none is halved, none goes unsaid, and they keep their order."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openmission.kernel.merging import Conflict, merge, tidied

Row = dict[str, Any]
SAID = st.sampled_from(["one", "two", 0, 7])
CELLS = st.fixed_dictionaries({}, optional={"x": SAID, "y": st.just("") | SAID, "z": st.just("") | SAID})  # x names it


@st.composite
def two(draw: st.DrawFn) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows as both had them, and what each made of them: wrote in some, took some off, added some of their own."""
    before = [{"id": f"r{n}", **draw(CELLS), "x": "old"} for n in range(draw(st.integers(0, 4)))]
    return before, _edited(draw, before, "s"), _edited(draw, before, "m")


def _edited(draw: st.DrawFn, before: list[Row], whose: str) -> list[Row]:
    rows = []
    for row in before:
        how = draw(st.sampled_from(["as it was", "written in", "taken off", "emptied"]))
        if how == "written in":
            rows.append({**row, **draw(CELLS)})
        elif how != "taken off":
            rows.append(row if how == "as it was" else {"id": row["id"], "x": ""})
    return rows + [{"id": f"{whose}{n}", **draw(CELLS), "x": "new"} for n in range(draw(st.integers(0, 2)))]


def by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in tidied(rows)}


def merged(base: list[Row], stored: list[Row], mine: list[Row]) -> tuple[list[Row], tuple[Conflict, ...]]:
    found, conflicts = merge({"t": base}, {"t": stored}, {"t": mine})
    return found.get("t", []), conflicts


@given(two())
def test_a_row_that_one_took_off_is_whole_or_gone(lists: tuple[list[Row], list[Row], list[Row]]) -> None:
    was, theirs, ours = map(by_id, lists)
    found, conflicts = merged(*lists)
    now, told = by_id(found), {conflict.place[1] for conflict in conflicts if conflict.whole}
    for id in was:
        left = [side[id] for side in (theirs, ours) if id in side]
        if len(left) == 1:
            changed = left[0] != was[id]
            assert (now.get(id), id in told) == ((left[0], True) if changed else (None, False))
        else:
            assert (id in now, id in told) == (bool(left), False)


@given(two())
def test_what_anybody_wrote_stands_or_is_told(lists: tuple[list[Row], list[Row], list[Row]]) -> None:
    was, *sides = map(by_id, lists)
    found, conflicts = merged(*lists)
    now, told = by_id(found), {conflict.place[1:] for conflict in conflicts}
    for side in sides:
        for id, row in side.items():
            for name, value in row.items():
                written = value != was.get(id, {}).get(name)
                assert not written or now.get(id, {}).get(name) == value or (id, name) in told
    assert set(now) <= {id for side in sides for id in side}


@given(two())
def test_rows_keep_their_order(lists: tuple[list[Row], list[Row], list[Row]]) -> None:
    ids = [row["id"] for row in merged(*lists)[0]]
    assert len(set(ids)) == len(ids)
    for side in lists:
        places = [ids.index(id) for id in by_id(side) if id in ids]
        assert all(one < next for one, next in pairwise(places))


@given(two())
def test_a_form_that_comes_twice_says_nothing_new(lists: tuple[list[Row], list[Row], list[Row]]) -> None:
    base, _stored, mine = lists
    found, conflicts = merged(*lists)
    again, told = merged(base, found, mine)
    assert again == found
    assert {each.place for each in told} <= {each.place for each in conflicts}
    assert merged(base, mine, mine) == (tidied(mine), ())


@given(two())
def test_who_saves_first_makes_no_difference_but_in_what_is_told(
    lists: tuple[list[Row], list[Row], list[Row]],
) -> None:
    base, stored, mine = lists
    (one, told), (other, again) = merged(base, stored, mine), merged(base, mine, stored)
    assert {(each.place, each.whole) for each in told} == {(each.place, each.whole) for each in again}
    if all(each.whole for each in told):
        assert by_id(one) == by_id(other)
