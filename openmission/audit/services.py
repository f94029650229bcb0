"""Writing the two logs. Nothing here is ever changed or removed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmission.audit.models import Access, RecordedEvent
from openmission.kernel import events
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


def record_access(shown: dict[UUID, tuple[bool, bool]], *, page: str, by: Actor, at: datetime) -> None:
    """Write one row for each client shown: `shown` is {client id: (listed, break_glass)}.

    One statement without model instances: every list writes thirty rows.
    """
    if by.id is None or not shown:
        return
    connection = transaction.get_connection()
    fields = {field.attname: field for field in Access._meta.concrete_fields}

    def put(name: str, value: Any) -> Any:
        return fields[name].get_db_prep_save(value, connection)

    same = {"at": put("at", at), "by_id": put("by_id", by.id), "by_name": by.name, "page": page}
    rows: list[Any] = []
    for client_id, (listed, broken) in shown.items():
        ids = {"id": put("id", new_id()), "client_id": put("client_id", client_id)}
        row = {**same, **ids, "listed": listed, "break_glass": broken}
        rows += [row[name] for name in fields]
    columns = ", ".join(field.column for field in fields.values())
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(shown))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Access._meta.db_table} ({columns}) VALUES {marks}", rows)
