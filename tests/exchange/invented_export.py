"""A small invented HMIS export: three people, two projects; tests bend it before it is written."""

import csv
import io
import zipfile
from functools import cache
from pathlib import Path

import yaml

from openmission.exchange.hmis_fy2026.housing import Families
from openmission.exchange.hmis_fy2026.standard import FileSpec, read_standard

ROOT = Path(__file__).resolve().parents[2]
CODES = ROOT / "content" / "codes" / "hmis-fy2026"
DEMO = ROOT.parent / "shared" / "data" / "hmis-fy2026-demo.zip"
WITHOUT_DEMO = "the HMIS demo export (../shared/data/hmis-fy2026-demo.zip) is not on this machine"

MADE = "2026-01-05 10:00:00"
FILLED = {
    "text": "x",
    "number": "",
    "date": "2026-01-05",
    "moment": MADE,
}


@cache
def standard() -> dict[str, FileSpec]:
    files, lists = (yaml.safe_load((CODES / name).read_text()) for name in ("files.yaml", "lists.yaml"))
    return read_standard(files, lists)


@cache
def families() -> Families:
    return Families.from_content(yaml.safe_load((CODES / "housing.yaml").read_text()))


class InventedExport:
    """`rows` is {file: [row as a dict]}; `columns` {file: column names}. Both may be bent at will."""

    def __init__(self) -> None:
        self.columns = {name: list(spec.columns) for name, spec in standard().items()}
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in standard()}
        self.add(
            "Export", ExportID="E1", SourceID="INV1", ExportDate=MADE, ExportEndDate="2025-12-31", HashStatus="1",
            CSVVersion="2026 v1",
        )  # fmt: skip
        self.add("Organization", OrganizationID="O1", OrganizationName="Invented Harbor", VictimServiceProvider="0")
        self.add("Project", ProjectID="P1", OrganizationID="O1", ProjectName="Harbor shelter", ProjectType="0")
        self.add("Project", ProjectID="P2", OrganizationID="O1", ProjectName="Harbor homes", ProjectType="3")
        for number, name in enumerate(("Ash", "Birch", "Cedar"), start=1):
            self.add("Client", PersonalID=f"C{number}", FirstName=name, LastName="Invented", DOB=f"198{number}-02-03")
            self.stay(f"C{number}", "2025-06-01")
            self.disorders(f"C{number}", "2025-06-01")

    def add(self, file: str, **values: str) -> dict[str, str]:
        """Append a sound row: what is not given is filled with something the standard allows."""
        row = {}
        for name, column in standard()[file].columns.items():
            row[name] = sorted(column.codes)[0] if column.kind == "code" else FILLED[column.kind]
            if not column.required:
                row[name] = ""
        row.update({"ExportID": "E1"}, **values)
        key = standard()[file].key
        row[key] = values.get(key, f"{file[:3]}-{len(self.rows[file]) + 1}")
        self.rows[file].append(row)
        return row

    def stay(self, person: str, on: str, *, project: str = "P1", situation: str = "116", **more: str) -> dict[str, str]:
        """Add an enrollment, numbered by person and how many they have: C1-1, C1-2."""
        number = 1 + sum(row["PersonalID"] == person for row in self.rows["Enrollment"])
        return self.add(
            "Enrollment", EnrollmentID=f"{person}-{number}", PersonalID=person, ProjectID=project, EntryDate=on,
            LivingSituation=situation, **more,
        )  # fmt: skip

    def disorders(
        self, person: str, on: str, *, mental_health: str = "1", substance_use: str = "3", **more: str
    ) -> None:
        """Answer both questions on one day."""
        for kind, response in (("9", mental_health), ("10", substance_use)):
            self.add(
                "Disabilities", PersonalID=person, EnrollmentID=f"{person}-1", InformationDate=on, DisabilityType=kind,
                DisabilityResponse=response, **more,
            )  # fmt: skip

    def leave(self, person: str, on: str, destination: str, *, enrollment: str = "") -> dict[str, str]:
        return self.add(
            "Exit", PersonalID=person, EnrollmentID=enrollment or f"{person}-1", ExitDate=on, Destination=destination
        )

    @property
    def row_count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())

    def text(self, file: str) -> str:
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(self.columns[file])
        writer.writerows([row.get(column.strip(), "") for column in self.columns[file]] for row in self.rows[file])
        return out.getvalue()

    def write_zip(self, path: Path, *, inside: str = "", **instead: bytes) -> Path:
        """Write the export as a zip, in the folder `inside`; `instead` gives the bytes of single files."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in self.rows:
                archive.writestr(f"{inside}{file}.csv", instead.get(file, self.text(file).encode()))
        return path

    def write_folder(self, path: Path) -> Path:
        path.mkdir(parents=True)
        for file in self.rows:
            (path / f"{file}.csv").write_bytes(self.text(file).encode())
        return path
