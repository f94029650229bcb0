"""Facts that rooms say, and who hears them.

An event is a frozen dataclass in a room's `events.py`. A service says it through `audit.services.record`, which writes
the append-only row and hands the event to its subscribers in the same transaction. Subscribers register in their
room's `handlers.py`; facts go up, imports go down.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, get_args, get_type_hints
from uuid import UUID

from openmission.kernel.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every event. `client_id` names the client it is about, if it is about one.

    Fields hold ids, codes, dates and short labels: never a note, never another client's name.
    `on_timeline` events are shown on the client's timeline.
    """

    on_timeline: ClassVar[bool] = False
    client_id: UUID | None = None

    @classmethod
    def kind(cls) -> str:
        """`room.EventName`, the stored name."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


Handler = Callable[[Any, Actor, datetime], None]
_handlers: dict[type[Event], list[Handler]] = defaultdict(list)


def subscribe(event_class: type[Event], handler: Handler) -> None:
    """Call `handler(event, by, at)` whenever an event of the class is recorded."""
    if handler not in _handlers[event_class]:
        _handlers[event_class].append(handler)


def publish(event: Event, by: Actor, at: datetime) -> None:
    for handler in _handlers[type(event)]:
        handler(event, by, at)


@cache
def event_classes() -> dict[str, type[Event]]:
    """Every event class, by kind; asked for only when all rooms have been imported."""
    found: dict[str, type[Event]] = {}
    pending = list(Event.__subclasses__())
    while pending:
        cls = pending.pop()
        found[cls.kind()] = cls
        pending += cls.__subclasses__()
    return found


def read_back(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the stored fields of an event with days and moments as dates again; an unknown kind as it is stored."""
    hints = _hints(kind)
    return {name: _dated(value, hints.get(name)) for name, value in data.items()}


@cache
def _hints(kind: str) -> dict[str, Any]:
    cls = event_classes().get(kind)
    return get_type_hints(cls) if cls else {}


def _dated(value: Any, hint: Any) -> Any:
    kinds = {hint, *get_args(hint)} & {date, datetime}
    return kinds.pop().fromisoformat(value) if kinds and isinstance(value, str) else value
