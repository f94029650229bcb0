"""What every test stands on."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings

from tests.world.build import build_world
from tests.world.cast import World

# A busy machine is no fault of the code.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, once for all tests of a module: each test's own changes are rolled back onto it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def pytest_make_parametrize_id(val: Any) -> str | None:
    """A day or moment is its own name in a test's id."""
    return val.isoformat() if isinstance(val, date) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse test names such as `test_due[facts0]`: a case says what it is about."""
    unnamed = [
        item.nodeid
        for item in items
        if (call := getattr(item, "callspec", None))
        if all(any(re.fullmatch(rf"{re.escape(name)}\d+", part) for name in call.params) for part in call.id.split("-"))
    ]
    if unnamed:
        raise pytest.UsageError("give these cases ids (pytest.param(..., id=...)):\n" + "\n".join(unnamed))
