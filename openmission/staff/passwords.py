"""First passwords: easy to read aloud and to type, hard to guess."""

import secrets

_SOUNDS = [first + second for first in "bdfghklmnprstvwz" for second in "aeiou"]


def readable_password() -> str:
    """Four groups of four letters, such as `kato-muli-rebi-sono`: 80 sounds eight times, 50 bits."""
    return "-".join("".join(secrets.choice(_SOUNDS) for _ in range(2)) for _ in range(4))
