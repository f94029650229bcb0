"""Taking an import to its end, in the background: check, write the raw rows, find people, and make it count.

Rows are written in short transactions, so that nobody else waits, and count only when the last step makes the import
complete. Killed at any point, it is begun again and comes to the same end: a row that is there already is not added.
"""

import hashlib
import json
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Q, QuerySet

from openmission.audit.services import record
from openmission.exchange import vault
from openmission.exchange.content import hmis_standard, housing_families
from openmission.exchange.events import HmisImportChecked, HmisImportCompleted, HmisImportFailed
from openmission.exchange.found import as_rows
from openmission.exchange.hmis_fy2026.check import Report, check_export
from openmission.exchange.hmis_fy2026.housing import Entry
from openmission.exchange.hmis_fy2026.package import Package, Unreadable, open_package
from openmission.exchange.hmis_fy2026.people import READ, find_people
from openmission.exchange.hmis_fy2026.reader import open_table
from openmission.exchange.models import HmisImport, HmisPerson, HmisRow
from openmission.exchange.reports import ImportReport
from openmission.kernel.actors import Actor

BATCH = 500
"""Rows of one transaction: some twenty milliseconds of SQLite's only write lock."""

BREATH_SECONDS = 0.005
"""Between two transactions, for those who wait for the lock."""

UNHASHED = "1"
State = HmisImport.State


class Ended(Exception):
    """Somebody ended the import while it was under way: it goes no further."""


def continue_import(*, import_id: UUID, by: Actor, at: datetime) -> HmisImport:
    """Do what an import still needs, to its end or to a person's decision; nothing when there is nothing to do.

    Waits while another import is under way. Whoever brought it was asked then whether they may.
    """
    with vault.alone():
        taken = HmisImport.objects.get(id=import_id)
        if taken.is_unfinished:
            try:
                with open_package(vault.path_of(import_id), hmis_standard()) as package:
                    _take(taken, package, by, at)
            except Unreadable as fault:
                _fail(taken, fault, by, at)
            except Ended:
                taken.refresh_from_db()
            except Exception:  # a full disk, a lost database, a mistake of ours: nothing of it stays
                _fail(taken, Unreadable("stopped"), by, at)
                vault.forget(taken.id)
                _remove(taken.rows.all())
                raise
        if taken.finished_at:
            vault.forget(taken.id)
        vault.tidy(HmisImport.objects.filter(finished_at=None).values_list("id", flat=True))
    return taken


def _take(taken: HmisImport, package: Package, by: Actor, at: datetime) -> None:
    taken.fingerprint = package.fingerprint()
    earlier = HmisImport.objects.filter(fingerprint=taken.fingerprint, state=State.COMPLETE, same_as=None).first()
    if earlier:
        _complete_as_before(taken, earlier, by, at)
        return
    report = check_export(package, hmis_standard())
    taken.report = ImportReport.checked(report).as_json()
    if report.header and (not report.faults or (taken.leave_out and report.can_go_on)):
        taken.source, taken.reference_on = report.header.source, report.header.reference
        taken.names_hashed = report.header.hash_status != UNHASHED
        taken.state, taken.rows_total = State.IMPORTING, sum(report.rows.values()) - len(report.left_out)
        taken.save()
        _remove_rows_of_others(taken)
        _write_rows(taken, package, report)
        _complete(taken, by, at)
    else:
        _ask(taken, len(report.faults), by, at)


@transaction.atomic
def _ask(taken: HmisImport, faults: int, by: Actor, at: datetime) -> None:
    taken.state = State.NEEDS_DECISION
    taken.save()
    record(HmisImportChecked(import_id=taken.id, faults=faults), by=by, at=at)


@transaction.atomic
def _fail(taken: HmisImport, fault: Unreadable, by: Actor, at: datetime) -> None:
    taken.state, taken.finished_at = State.FAILED, at
    taken.report = ImportReport(unreadable=(fault.kind, fault.detail)).as_json()
    taken.save()
    record(HmisImportFailed(import_id=taken.id, because=fault.kind), by=by, at=at)


def _remove_rows_of_others(taken: HmisImport) -> None:
    """Rows of an import that was cut off or failed must not stand in the way of ours."""
    others = HmisRow.objects.filter(taken__source=taken.source).exclude(taken=taken)
    _remove(others.exclude(taken__state=State.COMPLETE))


def _remove(rows: QuerySet[HmisRow]) -> None:
    while ids := list(rows.values_list("id", flat=True)[:BATCH]):
        HmisRow.objects.filter(id__in=ids).delete()


