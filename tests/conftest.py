"""What every test stands on."""

import re

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse test names such as `test_due[facts0]`: a case says in words what it is about."""
    unnamed = [
        item.nodeid
        for item in items
        if (call := getattr(item, "callspec", None))
        for part in call.id.split("-")
        if any(re.fullmatch(rf"{re.escape(name)}\d+", part) for name in call.params)
    ]
    if unnamed:
        raise pytest.UsageError("give these cases ids (pytest.param(..., id=...)):\n" + "\n".join(unnamed))
