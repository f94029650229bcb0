"""An import that is cut off, fails or is ended: it counts for nothing, and nothing of it stands in the way."""

import fcntl
import os
from collections.abc import Callable
from itertools import count
from typing import Any
from unittest.mock import Mock

import pytest

from openmission.exchange import vault
from openmission.exchange.models import HmisImport, HmisPerson, HmisRow
from openmission.exchange.reports import ImportReport
from openmission.exchange.services import importing, imports
from openmission.kernel.actors import SYSTEM
from tests.exchange.conftest import OVERDUE, Bring, go_on, said
from tests.exchange.invented_export import InventedExport
from tests.world.cast import NOW

pytestmark = pytest.mark.django_db
State = HmisImport.State


class Killed(BaseException):
    """What a killed worker does to the code it is in: it goes no further."""


def _die_at(monkeypatch: pytest.MonkeyPatch, place: str, *, after: int = 0) -> None:
    """The function `place` of the import works `after` times, then the worker is killed as it is called."""
    works, calls = getattr(importing, place), iter(range(after))

    def dies(*args: object, **kwargs: object) -> object:
        if next(calls, None) is None:
            raise Killed
        return works(*args, **kwargs)

    monkeypatch.setattr(importing, place, dies)


@pytest.mark.parametrize(
    ("place", "after"),
    [
        pytest.param("check_export", 0, id="while checking"),
        pytest.param("_remove_rows_of_others", 0, id="before the first row"),
        pytest.param("_write_batch", 1, id="after the first rows"),
        pytest.param("_write_batch", 3, id="before the last rows"),
        pytest.param("_complete", 0, id="after the last row"),
        pytest.param("record", 0, id="in the last step"),
    ],
)
def test_a_killed_import_counts_for_nothing_and_is_finished_by_the_next_worker(
    place: str, after: int, bring: Bring, export: InventedExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    with monkeypatch.context() as killing, pytest.raises(Killed):
        _die_at(killing, place, after=after)
        bring(export)
    taken = HmisImport.objects.get()
    assert taken.is_unfinished and HmisPerson.objects.count() == 0
    assert go_on(taken.id).state == "complete"
    assert (HmisRow.objects.count(), HmisPerson.objects.count()) == (export.row_count, 3)
    assert said().count("exchange.HmisImportCompleted") == 1
    assert go_on(taken.id).state == "complete"
    assert said().count("exchange.HmisImportCompleted") == 1


def test_an_import_that_cannot_go_on_fails_and_leaves_no_file(
    bring: Bring, export: InventedExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    with monkeypatch.context() as full, pytest.raises(OSError, match="disk full"):
        full.setattr(importing, "_complete", Mock(side_effect=OSError("disk full")))
        bring(export)
    failed = HmisImport.objects.get()
    assert (failed.state, failed.finished_at is None, HmisPerson.objects.count()) == ("failed", False, 0)
    assert ImportReport.of(failed).unreadable == ("stopped", "") and not vault.path_of(failed.id).exists()
    assert HmisRow.objects.count() == 0
    again = bring(export)
    assert (again.state, HmisRow.objects.filter(taken=again).count()) == ("complete", export.row_count)


def test_what_a_killed_import_left_does_not_stand_in_the_way(
    bring: Bring, export: InventedExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    with monkeypatch.context() as killing, pytest.raises(Killed):
        _die_at(killing, "_write_batch", after=2)
        bring(export)
    dead = HmisImport.objects.get()
    again = bring(export)
    assert (again.state, HmisRow.objects.filter(taken=again).count()) == ("complete", export.row_count)
    assert (go_on(dead.id).same_as, HmisRow.objects.count()) == (again, export.row_count)


def _after_batch(monkeypatch: pytest.MonkeyPatch, number: int, happens: Callable[[], object]) -> None:
    """Batches are of four rows; `happens` once the batch of the number (from 1) is written."""
    works, numbers = importing._write_batch, count(1)

    def write(*args: Any) -> None:
        works(*args)
        if next(numbers) == number:
            happens()

    monkeypatch.setattr(importing, "BATCH", 4)
    monkeypatch.setattr(importing, "_write_batch", write)


def test_expiry_waits_for_an_import_that_runs(
    bring: Bring, export: InventedExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock

    def expire() -> None:
        with monkeypatch.context() as impatient, pytest.raises(BlockingIOError):
            impatient.setattr(fcntl, "flock", lambda file, how: lock(file, how | fcntl.LOCK_NB))
            imports.expire_imports(by=SYSTEM, at=OVERDUE)

    _after_batch(monkeypatch, 2, expire)
    assert bring(export).state == "complete"
    assert (HmisRow.objects.count(), HmisPerson.objects.count()) == (export.row_count, 3)


@pytest.mark.parametrize("batch", [2, 4], ids=["between rows", "before the last step"])
def test_an_import_that_was_ended_meanwhile_does_not_go_on(
    batch: int, bring: Bring, export: InventedExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end() -> None:
        HmisRow.objects.all().delete()
        HmisImport.objects.update(state=State.CANCELLED, finished_at=NOW)

    with monkeypatch.context() as meanwhile:
        _after_batch(meanwhile, batch, end)
        ended = bring(export)
    assert (ended.state, HmisRow.objects.count(), HmisPerson.objects.count()) == ("cancelled", 0, 0)
    assert "exchange.HmisImportCompleted" not in said() and not vault.path_of(ended.id).exists()
    again = bring(export)
    assert (again.state, again.same_as, HmisRow.objects.count()) == ("complete", None, export.row_count)


def test_what_never_comes_to_its_end_is_removed_a_day_later(
    bring: Bring, export: InventedExport, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    with monkeypatch.context() as full, pytest.raises(OSError, match="no room for the word either"):
        full.setattr(importing, "_complete", Mock(side_effect=OSError("disk full")))
        full.setattr(importing, "_fail", Mock(side_effect=OSError("no room for the word either")))
        bring(export)
    stuck = HmisImport.objects.get()
    assert (stuck.state, HmisRow.objects.count()) == ("importing", export.row_count)
    os.utime(vault.path_of(stuck.id), (0, 0))
    with django_capture_on_commit_callbacks(execute=True):
        imports.expire_imports(by=SYSTEM, at=OVERDUE + imports.UNDER_WAY)
    stuck.refresh_from_db()
    assert (stuck.state, HmisRow.objects.count(), vault.path_of(stuck.id).exists()) == ("cancelled", 0, False)
