"""Names of people and places: one line, and nothing in them that cannot be seen."""

import unicodedata

from django.utils.translation import gettext_lazy as _

HIDDEN = _("There is a hidden character in it, perhaps from copying. Type it by hand.")
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the reading direction of what stands after them, and the byte-order mark."""


def one_line(text: str) -> str:
    """Every run of white space as one space; what cannot be seen stays for `has_hidden` to object to."""
    return " ".join(text.split())


def has_hidden(text: str) -> bool:
    """Whether a control character is in it. Joiners are none: Persian and Indian names are written with them."""
    return any(unicodedata.category(sign) in ("Cc", "Cs") or sign in _TURNING for sign in text)


def without_hidden(text: str) -> str:
    """For what nobody can be asked to type again, such as an imported name."""
    return one_line("".join(sign for sign in one_line(text) if not has_hidden(sign)))
