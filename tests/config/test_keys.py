"""Keys: made once, the same for everybody, never silently anew."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from openmission.config.keys import load_or_create


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "field.key"
    first = load_or_create(place, 32)
    assert len(first) == 32
    assert load_or_create(place, 32) == first
    assert place.stat().st_mode & 0o077 == 0


def test_a_lost_key_is_not_replaced_while_its_data_stands(tmp_path: Path) -> None:
    database = tmp_path / "openmission.sqlite3"
    database.touch()
    with pytest.raises(ImproperlyConfigured, match=r"field\.key is missing"):
        load_or_create(tmp_path / "keys" / "field.key", 32, unless=database)
