"""The key that texts and files are sealed with: `keys/field.key` of the data folder; and beside it, while `rotate_key`
works, the key before, as `field.key.old`.

Processes keep no key of their own: each looks at the file before it seals or opens, so that a running server goes over
to a new key with its next text, without a restart.
"""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def keys() -> tuple[AESGCM, ...]:
    """The key to seal with, then the one before it where there is one."""
    found = os.stat(settings.FIELD_KEY_FILE)
    return _read(settings.FIELD_KEY_FILE, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=1)
def _read(place: Path, *stamp: int) -> tuple[AESGCM, ...]:
    """Read anew whenever the file is another. The key before is put beside before the new one takes its place."""
    texts = [place.read_text()]
    with suppress(FileNotFoundError):
        texts.append(_old().read_text())
    return tuple(AESGCM(bytes.fromhex(text.strip())) for text in texts)


def _old() -> Path:
    return Path(settings.FIELD_KEY_FILE).with_name("field.key.old")


@contextmanager
def rotating() -> Iterator[None]:
    """For one process at a time. Raises `BlockingIOError` while another is at it; a killed one lets go by itself."""
    folder = os.open(_old().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(folder)


def change_key() -> bool:
    """Put a new key in the place of the current one and keep that beside it. False: a change that was begun is taken
    up, with the key that was made then.

    Each of the two names stands for a whole key at every moment, also when the current fails.
    """
    place, old = Path(settings.FIELD_KEY_FILE), _old()
    if old.exists() and old.read_text() != place.read_text():
        return False
    if not old.exists():
        os.link(place, old)
        settle(place.parent)
    handle, beside = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    settle(place.parent)
    os.replace(beside, place)
    settle(place.parent)
    return True


def forget_old_key() -> None:
    """Nothing is sealed with it any more."""
    _old().unlink()
    settle(_old().parent)


def settle(folder: Path) -> None:
    """Names are on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
