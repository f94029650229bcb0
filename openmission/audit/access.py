"""The access log's collecting side: selectors note whom they showed, one middleware writes the rows.

`note` is called by selectors only. What is noted outside a request (a job, a test) is dropped.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from uuid import UUID

_shown: ContextVar[dict[UUID, tuple[bool, bool]] | None] = ContextVar("shown", default=None)


def begin() -> None:
    """Start collecting for one request."""
    _shown.set({})


def note(client_ids: Iterable[UUID], *, listed: bool = True, break_glass: bool = False) -> None:
    """Say that these clients are being shown. A client opened and listed on the same page counts as opened."""
    shown = _shown.get()
    if shown is None:
        return
    for client_id in client_ids:
        was_listed, was_broken = shown.get(client_id, (True, False))
        shown[client_id] = (was_listed and listed, was_broken or break_glass)


def collected() -> dict[UUID, tuple[bool, bool]]:
    """Return {client id: (listed, break_glass)} and stop collecting."""
    shown = _shown.get() or {}
    _shown.set(None)
    return shown
