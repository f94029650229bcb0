"""Every address of the application, read from the URL list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openmission.staff.doors import Door
from tests.world.cast import World
from tests.world.urls import KEYWORDS, OPEN_TO_OUTSIDERS


@dataclass(frozen=True)
class Page:
    """One address: `name` with its namespace, the keywords in it, the view's door (None: it has none)."""

    name: str
    keywords: tuple[str, ...]
    view: Any

    @property
    def door(self) -> Door | None:
        return getattr(self.view, "door", None)

    @property
    def of_client(self) -> bool:
        return self.name not in OPEN_TO_OUTSIDERS and any(KEYWORDS[name].of_client for name in self.keywords)

    def url(self, world: World) -> str:
        return reverse(self.name, kwargs={name: KEYWORDS[name].value(world) for name in self.keywords})


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, above: tuple[str, ...]) -> Iterator[Page]:
    for pattern in patterns:
        keywords = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, keywords)
        else:
            yield Page(f"{namespace}{pattern.name}", keywords, pattern.callback)


def pages() -> list[Page]:
    return list(_walk(get_resolver().url_patterns, "", ()))
