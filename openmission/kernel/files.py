"""Files of the agency, encrypted at rest, each under a random id in the data folder."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from openmission.kernel import keyring
from openmission.kernel.encryption import decrypt, encrypt, resealed


def _place(id: UUID) -> Path:
    return Path(settings.FILES_DIR) / id.hex[-2:] / f"{id.hex}.bin"


def store(id: UUID, content: bytes) -> None:
    """Write the content encrypted; whole or not at all. The file name says nothing of what is inside."""
    place = _place(id)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(place, encrypt(content, bound_to=id.hex))


def _write(place: Path, sealed: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, place)
    keyring.settle(place.parent)


def load(id: UUID) -> bytes:
    """The content. Raises `FileNotFoundError`, or `InvalidTag` when the file was altered or exchanged."""
    return decrypt(_place(id).read_bytes(), bound_to=id.hex)


def every_place() -> Iterator[Path]:
    return Path(settings.FILES_DIR).glob("??/*.bin")


def reseal(place: Path) -> bool:
    """Write one file again under the current key; False when that has sealed it. Raises `InvalidTag`."""
    fresh = resealed(place.read_bytes(), bound_to=place.stem)
    if fresh:
        _write(place, fresh)
    return fresh is not None
