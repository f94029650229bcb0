"""Text and files encrypted at rest with AES-256-GCM.

The key is a file in the data folder (`kernel.keyring`), apart from the database, so that a copied database alone shows
no note. The associated data binds a ciphertext to its column: moved elsewhere, it does not open.
"""

import os
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import models

from openmission.kernel import keyring

_VERSION = b"\x01"


def encrypt(plain: bytes, *, bound_to: str) -> bytes:
    """Return version byte + nonce + ciphertext; `bound_to` must be given again to decrypt."""
    nonce = os.urandom(12)
    return _VERSION + nonce + keyring.keys()[0].encrypt(nonce, plain, bound_to.encode())


def decrypt(sealed: bytes, *, bound_to: str) -> bytes:
    """Undo `encrypt`, with the key before too while that is changed. Raises `cryptography.exceptions.InvalidTag` for a
    wrong key or column, and for bytes that are altered, cut off or none of ours.
    """
    return _opened(sealed, bound_to)[0]


def resealed(sealed: bytes, *, bound_to: str) -> bytes | None:
    """The same under the current key; None when that has sealed it. Raises `InvalidTag` when no key opens it."""
    plain, key = _opened(sealed, bound_to)
    return encrypt(plain, bound_to=bound_to) if key else None


def _opened(sealed: bytes, bound_to: str) -> tuple[bytes, int]:
    """What was sealed, and by which key: 0 the current one."""
    whole = sealed[:1] == _VERSION and len(sealed) >= 13
    for number, key in enumerate(keyring.keys() if whole else ()):
        try:
            return key.decrypt(sealed[1:13], sealed[13:], bound_to.encode()), number
        except InvalidTag:
            continue
    raise InvalidTag


class EncryptedTextField(models.Field):  # type: ignore[type-arg]
    """Text to Python, ciphertext (a binary column) to the database. It cannot be searched or sorted."""

    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def bound_to(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = encrypt(value.encode(), bound_to=self.bound_to) if value else b""
        return connection.Database.Binary(sealed)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:  # an outer join without a row
            return None
        sealed = bytes(value)
        return decrypt(sealed, bound_to=self.bound_to).decode() if sealed else ""
