"""Two people changed the same thing at once: neither loses a word.

What is merged are plain values in nested dicts, as JSON holds them. A list of rows, each a dict with an `id`, is merged
row by row; a list of slugs is a set of marks, merged mark by mark. What is missing and what is empty (None, "",
an empty dict or list, a row with nothing but its id) are the same; 0 and False are answers.

A row that one side took off while the other wrote in it stays whole, as written: taking it off again is one step, words
that went are gone. The row is never halved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed the same smallest part, differently. `place` leads to it; a row stands there by its id.

    `whole`: one side took off the row of that place (None here), the other wrote in it.
    """

    place: tuple[str, ...]
    stored: Any
    mine: Any
    whole: bool = False


def tidied(value: Any) -> Any:
    """The same without what is empty."""
    if isinstance(value, dict):
        kept = {name: tidied(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if not is_empty(part)}
    if isinstance(value, list):
        return [part for part in map(tidied, value) if not is_empty(part) and not _is_bare(part)]
    return value


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def merge(base: Any, stored: Any, mine: Any) -> tuple[Any, tuple[Conflict, ...]]:
    """What stands after both changes, and where they contradict each other.

    `base` is what both had before them, `stored` and `mine` what each made of it. A part that one side changed is taken
    from it; one that both changed differently stays as stored and is told; a row that one side took off and the other
    wrote in stays whole, as written, and is told. The result is tidied; rows stand in the order of `stored`, new ones
    of `mine` behind them.
    """
    conflicts: list[Conflict] = []
    found = _merged(tidied(base), tidied(stored), tidied(mine), (), conflicts)
    return tidied(found), tuple(conflicts)


def common(one: Any, other: Any) -> Any:
    """What both say alike: equal parts of nested dicts, marks that both have. The result is tidied."""
    if isinstance(one, dict) and isinstance(other, dict):
        return tidied({name: common(one[name], other[name]) for name in one.keys() & other.keys()})
    if isinstance(one, list) and isinstance(other, list):
        return [part for part in one if part in other]
    return one if one == other else None


def _merged(base: Any, stored: Any, mine: Any, place: tuple[str, ...], conflicts: list[Conflict]) -> Any:
    if mine in (stored, base) or (is_empty(mine) and is_empty(base)):
        return stored
    if stored == base or (is_empty(stored) and is_empty(base)):
        return mine
    shapes = {shape for shape in map(_shape, (base, stored, mine)) if shape}
    if len(shapes) != 1 or shapes == {"leaf"}:
        conflicts.append(Conflict(place, stored, mine))
        return stored
    shape, (before, theirs, ours) = shapes.pop(), map(_parts, (base, stored, mine))
    part = _merged_row if shape == "rows" else _merged
    parts = {
        name: part(before.get(name), theirs.get(name), ours.get(name), (*place, name), conflicts)
        for name in _order(before, theirs, ours)
    }
    return _rebuilt(parts, shape)


def _merged_row(base: Any, stored: Any, mine: Any, place: tuple[str, ...], conflicts: list[Conflict]) -> Any:
    if is_empty(base) or base in (stored, mine) or (stored and mine) or stored == mine:
        return _merged(base, stored, mine, place, conflicts)
    conflicts.append(Conflict(place, stored or None, mine or None, whole=True))
    return stored or mine


def _order(before: Iterable[str], theirs: Iterable[str], ours: Iterable[str]) -> list[str]:
    """Theirs; what they took off and we have, in its old place among them; then what is new of ours."""
    names, mine, at = list(theirs), list(ours), 0
    for name in before:
        if name in names:
            at = names.index(name) + 1
        elif name in mine:
            names.insert(at, name)
            at += 1
    return names + [name for name in mine if name not in names]


def _shape(value: Any) -> str:
    """dict, rows, marks or leaf; nothing for what is empty and fits all of them."""
    if is_empty(value):
        return ""
    if isinstance(value, list) and all(isinstance(part, dict) and "id" in part for part in value):
        return "rows"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "marks"
    return "dict" if isinstance(value, dict) else "leaf"


def _parts(value: Any) -> dict[str, Any]:
    shape = _shape(value)
    if shape == "rows":
        return {row["id"]: {name: part for name, part in row.items() if name != "id"} for row in value}
    return dict.fromkeys(value, True) if shape == "marks" else value or {}


def _rebuilt(parts: dict[str, Any], shape: str) -> Any:
    if shape == "rows":
        return [{"id": id, **row} for id, row in parts.items() if not is_empty(row)]
    return [name for name, there in parts.items() if there] if shape == "marks" else parts


def _is_bare(part: Any) -> bool:
    """A row that holds nothing but its id."""
    return isinstance(part, dict) and set(part) == {"id"}
