"""From a file to rows and people: once, whole, or not at all."""

import io
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands
from django.db import connection

from openmission.exchange import vault
from openmission.exchange.models import HmisImport, HmisPerson, HmisRow
from openmission.exchange.reports import ImportReport
from openmission.exchange.services import imports
from openmission.exchange.services.imports import DecidedAlready, UploadTooLarge
from openmission.kernel.actors import SYSTEM, Actor, Seat
from openmission.kernel.errors import Refused
from openmission.kernel.ids import new_id
from openmission.kernel.management.commands import worker
from tests.exchange.conftest import OVERDUE, Bring, go_on, said
from tests.exchange.invented_export import InventedExport
from tests.world.cast import NOW

pytestmark = pytest.mark.django_db
State = HmisImport.State


def test_a_sound_export_is_imported_whole(bring: Bring, export: InventedExport) -> None:
    taken = bring(export)
    report = ImportReport.of(taken)
    assert (taken.state, taken.source, taken.rows_done, taken.rows_total) == ("complete", "INV1", 16, 16)
    assert report.added == {name: len(rows) for name, rows in export.rows.items() if rows}
    assert (HmisRow.objects.count(), report.people, HmisPerson.objects.count()) == (export.row_count, 3, 3)
    assert said() == ["exchange.HmisImportReceived", "exchange.HmisImportCompleted"]
    assert not vault.path_of(taken.id).exists()


def test_people_have_names_housing_and_why(bring: Bring, export: InventedExport) -> None:
    bring(export)
    ash = HmisPerson.objects.get(personal_id="C1")
    assert (ash.first_name, ash.last_name, ash.housing, ash.substance_use) == ("Ash", "Invented", "homeless", "3")
    assert (str(ash.birth_date), str(ash.housing_since)) == ("1981-02-03", "2025-06-01")
    assert [(fact["fact"], fact["file"], fact["row"]) for fact in json.loads(ash.why)] == [
        ("mental_health", "Disabilities", 2), ("substance_use", "Disabilities", 3), ("entry", "Enrollment", 2),
    ]  # fmt: skip


def test_names_of_a_hashed_export_are_not_taken_for_names(bring: Bring, export: InventedExport) -> None:
    export.rows["Export"][0]["HashStatus"] = "4"
    bring(export)
    assert all(person.name_is_hidden for person in HmisPerson.objects.all())


def test_the_file_waits_for_its_owner_only(queued: list[str], export: InventedExport, tmp_path: Path) -> None:
    path = export.write_zip(tmp_path / "export.zip")
    taken = imports.receive_import(brought=path, file_name="export.zip", by=SYSTEM, at=NOW)
    kept = vault.path_of(taken.id)
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_raw_rows_are_kept_as_they_were_and_unreadable_in_the_database(bring: Bring, export: InventedExport) -> None:
    bring(export)
    kept = json.loads(HmisRow.objects.get(file="Client", row_number=2).data)
    assert kept == {name: value for name, value in export.rows["Client"][0].items() if value}
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM exchange_hmisrow WHERE file = 'Client'")
        assert not any(b"Invented" in bytes(data) for (data,) in cursor.fetchall())


def test_the_same_file_again_adds_nothing(bring: Bring, export: InventedExport) -> None:
    first, again = bring(export), bring(export)
    assert (again.state, again.same_as, ImportReport.of(again).added) == ("complete", first, {})
    assert (HmisRow.objects.count(), HmisPerson.objects.count()) == (export.row_count, 3)


def test_the_same_export_as_a_folder_adds_nothing(bring: Bring, export: InventedExport, tmp_path: Path) -> None:
    first = bring(export)
    folder = export.write_folder(tmp_path / "folder")
    taken = imports.receive_import(brought=folder, file_name="folder", by=SYSTEM, at=NOW)
    assert go_on(taken.id).same_as == first


def test_a_later_export_adds_only_what_is_new_and_moves_people_on(bring: Bring, export: InventedExport) -> None:
    bring(export)
    later = InventedExport()
    later.rows["Export"][0] |= {"ExportID": "E2", "ExportEndDate": "2026-01-04"}
    for rows in later.rows.values():
        for row in rows:
            row["ExportID"] = "E2"
    later.leave("C1", "2025-12-20", "410")
    later.disorders("C2", "2025-12-20", substance_use="0")
    report = ImportReport.of(bring(later))
    assert report.added == {"Export": 1, "Exit": 1, "Disabilities": 2}
    assert HmisPerson.objects.get(personal_id="C1").housing == "recently_exited"
    assert list(HmisPerson.objects.filter(matched=False).values_list("personal_id", flat=True)) == ["C2"]
    assert report.people == 2


def test_the_same_numbers_in_another_hmis_are_other_people(bring: Bring, export: InventedExport) -> None:
    bring(export)
    export.rows["Export"][0]["SourceID"] = "INV2"
    assert sum(ImportReport.of(bring(export)).added.values()) == export.row_count
    assert HmisPerson.objects.count() == 6


def test_a_fault_imports_nothing_until_somebody_decides(bring: Bring, export: InventedExport) -> None:
    export.rows["Client"][0]["DOB"] = "02/03/1981"
    taken = bring(export)
    report = ImportReport.of(taken)
    assert (taken.state, HmisRow.objects.count(), HmisPerson.objects.count()) == ("needs_decision", 0, 0)
    assert [(f.file, f.row, f.column, f.kind) for f in report.faults] == [("Client", 2, "DOB", "unreadable_date")]
    assert (report.left_out, report.follows, report.can_go_on) == (4, {"Enrollment": 1, "Disabilities": 2}, True)
    assert vault.path_of(taken.id).exists()


