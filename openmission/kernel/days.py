"""Days in words."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def short_day(day: date) -> str:
    """`Mon 23 Nov` in the reader's language. A page says the same few days again and again, so each is put once."""
    return _short_day(day, get_language())


@lru_cache(maxsize=4000)
def _short_day(day: date, language: str | None) -> str:
    return date_format(day, "D j M")
