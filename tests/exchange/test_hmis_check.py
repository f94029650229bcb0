"""Checking an export: each kind of fault is found where it is, with what depends on it; warnings stop nothing."""

from pathlib import Path

import pytest

from openmission.exchange.hmis_fy2026 import check
from openmission.exchange.hmis_fy2026.check import Report, check_export
from openmission.exchange.hmis_fy2026.faults import MOST_RANGES, Fault, Warnings
from openmission.exchange.hmis_fy2026.package import open_package
from openmission.exchange.hmis_fy2026.standard import NEEDED
from tests.exchange.invented_export import InventedExport, standard

EXITS = b"ExitID,EnrollmentID,PersonalID,ExitDate,Destination\n"


@pytest.fixture
def export() -> InventedExport:
    return InventedExport()


@pytest.fixture
def checked(tmp_path: Path):  # type: ignore[no-untyped-def]
    def check_it(export: InventedExport, **instead: bytes) -> Report:
        with open_package(export.write_zip(tmp_path / "export.zip", **instead), standard()) as package:
            return check_export(package, standard())

    return check_it


def test_a_sound_export_has_nothing_to_say(export: InventedExport, checked) -> None:  # type: ignore[no-untyped-def]
    report = checked(export)
    assert (report.faults, report.follows, report.warnings) == ([], [], [])
    assert (report.rows["Client"], report.rows["Disabilities"], len(report.rows)) == (3, 6, 24)
    assert report.header == check.Header("INV1", check.date(2025, 12, 31), "1")


def test_byte_order_mark_spaces_capitals_and_line_ends_do_not_matter(export, checked) -> None:  # type: ignore[no-untyped-def]
    text = (
        export.text("Client")
        .replace("PersonalID", " personalid ")
        .replace("\r\n", "\n")
        .replace("FirstName", "FirstName ")
    )
    report = checked(export, Client=b"\xef\xbb\xbf" + text.encode())
    assert (report.faults, report.warnings) == ([], [])


