"""What one variable makes of the database's settings."""

from pathlib import Path

import pytest

from openmission.config.database import database


@pytest.mark.parametrize(
    ("asked", "threshold"), [("", 2), ("?prepare_threshold=7", 7), ("?prepare_threshold=none", None)]
)
def test_how_soon_questions_are_prepared_is_in_the_address(asked: str, threshold: int | None) -> None:
    settings = database(f"postgresql://worker:word%21@db:6000/agency{asked}", Path("unused"))
    assert settings["OPTIONS"] == {"server_side_binding": True, "prepare_threshold": threshold}
    assert (settings["HOST"], settings["PORT"], settings["PASSWORD"]) == ("db", 6000, "word!")


def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        database("mysql://db/agency", Path("unused"))
