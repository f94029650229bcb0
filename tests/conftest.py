"""What every test stands on: the world's clock, the world, names of cases that can be read."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from openmission.kernel.catalogues import compile_catalogues
from tests.world.build import build_world
from tests.world.cast import NOW, World

# A busy machine is no fault of the code.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

# Long modules of few tests begin first: with two workers, one that begins last leaves the other idle.
LONG = ("durability/", "practice/", "browser/test_practice", "browser/test_every_page", "browser/test_s")


def pytest_configure() -> None:
    """Spanish pages are looked at as they are written now."""
    compile_catalogues()


@pytest.fixture(scope="session", autouse=True)
def clock() -> Iterator[None]:
    """The clock stands at the world's moment, so that a page sees on every day what its test was written for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW)
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves the language of its reader behind; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def world(clock: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, once for all tests of a module: each test's own changes are rolled back onto it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def signed_in(world: World, django_db_blocker: Any) -> dict[tuple[str, bool], Client]:
    """{(role, outsider): a browser signed in as that person of the cast}"""
    browsers = {}
    with django_db_blocker.unblock():
        for outsider, people in ((False, world.staff), (True, world.outsiders)):
            for role, user in people.items():
                browsers[role, outsider] = Client()
                browsers[role, outsider].force_login(user)
    return browsers


def pytest_make_parametrize_id(val: Any) -> str | None:
    """A day or moment is its own name in a test's id."""
    return val.isoformat() if isinstance(val, date) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules first. Refuse test names such as `test_due[facts0]`: a case says what it is about."""
    items.sort(key=lambda item: not item.nodeid.removeprefix("tests/").startswith(LONG))
    unnamed = [
        item.nodeid
        for item in items
        if (call := getattr(item, "callspec", None))
        if all(any(re.fullmatch(rf"{re.escape(name)}\d+", part) for name in call.params) for part in call.id.split("-"))
    ]
    if unnamed:
        raise pytest.UsageError("give these cases ids (pytest.param(..., id=...)):\n" + "\n".join(unnamed))