def test_order_of_columns_does_not_matter_and_unknown_ones_are_welcome(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.columns["Client"] = ["Nickname", *reversed(export.columns["Client"])]
    assert checked(export).faults == []


def test_an_old_encoding_is_a_warning_and_the_letters_survive(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows["Client"][0]["LastName"] = "Ibáñez"
    report = checked(export, Client=export.text("Client").encode("cp1252"))
    assert report.faults == []
    assert [(w.file, w.kind) for w in report.warnings] == [("Client", "encoding")]


def test_a_missing_column_that_nobody_needs_is_a_warning(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.columns["Client"].remove("MiddleName")
    report = checked(export)
    assert report.faults == []
    assert [(w.file, w.kind, w.column) for w in report.warnings] == [("Client", "missing_column", "MiddleName")]


@pytest.mark.parametrize("file", NEEDED)
def test_a_needed_file_that_is_missing_cannot_be_left_out(file: str, export, checked) -> None:  # type: ignore[no-untyped-def]
    del export.rows[file]
    report = checked(export)
    assert report.faults == [Fault(file, "missing_file")]
    assert not report.can_go_on


def test_another_missing_file_is_a_fault_that_one_may_go_on_without(export, checked) -> None:  # type: ignore[no-untyped-def]
    del export.rows["Services"]
    report = checked(export)
    assert report.faults == [Fault("Services", "missing_file")]
    assert report.can_go_on and not report.left_out


@pytest.mark.parametrize(("file", "column"), [(file, column) for file in NEEDED for column in NEEDED[file]])
def test_a_needed_column_that_is_missing_stops_everything(file, column, export, checked) -> None:  # type: ignore[no-untyped-def]
    export.columns[file].remove(column)
    report = checked(export)
    assert Fault(file, "missing_column", column=column) in report.faults
    assert not report.can_go_on
    assert not any(fault.kind == "orphan" for fault in report.faults)


def test_a_column_that_is_there_twice(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.columns["Exit"].append("Destination")
    assert checked(export).faults == [Fault("Exit", "repeated_column", column="Destination")]


@pytest.mark.parametrize(
    ("content", "kind", "row"),
    [
        pytest.param(b"", "empty_file", None, id="empty"),
        pytest.param("ExitID,EnrollmentID".encode("utf-16"), "wrong_encoding", None, id="other alphabet"),
        pytest.param(b"\x00\x01\x02\x03", "wrong_encoding", None, id="no text"),
        pytest.param(EXITS + b'X1,C1-1,C1,"2025-07-01,101\n', "broken_line", 2, id="open quote"),
        pytest.param(EXITS + b"X1,C1-1,C1,2025-07-01," + b"9" * 200000, "broken_line", 2, id="endless value"),
        pytest.param(EXITS + b"X1,C1-1,C1,2025-07-01" + b"," * 2**20, "broken_line", 2, id="endless row"),
        pytest.param(EXITS + b'"\n",' * 2**19, "broken_line", 2, id="endless row over many lines"),
    ],
)
def test_a_file_that_cannot_be_read(content, kind, row, export, checked) -> None:  # type: ignore[no-untyped-def]
    report = checked(export, Exit=content)
    assert report.faults == [Fault("Exit", kind, row)]
    assert not report.can_go_on


def test_an_export_file_with_two_rows(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.add("Export", ExportID="E2", ExportDate="2025-12-31 01:00:00", ExportEndDate="2025-12-31")
    report = checked(export)
    assert report.faults == [Fault("Export", "not_one_row", value="2")] and not report.can_go_on


def test_a_duplicate_key_names_the_later_row(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.add("Client", PersonalID="C1", FirstName="Ash", LastName="Again")
    report = checked(export)
    assert report.faults == [Fault("Client", "duplicate_key", 5, "PersonalID", "C1")]
    assert report.can_go_on and report.left_out == {("Client", 5)} and report.follows == []


def test_rows_are_counted_as_a_spreadsheet_counts_them(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows["Client"][0]["LastName"] = "two\nlines"
    lines = export.text("Client").split("\r\n")
    text = "\r\n".join([*lines[:2], "", *lines[2:4], lines[3]]) + "\r\n"
    assert checked(export, Client=text.encode()).faults == [Fault("Client", "duplicate_key", 6, "PersonalID", "C3")]


def test_a_blank_key(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows["Disabilities"][1]["DisabilitiesID"] = ""
    assert checked(export).faults == [Fault("Disabilities", "blank_key", 3, "DisabilitiesID")]


def test_a_key_longer_than_any_system_writes(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows["Exit"] = []
    row = export.leave("C1", "2025-08-01", "410")
    row["ExitID"] = "9" * 81
    assert checked(export).faults == [Fault("Exit", "long_key", 2, "ExitID", "9" * 60)]


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("Project", "OrganizationID"),
        ("Enrollment", "ProjectID"),
        ("Enrollment", "PersonalID"),
        ("Disabilities", "EnrollmentID"),
        ("Disabilities", "PersonalID"),
    ],
)
def test_an_orphan_id(file: str, column: str, export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows[file][0][column] = "nobody"
    assert checked(export).faults == [Fault(file, "orphan", 2, column, "nobody")]


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        ("Client", "DOB", "02/03/1981"),
        ("Client", "DOB", "1981-02-30"),
        ("Enrollment", "EntryDate", ""),
        ("Enrollment", "EntryDate", "25-06-01"),
        ("Enrollment", "MoveInDate", "soon"),
        ("Disabilities", "InformationDate", "0025-06-01"),
    ],
)
def test_an_unreadable_date_that_we_read(file, column, value, export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows[file][0][column] = value
    assert checked(export).faults == [Fault(file, "unreadable_date", 2, column, value)]


def test_a_row_with_a_value_too_many(export, checked) -> None:  # type: ignore[no-untyped-def]
    text = export.text("Disabilities").replace('"3"', '"3","surplus"', 1)
    width = len(export.columns["Disabilities"]) + 1
    assert checked(export, Disabilities=text.encode()).faults == [
        Fault("Disabilities", "wrong_width", 3, value=str(width))
    ]


def test_what_hangs_on_a_row_that_is_left_out_is_left_out_too(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.leave("C1", "2025-08-01", "410")
    export.rows["Client"][0]["DOB"] = "unknown"
    report = checked(export)
    assert report.faults == [Fault("Client", "unreadable_date", 2, "DOB", "unknown")]
    assert [(f.file, f.row) for f in report.follows] == [
        ("Enrollment", 2), ("Exit", 2), ("Disabilities", 2), ("Disabilities", 3),
    ]  # fmt: skip
    assert len(report.left_out) == 5


def test_more_faults_than_anybody_reads_end_the_check(export, checked, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(check, "MAX_FAULTS", 4)
    for row in export.rows["Disabilities"]:
        row["InformationDate"] = "?"
    report = checked(export)
    assert [fault.kind for fault in report.faults] == ["unreadable_date"] * 4 + ["too_many_faults"]
    assert not report.can_go_on


@pytest.mark.parametrize(
    ("file", "column", "value", "kind"),
    [
        ("Client", "Sex", "", "blank"),
        ("Client", "VeteranStatus", "7", "code"),
        ("Enrollment", "LivingSituation", "999", "code"),
        ("Disabilities", "DisabilityResponse", "4", "code"),
        ("Client", "DateUpdated", "03-11-21", "odd_date"),
        ("Client", "DateUpdated", "2026-01-05", "odd_date"),
        ("Client", "DateCreated", "", "blank"),
        ("Enrollment", "DateToStreetESSH", "last spring", "odd_date"),
    ],
)
def test_warnings(file, column, value, kind, export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows[file][1][column] = value
    report = checked(export)
    assert report.faults == []
    assert [(w.file, w.kind, w.column, w.value, w.rows) for w in report.warnings] == [(file, kind, column, value, "3")]


def test_a_blank_answer_that_may_be_blank_is_no_warning(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.rows["Enrollment"][0]["LivingSituation"] = ""
    assert checked(export).warnings == []


def test_the_list_of_a_response_depends_on_the_question(export, checked) -> None:  # type: ignore[no-untyped-def]
    export.disorders("C1", "2025-07-01", mental_health="3", substance_use="3")
    assert [(w.column, w.value, w.rows) for w in checked(export).warnings] == [("DisabilityResponse", "3", "8")]


def test_rows_in_ranges() -> None:
    warned = Warnings("Client", "code")
    assert warned.rows == ""
    for row in (2, 3, 4, 9, 11, 12):
        warned.note(row)
    assert (warned.rows, warned.count) == ("2-4, 9, 11-12", 6)


def test_however_many_rows_and_values_are_odd_what_is_kept_of_them_is_bounded(export, checked) -> None:  # type: ignore[no-untyped-def]
    warned = Warnings("Client", "code")
    for row in range(2, 10_000, 2):
        warned.note(row)
    assert (len(warned.ranges), warned.count) == (MOST_RANGES, 4999)
    for number in range(2 * check.MAX_GROUPS):
        export.stay("C1", "2025-06-01", situation=f"odd {number}")
    found = checked(export).warnings
    assert len(found) == check.MAX_GROUPS + 1
    (others,) = [one for one in found if one.value == check.OTHER_VALUES]
    assert others.count == check.MAX_GROUPS and others.column == "LivingSituation"
