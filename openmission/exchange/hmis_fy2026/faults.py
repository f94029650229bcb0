"""What a check finds: faults stop an import, warnings do not."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from openmission.exchange.hmis_fy2026.standard import NEEDED

SHOWN = 60
"""Characters of a faulty value that are kept for the list."""


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

    `value` is the code outside its list, or for odd dates the first example. `rows` counts as a spreadsheet does.
    """

    file: str
    kind: str
    column: str = ""
    value: str = ""
    rows: list[int] = field(default_factory=list)


def in_ranges(rows: Iterable[int]) -> str:
    """Return ascending row numbers as people write them: ``2-40, 42, 44-45``."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
