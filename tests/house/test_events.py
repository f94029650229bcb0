"""Every event has a presenter that renders from what is stored."""

import importlib
import json
import types
import typing
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import get_template

from openmission.kernel.events import Event, event_classes, read_back
from tests.house.source import of_kind

for _module in of_kind("events"):
    importlib.import_module(_module.name)
EVENTS = {kind: cls for kind, cls in event_classes().items() if cls.__module__.startswith("openmission.")}
SAMPLES: dict[type, Any] = {
    str: "sample",
    int: 3,
    float: 1.5,
    bool: True,
    UUID: UUID(int=7),
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
}


def _sample(kind: Any) -> Any:
    """A value of the annotated type; of several, the first."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _sample(inside[0])
    if origin in (tuple, list, frozenset, set):
        return [_sample(inside[0])]
    if origin is dict:
        return {_sample(inside[0]): _sample(inside[1])}
    if origin is typing.Literal:
        return inside[0]
    return SAMPLES[kind]


def _stored(kind: str, cls: type[Event]) -> dict[str, Any]:
    """What the log gives back: the fields after JSON, with days and moments as dates again."""
    hints = typing.get_type_hints(cls)
    data = {field.name: _sample(hints[field.name]) for field in fields(cls)}
    return read_back(kind, json.loads(json.dumps(data, cls=DjangoJSONEncoder)))


@pytest.mark.django_db  # titles of programs and papers are looked up
@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_presenter_renders(kind: str) -> None:
    room, name = kind.split(".")
    text = get_template(f"{room}/events/{name}.html").render({"event": _stored(kind, EVENTS[kind])})
    assert text.strip()
