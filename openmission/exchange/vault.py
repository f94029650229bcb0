"""Where an uploaded export lies until its import ends: in the data folder, for its owner's eyes only."""

import fcntl
import os
import shutil
import time
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings


def _folder() -> Path:
    folder = Path(settings.FILES_DIR) / "hmis"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def path_of(import_id: UUID) -> Path:
    return _folder() / f"{import_id}.zip"


@contextmanager
def _new_file(import_id: UUID) -> Iterator[IO[bytes]]:
    """A file that only its owner can read, and that is not left half written."""
    path = path_of(import_id)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def keep(import_id: UUID, stream: IO[bytes]) -> None:
    """Keep what was uploaded, as it is."""
    with _new_file(import_id) as file:
        shutil.copyfileobj(stream, file, 1 << 20)


def keep_folder(import_id: UUID, folder: Path) -> None:
    """Keep a folder's CSV files, packed, so that an import cut off can go on after the folder is gone."""
    with _new_file(import_id) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted([*folder.glob("*.[cC][sS][vV]"), *folder.glob("*/*.[cC][sS][vV]")]):
            archive.write(path, path.relative_to(folder))


def forget(import_id: UUID) -> None:
    path_of(import_id).unlink(missing_ok=True)


def tidy(waiting: Collection[UUID]) -> None:
    """Remove what no import waits for: a server killed in between left it.

    What was brought within the hour stays: its import may be about to be written.
    """
    names = {str(import_id) for import_id in waiting}
    for path in _folder().glob("*.zip"):
        if path.stem not in names and time.time() - path.stat().st_mtime > 3600:
            path.unlink(missing_ok=True)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process of this installation is importing. A killed process lets go by itself."""
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