def _write_rows(taken: HmisImport, package: Package, report: Report) -> None:
    done = 0
    with closing(_rows(taken, package, report)) as rows:
        while batch := list(islice(rows, BATCH)):
            done += len(batch)
            _write_batch(taken, batch, done)
            time.sleep(BREATH_SECONDS)
    taken.rows_done = done


@transaction.atomic
def _write_batch(taken: HmisImport, batch: list[tuple[Any, ...]], done: int) -> None:
    """Without model instances: tens of thousands of rows are written in half the time. Raises `Ended`."""
    _lock(taken, done)
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, batch)


def _lock(taken: HmisImport, done: int) -> None:
    """Note how many rows are done, which locks the import for the transaction. Raises `Ended`."""
    if not HmisImport.objects.filter(id=taken.id, state=State.IMPORTING).update(rows_done=done):
        raise Ended


_INSERT = (
    f"INSERT INTO {HmisRow._meta.db_table} (taken_id, file, row_number, digest, data) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT DO NOTHING"
)


def _rows(taken: HmisImport, package: Package, report: Report) -> Generator[tuple[Any, ...]]:
    """The export's rows but those left out. ExportID is no part of the digest: it is another in every export."""
    left_out = report.left_out
    seal = HmisRow._meta.get_field("data").get_db_prep_value
    import_id = HmisImport._meta.pk.get_db_prep_value(taken.id, connection)
    for spec in hmis_standard().values():
        if spec.name not in package.openers:
            continue
        with open_table(package, spec) as table:
            for number, values in table.lines:
                if (spec.name, number) in left_out:
                    continue
                data = {name: value for name, value in sorted(zip(table.columns, values, strict=True)) if value}
                lasting = [taken.source, spec.name, *(f"{n}={v}" for n, v in data.items() if n != "ExportID")]
                sealed = seal(json.dumps(data, ensure_ascii=False), connection)
                yield import_id, spec.name, number, _digest("\x1f".join(lasting)), sealed


def _digest(row: str) -> bytes:
    """With a key, so that a copied database alone does not tell whether somebody stood in an export."""
    return hashlib.blake2b(row.encode(), key=settings.FINGERPRINT_KEY, digest_size=16).digest()


def _complete(taken: HmisImport, by: Actor, at: datetime) -> None:
    """The one step after which everything counts: people, counts, state and event in one transaction.

    Raises `Ended`.
    """
    of_source = HmisImport.objects.filter(Q(id=taken.id) | Q(source=taken.source, state=State.COMPLETE))
    latest = of_source.aggregate(latest=Max("reference_on"))["latest"]
    found = find_people(_entries(of_source), housing_families(), on=latest)
    hashed = set(map(str, of_source.filter(names_hashed=True).values_list("id", flat=True)))
    report = ImportReport.of(taken)
    report.added = dict(taken.rows.values_list("file").annotate(Count("id")).order_by("file"))
    report.people = len(found)
    taken.report, taken.state, taken.finished_at = report.as_json(), State.COMPLETE, at
    with transaction.atomic():
        _lock(taken, taken.rows_done)
        taken.save()
        HmisPerson.objects.filter(source=taken.source).update(matched=False)
        HmisPerson.objects.bulk_create(
            as_rows(found, source=taken.source, hashed=hashed),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["source", "personal_id"],
            update_fields=HmisPerson.WORKED_OUT,
        )
        added = sum(report.added.values())
        event = HmisImportCompleted(import_id=taken.id, source=taken.source, rows_added=added, people=len(found))
        record(event, by=by, at=at)


def _entries(of_source: QuerySet[HmisImport]) -> Iterator[Entry]:
    rows = HmisRow.objects.filter(taken__in=of_source, file__in=READ)
    ordered = rows.order_by("taken__reference_on", "taken__received_at", "id")
    columns = ordered.values_list("taken_id", "file", "row_number", "data")
    keys = {file: hmis_standard()[file].key for file in READ}
    for import_id, file, number, text in columns.iterator(chunk_size=2000):
        data = json.loads(text)
        yield Entry(file, data[keys[file]], number, {c: data[c] for c in READ[file] if c in data}, str(import_id))


@transaction.atomic
def _complete_as_before(taken: HmisImport, earlier: HmisImport, by: Actor, at: datetime) -> None:
    """The same content was imported before: nothing to add."""
    taken.same_as, taken.source, taken.reference_on = earlier, earlier.source, earlier.reference_on
    report = ImportReport.of(earlier)
    report.added = {}
    taken.report, taken.state, taken.finished_at = report.as_json(), State.COMPLETE, at
    taken.save()
    event = HmisImportCompleted(import_id=taken.id, source=taken.source, rows_added=0, people=report.people)
    record(event, by=by, at=at)
