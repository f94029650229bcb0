"""Writing the two logs. Nothing here is ever changed or removed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from openmission.audit.models import RecordedEvent
from openmission.kernel import events, sql
from openmission.kernel.actors import Actor
from openmission.kernel.ids import new_id


def record(event: events.Event, *, by: Actor, at: datetime) -> None:
    """Write the event's row and hand it to its subscribers, in the caller's transaction.

    Raises `TransactionManagementError` when the caller has not opened one: a change and its record stand or fall
    together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is recorded inside the change's transaction")
    data = asdict(event)
    client_id = data.pop("client_id")
    RecordedEvent.objects.create(
        kind=event.kind(),
        at=at,
        by_id=by.id,
        by_name=by.name,
        client_id=client_id,
        on_timeline=event.on_timeline,
        data=data,
    )
    events.publish(event, by, at)


_LOOKS = "INSERT INTO audit_access (id, at, by_id, by_name, client_id, page, listed, break_glass) VALUES "


def record_access(shown: dict[UUID, tuple[bool, bool]], *, page: str, by: Actor, at: datetime) -> None:
    """Write one row for each client shown: `shown` is {client id: (listed, break_glass)}.

    One statement without model instances: every list writes thirty rows.
    """
    if by.id is None or not shown:
        return
    when, [by_id] = connection.ops.adapt_datetimefield_value(at), sql.written(by.id)
    keys = zip(sql.written(*(new_id() for _client in shown)), sql.written(*shown), strict=True)
    rows: list[Any] = []
    for (id, client_id), (listed, broken) in zip(keys, shown.values(), strict=True):
        rows += [id, when, by_id, by.name, client_id, page, listed, broken]
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS + ", ".join([sql.marks(8)] * len(shown)), rows)
