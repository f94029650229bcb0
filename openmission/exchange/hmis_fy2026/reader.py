"""Reading one file of an export: by column name, tolerant of what spreadsheets do to it."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from openmission.exchange.hmis_fy2026.package import Package
from openmission.exchange.hmis_fy2026.standard import FileSpec

MAX_ROW = 2**20
"""Characters of one row, line ends in quotes included. Real rows have some hundred; an endless one fills the memory."""

Line = tuple[int, list[str]]
"""Row number as a spreadsheet shows it (the header is row 1), and the values, stripped of spaces around them."""


class WrongEncoding(Exception):
    """The file is not text that we can read (UTF-16, or not text at all)."""


class BrokenLine(Exception):
    """Quotes do not close, or a value is longer than any of the standard. `row` is where reading stopped."""

    def __init__(self, row: int):
        super().__init__(row)
        self.row = row


@dataclass(frozen=True)
class Table:
    """`columns` are spelled as the standard does, where it knows them; `lines` can be walked once."""

    columns: list[str]
    lines: Iterator[Line]
    legacy_encoding: bool


@contextmanager
def open_table(package: Package, spec: FileSpec) -> Iterator[Table]:
    """Open one file and read its header. An empty file has no columns. Raises `WrongEncoding`, `Unreadable`.

    Tolerated: a byte-order mark, spaces around column names and values, other capitals in column names, any line ends,
    blank lines, and Windows-1252 where a byte is not UTF-8 (the standard allows UTF-8 only, so this is a warning).
    """
    with package.open(spec.name) as stream:
        encoding = _encoding(stream)
    with package.open(spec.name) as stream:
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        lines = _lines(text)
        _, header = next(lines, (1, []))
        spelled = {name.lower(): name for name in spec.columns}
        yield Table([spelled.get(name.lower(), name) for name in header], lines, encoding == "cp1252")


def _encoding(stream: IO[bytes]) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(1 << 20):
            if b"\0" in block:
                raise WrongEncoding
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _lines(text: io.TextIOWrapper) -> Iterator[Line]:
    number = 0
    bounded = _Bounded(text)
    try:
        for number, values in enumerate(csv.reader(bounded, strict=True), start=1):
            bounded.read = 0
            if values:
                yield number, [value.strip() for value in values]
    except csv.Error as error:
        raise BrokenLine(number + 1) from error


class _Bounded:
    """The lines of a text, until one row of it has no end. `read`: characters of the row so far."""

    def __init__(self, text: io.TextIOWrapper):
        self.text, self.read = text, 0

    def __iter__(self) -> Iterator[str]:
        while line := self.text.readline(MAX_ROW):
            self.read += len(line)
            if self.read >= MAX_ROW:
                raise csv.Error("a row without end")
            yield line
