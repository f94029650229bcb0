"""Addresses of pages, remembered."""

from functools import lru_cache
from typing import Any

from django.urls import reverse


@lru_cache(maxsize=20_000)
def address(page: str, *parts: Any) -> str:
    """`reverse`, each answer kept: addresses do not change while the server runs, and a list asks for a hundred."""
    return reverse(page, args=parts)
