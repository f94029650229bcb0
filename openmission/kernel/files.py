"""Files of the agency, encrypted at rest, each under a random id in the data folder."""

import os
import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings

from openmission.kernel.encryption import decrypt, encrypt


def _place(id: UUID) -> Path:
    return Path(settings.FILES_DIR) / id.hex[-2:] / f"{id.hex}.bin"


def store(id: UUID, content: bytes) -> None:
    """Write the content encrypted; whole or not at all. The file name says nothing of what is inside."""
    place = _place(id)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(encrypt(content, bound_to=id.hex))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, place)


def load(id: UUID) -> bytes:
    """The content. Raises `FileNotFoundError`, or `InvalidTag` when the file was altered or exchanged."""
    return decrypt(_place(id).read_bytes(), bound_to=id.hex)
