"""Keys live in the data folder, made on first use, readable by their owner only."""

import os
import secrets
import tempfile
from pathlib import Path


def load_or_create(path: Path, size: int) -> bytes:
    """Return the key in the file; make it with `size` random bytes when the file is missing.

    Two processes that start together agree: the key is written beside, then linked, and the first link wins.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(size))
        try:
            os.link(beside, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(beside)
    return bytes.fromhex(path.read_text().strip())
