"""Keys live in the data folder, made on first use, readable by their owner only."""

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def load_or_create(path: Path, size: int, *, unless: Path | None = None) -> bytes:
    """Return the key in the file; make it with `size` random bytes when the file is missing.

    Two processes that start together agree: the key is written beside, then linked, and the first link wins. With
    `unless`, a file that the key's data lies in: where that stands and the key does not, a new key would only hide that
    the old one was lost. Raises `ImproperlyConfigured` then.
    """
    if not path.exists():
        if unless and unless.exists():
            raise ImproperlyConfigured(f"{path.name} is missing, and the notes of this database need it: restore it.")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(size))
        if os.geteuid() == 0:  # whoever owns the data folder reads the key, not only who made it
            owner = path.parent.parent.stat()
            for made in (path.parent, beside):
                os.chown(made, owner.st_uid, owner.st_gid)
        try:
            os.link(beside, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(beside)
    return bytes.fromhex(path.read_text().strip())
