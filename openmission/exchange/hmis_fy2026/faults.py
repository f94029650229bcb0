"""What a check finds: faults stop an import, warnings do not."""

from dataclasses import dataclass, field

from openmission.exchange.hmis_fy2026.standard import NEEDED

SHOWN = 60
"""Characters of a faulty value that are kept for the list."""

MOST_RANGES = 200
"""Stretches of rows kept for one warning: more than a list shows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something structural. `row` as a spreadsheet counts (header = 1), None for a whole file.

    Kinds of a file: missing_file, empty_file, missing_column, repeated_column, wrong_encoding, broken_line (with row),
    not_one_row, too_many_faults. Kinds of a row: wrong_width, blank_key, long_key, duplicate_key, orphan,
    unreadable_date, and follows (the row is sound, but belongs to one that is left out).
    """

    file: str
    kind: str
    row: int | None = None
    column: str = ""
    value: str = ""

    @property
    def can_be_left_out(self) -> bool:
        """A row can, except the one row of Export; of files only those that we do not need."""
        if self.kind == "missing_file":
            return self.file not in NEEDED
        return self.row is not None and self.file != "Export" and self.kind != "broken_line"


@dataclass(slots=True)
class Warnings:
    """Rows with the same thing to say about the same column. Kinds: code, blank, odd_date, encoding, missing_column.

    `value` is the code outside its list, or for odd dates the first example. Rows are noted in ascending order; all are
    counted, and the first `MOST_RANGES` stretches of them are kept.
    """

    file: str
    kind: str
    column: str = ""
    value: str = ""
    count: int = 0
    ranges: list[list[int]] = field(default_factory=list)

    def note(self, row: int) -> None:
        self.count += 1
        if self.ranges and row == self.ranges[-1][1] + 1:
            self.ranges[-1][1] = row
        elif len(self.ranges) < MOST_RANGES:
            self.ranges.append([row, row])

    @property
    def rows(self) -> str:
        """Rows as people write them and a spreadsheet counts them: ``2-40, 42, 44-45``."""
        return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in self.ranges)
