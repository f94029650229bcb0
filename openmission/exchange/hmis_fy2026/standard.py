"""What the standard says: files, columns, code lists. The facts are content (`content/codes/hmis-fy2026/`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NEEDED: dict[str, tuple[str, ...]] = {
    "Export": ("ExportID", "SourceID", "ExportDate", "ExportEndDate", "HashStatus"),
    "Organization": ("OrganizationID",),
    "Project": ("ProjectID", "OrganizationID", "ProjectName", "ProjectType"),
    "Client": ("PersonalID", "FirstName", "LastName", "DOB"),
    "Enrollment": ("EnrollmentID", "PersonalID", "ProjectID", "EntryDate", "LivingSituation", "MoveInDate"),
    "Exit": ("ExitID", "EnrollmentID", "PersonalID", "ExitDate", "Destination"),
    "Disabilities": (
        "DisabilitiesID", "EnrollmentID", "PersonalID", "InformationDate", "DisabilityType", "DisabilityResponse",
    ),
    "CurrentLivingSituation": (
        "CurrentLivingSitID", "EnrollmentID", "PersonalID", "InformationDate", "CurrentLivingSituation",
    ),
}  # fmt: skip
"""The files that finding people cannot do without, and the columns of theirs that it reads."""

DAYS_READ: dict[str, tuple[str, ...]] = {
    "Export": ("ExportDate", "ExportEndDate"),
    "Client": ("DOB",),
    "Enrollment": ("EntryDate", "MoveInDate"),
    "Exit": ("ExitDate",),
    "Disabilities": ("InformationDate",),
    "CurrentLivingSituation": ("InformationDate",),
}
"""The dates that finding people reads: an unreadable one is a fault. Elsewhere it is a warning."""

PARENTS = {
    "OrganizationID": "Organization",
    "ProjectID": "Project",
    "PersonalID": "Client",
    "EnrollmentID": "Enrollment",
}
"""Ids that must be found in another file."""


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is text, number, date, moment or code; `codes` are those allowed when it is a code."""

    name: str
    kind: str
    required: bool
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dependent:
    """A coded column whose list depends on the answer in another column; `otherwise` empty: no list known."""

    on: str
    lists: Mapping[str, frozenset[str]]
    otherwise: frozenset[str]


@dataclass(frozen=True, slots=True)
class FileSpec:
    """One file of the export. `parents` are its columns that hold ids of other files."""

    name: str
    key: str
    columns: Mapping[str, Column]
    dependents: Mapping[str, Dependent]

    @property
    def parents(self) -> tuple[str, ...]:
        return tuple(name for name in self.columns if PARENTS.get(name, self.name) != self.name)

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns without which the file cannot be read: what we use; for other files, key and ids."""
        return NEEDED.get(self.name, (self.key, *self.parents))


def read_standard(files: Mapping[str, Any], lists: Mapping[str, Any]) -> dict[str, FileSpec]:
    """Return {file name: its spec} from the two content files, parents before those that use their ids."""
    codes = {name: frozenset(map(str, entry["codes"])) for name, entry in lists["lists"].items()}
    return {name: _file(name, entry, codes) for name, entry in files["files"].items()}


def _file(name: str, entry: Mapping[str, Any], codes: Mapping[str, frozenset[str]]) -> FileSpec:
    columns = {}
    for column, text in entry["columns"].items():
        kind = text.rstrip("!")
        listed = codes.get(kind)
        columns[column] = Column(column, "code" if listed else kind, text.endswith("!"), listed or frozenset())
    dependents = {
        column: Dependent(
            on=rule["on"],
            lists={answer: codes[listed] for answer, listed in rule["lists"].items()},
            otherwise=codes[rule["otherwise"]] if "otherwise" in rule else frozenset(),
        )
        for column, rule in entry.get("depends", {}).items()
    }
    return FileSpec(name, entry["key"], columns, dependents)
