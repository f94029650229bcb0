"""Opening an export: a folder, or a zip that nobody vouches for. Nothing is ever unpacked to disk."""

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

MAX_ENTRIES = 500
MAX_ZIP_BYTES = 200 * 2**20
MAX_TOTAL_BYTES = 2 * 2**30
MAX_RATIO = 200
"""A real export packs 8 to 30 times; what packs far better was made to fill a disk."""


class Unreadable(Exception):
    """The package cannot be opened as an export. `kind` says why, `detail` names what, for the wording."""

    def __init__(self, kind: str, detail: str = ""):
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Package:
    """The files of one export by standard name ("Client"), each opened as bytes by its own function."""

    openers: dict[str, Callable[[], IO[bytes]]]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one file. Raises `Unreadable` when its bytes turn out to be damaged, also while reading."""
        try:
            with self.openers[name]() as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Unreadable("damaged", f"{name}.csv") from error

    def fingerprint(self) -> str:
        """SHA-256 of names and contents: the same for a zip, its unpacked folder and the zip packed again."""
        total = hashlib.sha256()
        for name in sorted(self.openers):
            with self.open(name) as stream:
                content = hashlib.sha256()
                while block := stream.read(1 << 20):
                    content.update(block)
            total.update(f"{name}:{content.hexdigest()}\n".encode())
        return total.hexdigest()


@contextmanager
def open_package(path: Path, names: Iterable[str]) -> Iterator[Package]:
    """Open the export at `path`, looking for the standard's `names`. Raises `Unreadable`."""
    if path.is_dir():
        yield Package(_in_folder(path, names))
    elif not path.is_file():
        raise Unreadable("not_found", path.name)
    else:
        with _open_zip(path) as archive:
            yield Package(_in_zip(archive, names))


def _in_folder(path: Path, names: Iterable[str]) -> dict[str, Callable[[], IO[bytes]]]:
    files = [*path.glob("*.[cC][sS][vV]"), *path.glob("*/*.[cC][sS][vV]")]
    found = _standard_names((str(file.relative_to(path)) for file in files), names)
    if sum((path / entry).stat().st_size for entry in found.values()) > MAX_TOTAL_BYTES:
        raise Unreadable("too_large")
    return {name: (lambda file=path / entry: file.open("rb")) for name, entry in found.items()}  # type: ignore[misc]


def _open_zip(path: Path) -> zipfile.ZipFile:
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty")
    if size > MAX_ZIP_BYTES:
        raise Unreadable("too_large")
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        with path.open("rb") as stream:
            raise Unreadable("damaged_zip" if stream.read(2) == b"PK" else "not_a_zip") from error


def _in_zip(archive: zipfile.ZipFile, names: Iterable[str]) -> dict[str, Callable[[], IO[bytes]]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise Unreadable("too_many_entries", str(len(entries)))
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename or stat.S_ISLNK(entry.external_attr >> 16):
            raise Unreadable("suspicious_path", entry.filename[:80])
        if entry.flag_bits & 0x1:
            raise Unreadable("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > MAX_TOTAL_BYTES or (unpacked > 10 * 2**20 and unpacked / packed > MAX_RATIO):
        raise Unreadable("too_large")
    counted = [entry.filename for entry in entries]
    found = _standard_names(counted, names)
    return {name: (lambda entry=entry: archive.open(entry)) for name, entry in found.items()}  # type: ignore[misc]


def _standard_names(entries: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Return {standard name: entry} for entries at the top or inside one folder; others are passed over."""
    by_lower = {name.lower(): name for name in names}
    found: dict[str, str] = {}
    folders = set()
    for entry in entries:
        path = PurePosixPath(entry.replace("\\", "/"))
        name = by_lower.get(path.stem.lower()) if path.suffix.lower() == ".csv" else None
        if not name or len(path.parts) > 2 or path.parts[0] == "__MACOSX":
            continue
        if name in found:
            raise Unreadable("twice", f"{name}.csv")
        found[name] = entry
        folders.add(path.parent)
    if not found:
        raise Unreadable("no_export_inside")
    if len(folders) > 1:
        raise Unreadable("two_folders")
    return found
