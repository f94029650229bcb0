"""Nothing in the two logs is ever changed or removed: the database itself refuses, whoever asks and however."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, models, transaction

from openmission.audit.models import Access, RecordedEvent
from openmission.kernel.ids import new_id

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def recorded_event() -> RecordedEvent:
    return RecordedEvent.objects.create(kind="staff.SignedIn", at=AT, by_id=new_id(), by_name="Ana", data={})


def access() -> Access:
    return Access.objects.create(
        at=AT, by_id=new_id(), by_name="Ana", client_id=new_id(), page="desk:client", listed=False
    )


def raw(sql: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def stored_id(row: models.Model) -> str:
    id: UUID = row.pk
    return str(id) if connection.vendor == "postgresql" else id.hex


WAYS: dict[str, Callable[[models.Model], object]] = {
    "save": lambda row: row.save(),
    "update": lambda row: type(row)._default_manager.filter(pk=row.pk).update(by_name="Nobody"),
    "bulk update": lambda row: type(row)._default_manager.bulk_update([row], ["by_name"]),
    "delete": lambda row: row.delete(),
    "delete all": lambda row: type(row)._default_manager.all().delete(),
    "raw update": lambda row: raw(f"UPDATE {row._meta.db_table} SET by_name = %s WHERE id = %s", "X", stored_id(row)),
    "raw delete": lambda row: raw(f"DELETE FROM {row._meta.db_table} WHERE id = %s", stored_id(row)),
}


@pytest.mark.parametrize("make", [recorded_event, access], ids=["event", "access"])
@pytest.mark.parametrize("way", WAYS)
def test_a_logged_row_stays(make: Callable[[], models.Model], way: str) -> None:
    row = make()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WAYS[way](row)
    assert type(row)._default_manager.get(pk=row.pk).by_name == "Ana"  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", ["audit_recordedevent", "audit_access"])
def test_a_log_cannot_be_emptied_at_once(table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        raw(f"TRUNCATE {table}")
