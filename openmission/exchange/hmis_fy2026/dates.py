"""Dates as HMIS exports write them. What could be read two ways is not read at all."""

import re
from datetime import date
from functools import lru_cache

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d")


@lru_cache(maxsize=65536)
def day(text: str) -> date | None:
    """Return the day of ``2022-09-30`` or ``2022-09-30 14:05:00``; else None; years are 1900-2100."""
    match = _DAY.fullmatch(text)
    if not match:
        return None
    year, month, of_month = map(int, match.groups())
    try:
        return date(year, month, of_month) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def is_moment(text: str) -> bool:
    """True for ``2022-09-30 14:05:00``, the one form that the standard knows for bookkeeping dates."""
    return bool(_MOMENT.fullmatch(text)) and day(text) is not None
