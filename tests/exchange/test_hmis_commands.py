"""The command line: counts and people as JSON, and nothing else on standard output."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from openmission.audit.models import RecordedEvent
from openmission.exchange.models import HmisImport, HmisPerson, HmisRow
from tests.exchange.invented_export import DEMO, WITHOUT_DEMO, InventedExport

pytestmark = pytest.mark.django_db


def _run(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> dict:  # type: ignore[type-arg]
    if code:
        with pytest.raises(SystemExit) as ended:
            call_command(*command, "--json")
        assert ended.value.code == code
    else:
        call_command(*command, "--json")
    return json.loads(capsys.readouterr().out)


def test_an_import_prints_its_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], export: InventedExport
) -> None:
    export.rows["Client"][0]["Sex"] = ""
    path = str(export.write_folder(tmp_path / "export"))
    printed = _run(capsys, "import_hmis", path)
    assert (printed["state"], printed["imported_before"], printed["people"]) == ("complete", False, 3)
    assert (printed["rows_added"], printed["rows_in_export"], printed["rows_left_out"]) == (16, 16, 0)
    assert printed["rows"]["Client"] == printed["added"]["Client"] == 3
    assert [(w["file"], w["column"], w["rows"], w["count"]) for w in printed["warnings"]] == [("Client", "Sex", "2", 1)]
    again = _run(capsys, "import_hmis", path)
    assert (again["state"], again["imported_before"], again["rows_added"]) == ("complete", True, 0)


def test_faults_end_with_1_and_leave_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], export: InventedExport
) -> None:
    export.rows["Enrollment"][0]["EntryDate"] = "soon"
    path = str(export.write_zip(tmp_path / "export.zip"))
    printed = _run(capsys, "import_hmis", path, code=1)
    assert [(f["file"], f["row"], f["column"], f["reason"]) for f in printed["faults"]] == [
        ("Enrollment", 2, "EntryDate", "“soon” is not a date (year-month-day).")
    ]
    assert (printed["can_leave_out"], printed["rows_that_follow"]) == (True, {"Disabilities": 2})
    assert (HmisRow.objects.count(), HmisImport.objects.get().state) == (0, "cancelled")
    printed = _run(capsys, "import_hmis", path, "--leave-out-faulty-rows")
    assert (printed["state"], printed["rows_left_out"], printed["rows_added"]) == ("complete", 3, 13)


def test_what_cannot_be_opened_ends_with_1_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no export")
    assert "not a zip file" in _run(capsys, "import_hmis", str(path), code=1)["problem"]
    with pytest.raises(CommandError, match="There is no"):
        call_command("import_hmis", str(tmp_path / "gone.zip"))


def test_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str], export: InventedExport) -> None:
    call_command("import_hmis", str(export.write_folder(tmp_path / "export")))
    assert capsys.readouterr().out.startswith("complete: 16 rows added of 16, 0 left out; 3 people found.\n")
    call_command("find_people")
    assert capsys.readouterr().out.endswith("\n3 people\n")


def test_people_are_printed_with_why_and_the_look_is_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], export: InventedExport
) -> None:
    export.leave("C3", "2025-12-01", "411")
    _run(capsys, "import_hmis", str(export.write_folder(tmp_path / "export")))
    printed = _run(capsys, "find_people")
    assert printed["count"] == len(printed["people"]) == 3
    assert {p["personal_id"]: p["housing_status"] for p in printed["people"]} == {
        "C1": "homeless", "C2": "homeless", "C3": "recently_exited",
    }  # fmt: skip
    assert printed["people"][2]["why"][-1]["text"] == "Left a project on 1 Dec 2025; went to: own home"
    assert RecordedEvent.objects.get(kind="exchange.HmisPeopleListed").data == {"people": 3}
    assert _run(capsys, "find_people", "--housing", "homeless")["count"] == 2


@pytest.mark.skipif(not DEMO.exists(), reason=WITHOUT_DEMO)
def test_the_demo_export(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _run(capsys, "import_hmis", str(DEMO))
    assert (printed["rows_added"], printed["people"], printed["faults"]) == (77694, 352, [])
    assert _run(capsys, "find_people")["count"] == HmisPerson.objects.count() == 352
    assert _run(capsys, "import_hmis", str(DEMO))["rows_added"] == 0
