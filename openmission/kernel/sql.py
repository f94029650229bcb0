"""Asking in SQL of our own, for what runs on every page: the ORM would build the same question anew each time.

One text serves both databases. PostgreSQL hands over UUIDs, days and moments with their zone; SQLite text, or a moment
without one (UTC). The readers take either.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection


def fetch(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    """All rows of a question with `%s` for each value."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()


def marks(number: int) -> str:
    """A list of so many values: `(%s, %s)`."""
    return f"({', '.join(['%s'] * number)})"


def written(*ids: UUID) -> list[Any]:
    """Keys as the database writes them."""
    return list(ids) if connection.features.has_native_uuid_field else [id.hex for id in ids]


def among(ids: Iterable[UUID]) -> tuple[str, list[Any]]:
    """The condition that a key is one of these, and its values. PostgreSQL takes them as one: it keeps a plan for each
    text, and so the text is the same for any number of them.
    """
    keys = written(*ids)
    return ("= ANY(%s)", [keys]) if connection.features.has_native_uuid_field else (f"IN {marks(len(keys))}", keys)


def gathered(column: str) -> str:
    """The values of a group as one text, with commas between."""
    return f"string_agg({column}, ',')" if connection.vendor == "postgresql" else f"group_concat({column})"


def key(value: UUID | str) -> UUID:
    return _key(value) if isinstance(value, str) else value


_key = lru_cache(maxsize=20_000)(UUID)  # the same people again and again


def day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment(value: datetime | str) -> datetime:
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at if at.tzinfo else at.replace(tzinfo=UTC)
