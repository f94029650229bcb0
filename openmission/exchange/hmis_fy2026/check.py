"""Checking a whole export before a single row is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from openmission.exchange.hmis_fy2026 import dates
from openmission.exchange.hmis_fy2026.faults import SHOWN, Fault, Warnings
from openmission.exchange.hmis_fy2026.package import Package
from openmission.exchange.hmis_fy2026.reader import BrokenLine, Table, WrongEncoding, open_table
from openmission.exchange.hmis_fy2026.standard import DAYS_READ, PARENTS, FileSpec

MAX_FAULTS = 1000
"""Nobody reads more; an export that has more is made again at its source, not mended here."""

MAX_KEY = 80
"""The standard says 32; some systems write longer ones."""


MAX_GROUPS = 200
"""Warnings told apart for one file; what is odd beyond is counted together, for each column."""

OTHER_VALUES = "…"


@dataclass(frozen=True, slots=True)
class Header:
    """The one row of Export.csv. `source` names the HMIS: rows of two exports of one source are the same rows."""

    source: str
    reference: date
    hash_status: str


@dataclass
class Report:
    """Everything that a person needs to decide. `faults` and `follows` in the order of files and rows."""

    rows: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    follows: list[Fault] = field(default_factory=list)
    warnings: list[Warnings] = field(default_factory=list)
    header: Header | None = None

    @property
    def left_out(self) -> frozenset[tuple[str, int]]:
        """(file, row) of each row that is not taken when the person chooses to go on."""
        return frozenset((f.file, f.row) for f in (*self.faults, *self.follows) if f.row is not None)

    @property
    def can_go_on(self) -> bool:
        return all(fault.can_be_left_out for fault in self.faults)


def check_export(package: Package, standard: Mapping[str, FileSpec]) -> Report:
    """Read every file once and say what is wrong with it. Raises `Unreadable` for a damaged package.

    A row whose parent is left out is left out too (`follows`); of two rows with one key the first stays.
    """
    report = Report()
    ids = {column: _Ids() for column in PARENTS}
    for spec in standard.values():
        if spec.name not in package.openers:
            report.faults.append(Fault(spec.name, "missing_file"))
        else:
            _check_file(package, spec, ids, report)
        if len(report.faults) > MAX_FAULTS:
            del report.faults[MAX_FAULTS:]
            report.faults.append(Fault(report.faults[-1].file, "too_many_faults"))
            break
    return report


@dataclass
class _Ids:
    """The ids of one parent file. `known` is False until the file has been read: then no child is an orphan."""

    kept: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    known: bool = False


def _check_file(package: Package, spec: FileSpec, ids: dict[str, _Ids], report: Report) -> None:
    before = len(report.faults)
    report.rows[spec.name] = 0
    try:
        with open_table(package, spec) as table:
            _check_header(table, spec, report)
            if len(report.faults) == before:
                _FileCheck(spec, table, ids, report).run()
    except WrongEncoding:
        report.faults.append(Fault(spec.name, "wrong_encoding"))
    except BrokenLine as broken:
        report.faults.append(Fault(spec.name, "broken_line", broken.row))
    if spec.name == "Export" and len(report.faults) == before and report.rows["Export"] != 1:
        report.faults.append(Fault("Export", "not_one_row", value=str(report.rows["Export"])))


def _check_header(table: Table, spec: FileSpec, report: Report) -> None:
    if not table.columns:
        report.faults.append(Fault(spec.name, "empty_file"))
        return
    if table.legacy_encoding:
        report.warnings.append(Warnings(spec.name, "encoding"))
    for column in spec.columns:
        times = table.columns.count(column)
        if times > 1:
            report.faults.append(Fault(spec.name, "repeated_column", column=column))
        elif times == 0 and column in spec.needed:
            report.faults.append(Fault(spec.name, "missing_column", column=column))
        elif times == 0:
            report.warnings.append(Warnings(spec.name, "missing_column", column))


class _FileCheck:
    """One walk through one file whose header is sound."""

    def __init__(self, spec: FileSpec, table: Table, ids: dict[str, _Ids], report: Report):
        self.spec, self.table, self.report = spec, table, report
        at = {column: index for index, column in enumerate(table.columns)}
        self.key = at[spec.key]
        self.own = ids.get(spec.key) if PARENTS.get(spec.key) == spec.name else None
        self.parents = [(at[c], c, ids[c]) for c in spec.parents if c in at and ids[c].known]
        read = DAYS_READ.get(spec.name, ())
        self.days = [(at[c], spec.columns[c]) for c in read]
        self.coded = [(at[c.name], c) for c in spec.columns.values() if c.kind == "code" and c.name in at]
        self.dependent = [(at[c], c, at[d.on], d) for c, d in spec.dependents.items() if c in at and d.on in at]
        self.dated = [
            (at[c.name], c) for c in spec.columns.values()
            if c.kind in ("date", "moment") and c.name in at and c.name not in read
        ]  # fmt: skip
        self.groups: dict[tuple[str, str, str], Warnings] = {}

    def run(self) -> None:
        seen: dict[str, int] = {}
        width = len(self.table.columns)
        for row, values in self.table.lines:
            self.report.rows[self.spec.name] += 1
            key = values[self.key] if self.key < len(values) else ""
            sound = len(values) == width
            if sound:
                sound = self._check_row(row, values, seen)
            else:
                self._fault("wrong_width", row, value=str(len(values)))
            seen.setdefault(key, row)
            if self.own and sound:
                self.own.kept.add(key)
            elif self.own and key not in self.own.kept:
                self.own.left_out.add(key)
            if len(self.report.faults) > MAX_FAULTS:
                break
        if self.own:
            self.own.known = True
        self.report.warnings += self.groups.values()

    def _check_row(self, row: int, values: list[str], seen: dict[str, int]) -> bool:
        """List the row's faults, or else its warnings; True when the row is kept."""
        before = len(self.report.faults)
        key = values[self.key]
        if not key:
            self._fault("blank_key", row, self.spec.key)
        elif len(key) > MAX_KEY:
            self._fault("long_key", row, self.spec.key, key)
        elif key in seen:
            self._fault("duplicate_key", row, self.spec.key, key)
        for index, day_column in self.days:
            if (values[index] or day_column.required) and dates.day(values[index]) is None:
                self._fault("unreadable_date", row, day_column.name, values[index])
        follows = None
        for index, parent, known in self.parents:
            if values[index] in known.kept:
                continue
            if values[index] in known.left_out:
                follows = Fault(self.spec.name, "follows", row, parent, values[index])
            else:
                self._fault("orphan", row, parent, values[index])
        if len(self.report.faults) > before:
            return False
        if follows:
            self.report.follows.append(follows)
            return False
        self._warn_codes(row, values)
        self._warn_dates(row, values)
        if self.spec.name == "Export":
            self._read_header(values)
        return True

    def _warn_codes(self, row: int, values: list[str]) -> None:
        for index, column in self.coded:
            value = values[index]
            if value not in column.codes and (value or column.required):
                self._warn("code" if value else "blank", row, column.name, value)
        for index, name, on, rule in self.dependent:
            allowed = rule.lists.get(values[on], rule.otherwise)
            if allowed and values[index] not in allowed:
                self._warn("code" if values[index] else "blank", row, name, values[index])

    def _warn_dates(self, row: int, values: list[str]) -> None:
        for index, column in self.dated:
            value = values[index]
            if not value:
                if column.required:
                    self._warn("blank", row, column.name, "")
            elif dates.day(value) is None if column.kind == "date" else not dates.is_moment(value):
                self._warn("odd_date", row, column.name, value)

    def _read_header(self, values: list[str]) -> None:
        row = dict(zip(self.table.columns, values, strict=True))
        made, end = dates.day(row["ExportDate"]), dates.day(row["ExportEndDate"])
        source = row["SourceID"] or row.get("SourceName") or row.get("ImplementationID") or ""
        if made and end:
            self.report.header = Header(source[:MAX_KEY], min(made, end), row["HashStatus"])

    def _fault(self, kind: str, row: int, column: str = "", value: str = "") -> None:
        self.report.faults.append(Fault(self.spec.name, kind, row, column, value[:SHOWN]))

    def _warn(self, kind: str, row: int, column: str, value: str) -> None:
        if kind == "code" and (kind, column, value) not in self.groups and len(self.groups) >= MAX_GROUPS:
            value = OTHER_VALUES
        group = (kind, column, value if kind == "code" else "")
        if group not in self.groups:
            self.groups[group] = Warnings(self.spec.name, kind, column, value[:SHOWN])
        self.groups[group].note(row)
