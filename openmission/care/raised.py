"""How rooms above take part in the agenda: they raise lines from facts of their own, and say them in words.

A room adds its `Raiser` when it starts. Its rules and message codes begin with its name: `delivery.next`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from openmission.care.rules.agenda import DueItem, Fact
from openmission.kernel.actors import Actor
from openmission.programs.rules import Program

if TYPE_CHECKING:
    from openmission.care.selectors.facts import Standing


@dataclass(frozen=True, slots=True)
class Raised:
    """What a room says of one enrollment: its lines, and the facts behind them (`Standing.known`)."""

    items: tuple[DueItem, ...]
    facts: Any = None


@dataclass(frozen=True, slots=True)
class Raiser:
    """`raised` gives what the room says of these standings by enrollment, in as many queries for thirty as for one; the
    others put a line or a fact into the reader's words and name the page on which it is done. `instead`: another page
    and its words, offered to who would put the line off.
    """

    raised: Callable[[Actor, "list[Standing]", date], Mapping[UUID, Raised]]
    what: Callable[[DueItem, str, Program], str]
    why: Callable[[Fact, Program], str]
    label: Callable[[DueItem], str]
    url: Callable[[DueItem], str]
    instead: Callable[[DueItem], tuple[str, str] | None] = lambda _item: None


_raisers: dict[str, Raiser] = {}


def add_raiser(room: str, raiser: Raiser) -> None:
    _raisers[room] = raiser


def raiser_of(rule_or_code: str) -> Raiser | None:
    """The room above that speaks so; None for the engine's own words."""
    return _raisers.get(rule_or_code.partition(".")[0])


def raisers() -> tuple[tuple[str, Raiser], ...]:
    """Each with its room."""
    return tuple(_raisers.items())
