"""What is kept of an import's check and outcome: JSON in `HmisImport.report`."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from openmission.exchange.hmis_fy2026.check import Report
from openmission.exchange.hmis_fy2026.faults import Fault
from openmission.exchange.models import HmisImport

RANGES_SHOWN = 400
"""Characters of row numbers kept for one warning; the count is kept whole."""


@dataclass(frozen=True)
class Warned:
    """Rows of one file with the same thing to say about a column. `rows` as people write them: ``2-40, 42``."""

    file: str
    kind: str
    column: str
    value: str
    count: int
    rows: str


@dataclass
class ImportReport:
    """`rows` in the export by file; `follows` how many rows hang on faulty ones, by file; `added` by file at the end.

    `left_out` counts the rows that are not taken when somebody chooses to go on.
    """

    rows: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    follows: dict[str, int] = field(default_factory=dict)
    left_out: int = 0
    can_go_on: bool = False
    warnings: list[Warned] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)
    people: int = 0
    unreadable: tuple[str, str] = ("", "")

    @classmethod
    def checked(cls, report: Report) -> "ImportReport":
        return cls(
            rows=report.rows,
            faults=report.faults,
            follows=dict(Counter(fault.file for fault in report.follows)),
            left_out=len(report.left_out),
            can_go_on=report.can_go_on,
            warnings=[Warned(w.file, w.kind, w.column, w.value, w.count, _shortened(w.rows)) for w in report.warnings],
        )

    @classmethod
    def of(cls, taken: HmisImport) -> "ImportReport":
        if not taken.report:
            return cls()
        data: dict[str, Any] = json.loads(taken.report)
        data["faults"] = [Fault(**fault) for fault in data["faults"]]
        data["warnings"] = [Warned(**warned) for warned in data["warnings"]]
        data["unreadable"] = tuple(data["unreadable"])
        return cls(**data)

    @property
    def rows_total(self) -> int:
        return sum(self.rows.values())

    @property
    def rows_added(self) -> int:
        return sum(self.added.values())

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def _shortened(text: str) -> str:
    return text if len(text) <= RANGES_SHOWN else text[:RANGES_SHOWN].rpartition(",")[0] + ", …"
