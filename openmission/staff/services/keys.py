"""Changing the key that texts, files and second-factor secrets are encrypted with, while people go on working."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from openmission.audit.services import record
from openmission.kernel import files, keyring, sql
from openmission.kernel.actors import Actor
from openmission.kernel.encryption import EncryptedTextField, resealed
from openmission.staff.adapter import resealed_secrets
from openmission.staff.events import EncryptionKeyChanged

BATCH = 500
"""Values of one transaction: some milliseconds of SQLite's only write lock."""

BREATH_SECONDS = 0.005
"""Between two transactions, for those who wait for the lock."""

LATE_SECONDS = 30
"""So long after everything was rewritten it is looked at once more: what was sealed just before the key changed, and
then waited for SQLite's lock (20 seconds at most), is written by then, or never.
"""


@dataclass
class Rewritten:
    """How many values of each place (`table.column`, files, second factors) were rewritten, and of which no key opened
    what is there. `new_key`: one was made; else a change that was begun was taken up.
    """

    new_key: bool

    done: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def counting(self, place: str) -> Iterator[None]:
        """What no key opens is counted and left as it is."""
        try:
            yield
        except (InvalidTag, ValueError):  # the other: a secret that is no number
            self.unreadable[place] += 1


def rotate_key(*, by: Actor, at: datetime) -> Rewritten:
    """Make a new key and rewrite with it all that the old one sealed; then the old key goes.

    Broken off anywhere, both keys stand, everything can be read, and the next call takes up the work. Running processes
    seal with the new key as soon as it is there (`kernel.keyring`); a value that somebody changes meanwhile is left as
    they wrote it. While no key opens some of it the old key stays too: it is never thrown away unseen that a key of
    another time is at hand. Raises `BlockingIOError` while another call is at work.
    """
    with keyring.rotating():
        _write_through()
        rewritten = Rewritten(new_key=keyring.change_key())
        _rewrite_all(rewritten)
        time.sleep(LATE_SECONDS)
        _wait_for_transactions()
        rewritten.unreadable.clear()
        _rewrite_all(rewritten)
        values, unreadable = rewritten.done.total(), rewritten.unreadable.total()
        with transaction.atomic():
            record(EncryptionKeyChanged(values=values, unreadable=unreadable), by=by, at=at)
        if not unreadable:
            keyring.forget_old_key()
    return rewritten


def _write_through() -> None:
    """What this connection commits, and all that others did before, is on the disk from now on when the commit returns:
    after a power cut the values that the new key sealed must be there when the old key is not.
    """
    if not connection.in_atomic_block:  # a transaction keeps what it began with
        full = "PRAGMA synchronous=FULL" if connection.vendor == "sqlite" else "SET synchronous_commit = on"
        with connection.cursor() as cursor:
            cursor.execute(full)


def _wait_for_transactions() -> None:
    """Until every transaction that is open now has ended: one may hold what it sealed with the old key.

    SQLite has one that writes at a time, and this is the next; who takes longer than it waits for makes it fail, and
    the old key stays.
    """
    if connection.vendor == "sqlite":
        with transaction.atomic():
            return
    now = sql.fetch("SELECT clock_timestamp()", [])
    while sql.fetch(_OLDER, now[0]):
        time.sleep(1)
        sql.fetch("SELECT pg_stat_clear_snapshot()", [])  # a caller's transaction would see the same for ever


_OLDER = (
    "SELECT pid FROM pg_stat_activity "
    "WHERE datname = current_database() AND backend_type = 'client backend' "
    "AND pid <> pg_backend_pid() AND xact_start < %s"
)


def _rewrite_all(rewritten: Rewritten) -> None:
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, EncryptedTextField):
                _rewrite_column(model, column, rewritten)
    for id in list(Authenticator.objects.values_list("id", flat=True)):
        with rewritten.counting("second factors"):
            rewritten.done["second factors"] += _rewrite_second_factor(id)
    for place in files.every_place():
        with rewritten.counting("files"):
            rewritten.done["files"] += files.reseal(place)


def _rewrite_column(model: type[Model], column: EncryptedTextField, rewritten: Rewritten) -> None:
    """A value is replaced only while it is the one that was read: each sealing is another, so that tells them apart."""
    columns: tuple[Any, ...] = (model._meta.db_table, column.column, model._meta.pk.column)
    table, name, key = map(connection.ops.quote_name, columns)
    where = f"{model._meta.db_table}.{column.column}"
    for rows in _batches(table, name, key):
        fresh = []
        for id, value in rows:
            with rewritten.counting(where):
                if new := resealed(bytes(value), bound_to=column.bound_to):
                    fresh.append((new, id, value))
        if fresh:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(f"UPDATE {table} SET {name} = %s WHERE {key} = %s AND {name} = %s", fresh)
                rewritten.done[where] += cursor.rowcount
            time.sleep(BREATH_SECONDS)


def _batches(table: str, name: str, key: str) -> Iterator[list[tuple[Any, Any]]]:
    """Key and sealed value of every row that has one, in the order of keys."""
    asked = f"SELECT {key}, {name} FROM {table} WHERE length({name}) > 0"
    after: list[Any] = []
    while True:
        beyond = f" AND {key} > %s" if after else ""
        with connection.cursor() as cursor:
            cursor.execute(f"{asked}{beyond} ORDER BY {key} LIMIT {BATCH}", after)
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        after = [rows[-1][0]]


@transaction.atomic
def _rewrite_second_factor(id: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(id=id).first()
    fresh = resealed_secrets(row.data) if row else None
    if fresh:
        Authenticator.objects.filter(id=id).update(data=fresh)
    return fresh is not None
