"""Words and markup that pages repeat, put together once in each language."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

P = ParamSpec("P")
T = TypeVar("T")


def in_each_language(put: Callable[P, T]) -> Callable[P, T]:
    """Remember what `put` makes of the same values in the same language: a row is the same as long as its facts are.

    It may depend on nothing else. What it is given comes without names and may be compared; none of it is markup: safe
    markup equals the text that reads like it, and would be taken for it.
    """
    known = lru_cache(maxsize=4000, typed=True)(lambda _language, *given: put(*given))  # type: ignore[call-arg]

    @wraps(put)
    def answer(*given: P.args, **named: P.kwargs) -> T:
        return known(get_language(), *given, **named)  # type: ignore[arg-type]

    return answer
