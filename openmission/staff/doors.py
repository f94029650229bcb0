"""Doors: which role opens which page. A view without a door stays closed to everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openmission.staff.roles import EVERYONE, ROLES


@dataclass(frozen=True, slots=True)
class Door:
    """Roles that open the page. An empty tuple with `public`: no sign-in needed."""

    roles: tuple[str, ...]
    public: bool = False


def door(*roles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open a view to the roles, in the order of `ROLES`. Whether a client is in reach is the selector's question, not
    the door's.
    """
    return _mark(Door(tuple(sorted(set(roles), key=list(ROLES).index))))


def _mark(mark: Door) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        view.door = mark  # type: ignore[attr-defined]
        return view

    return decorate


for_everyone = door(*EVERYONE)
public = _mark(Door((), public=True))