def test_leaving_out_takes_exactly_the_rest(bring: Bring, export: InventedExport, queued: list[str]) -> None:
    export.rows["Client"][0]["DOB"] = "02/03/1981"
    taken = bring(export)
    imports.leave_rows_out(taken, by=SYSTEM, at=NOW)
    assert queued == [str(taken.id)] * 2
    taken = go_on(taken.id)
    assert (taken.state, HmisRow.objects.count()) == ("complete", export.row_count - 4)
    assert set(HmisPerson.objects.values_list("personal_id", flat=True)) == {"C2", "C3"}
    assert "exchange.HmisRowsLeftOut" in said()


def test_cancelling_leaves_nothing(
    bring: Bring, export: InventedExport, django_capture_on_commit_callbacks: object
) -> None:
    export.rows["Client"][0]["DOB"] = "02/03/1981"
    taken = bring(export)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        imports.cancel_import(taken, by=SYSTEM, at=NOW)
    assert (go_on(taken.id).state, HmisRow.objects.count(), vault.path_of(taken.id).exists()) == ("cancelled", 0, False)
    with pytest.raises(DecidedAlready):
        imports.leave_rows_out(taken, by=SYSTEM, at=NOW)


@pytest.mark.parametrize(("days", "waits"), [(6, True), (7, False)])
@pytest.mark.parametrize("state", [State.NEEDS_DECISION, State.CHECKING])
def test_what_nobody_finishes_within_a_week_is_removed(
    bring: Bring, export: InventedExport, django_capture_on_commit_callbacks: object, days: int, waits: bool, state: str
) -> None:
    export.rows["Client"][0]["DOB"] = "02/03/1981"
    taken = bring(export)
    HmisImport.objects.filter(id=taken.id).update(state=state)
    os.utime(vault.path_of(taken.id), (0, 0))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        imports.expire_imports(by=SYSTEM, at=NOW + timedelta(days=days))
    taken.refresh_from_db()
    assert taken.state == (state if waits else "cancelled")
    assert vault.path_of(taken.id).exists() is waits
    assert ("exchange.HmisImportExpired" in said()) is not waits
    with pytest.raises(Refused):
        imports.expire_imports(by=Actor(new_id(), "Somebody"), at=NOW)


def test_what_is_being_imported_does_not_expire(bring: Bring, export: InventedExport) -> None:
    export.rows["Client"][0]["DOB"] = "02/03/1981"
    taken = bring(export)
    imports.leave_rows_out(taken, by=SYSTEM, at=NOW)
    imports.expire_imports(by=SYSTEM, at=OVERDUE)
    assert vault.path_of(taken.id).exists()
    assert (go_on(taken.id).state, HmisRow.objects.count()) == ("complete", export.row_count - 4)


def test_the_worker_knows_its_chores_by_name() -> None:
    assert set(worker.CHORES) <= set(get_commands())
    call_command("expire_hmis_imports")


def test_a_missing_file_that_is_not_needed_can_be_done_without(bring: Bring, export: InventedExport) -> None:
    del export.rows["Services"]
    taken = bring(export)
    assert taken.state == "needs_decision"
    imports.leave_rows_out(taken, by=SYSTEM, at=NOW)
    assert (go_on(taken.id).state, HmisRow.objects.count()) == ("complete", export.row_count)


def test_a_needed_column_cannot_be_left_out(bring: Bring, export: InventedExport) -> None:
    export.columns["Exit"].remove("Destination")
    taken = bring(export)
    with pytest.raises(DecidedAlready):
        imports.leave_rows_out(taken, by=SYSTEM, at=NOW)


def test_what_is_no_export_fails_and_what_was_there_stays(bring: Bring, export: InventedExport) -> None:
    bring(export)
    taken = imports.receive_import(brought=io.BytesIO(b"no zip"), file_name="notes.txt", by=SYSTEM, at=NOW)
    taken = go_on(taken.id)
    assert (taken.state, ImportReport.of(taken).unreadable) == ("failed", ("not_a_zip", ""))
    assert not vault.path_of(taken.id).exists()
    assert (HmisRow.objects.count(), HmisPerson.objects.filter(matched=True).count()) == (export.row_count, 3)


def test_a_file_that_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MAX_ZIP_BYTES", 2**20)
    before = set(vault.path_of(new_id()).parent.glob("*.zip"))
    with pytest.raises(UploadTooLarge, match="larger than 1 MB"):
        imports.receive_import(brought=io.BytesIO(b"0" * 2**21), file_name="x.zip", by=SYSTEM, at=NOW)
    assert (set(vault.path_of(new_id()).parent.glob("*.zip")), HmisImport.objects.count()) == (before, 0)


def test_a_file_that_a_killed_server_left_is_removed_by_the_next_import(bring: Bring, export: InventedExport) -> None:
    left, fresh = vault.path_of(new_id()), vault.path_of(new_id())
    left.write_bytes(b"left")
    os.utime(left, (0, 0))
    fresh.write_bytes(b"about to be written down")
    bring(export)
    assert (left.exists(), fresh.exists()) == (False, True)


def test_a_peer_does_not_import() -> None:
    peer = Actor(new_id(), "Pat", frozenset({Seat("peer_specialist", new_id())}))
    with pytest.raises(Refused):
        imports.receive_import(brought=io.BytesIO(b""), file_name="x.zip", by=peer, at=NOW)
