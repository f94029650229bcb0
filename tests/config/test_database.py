"""What one variable makes of the database's settings."""

from pathlib import Path

import pytest

from openmission.config.database import database


@pytest.mark.parametrize(
    ("asked", "threshold"), [("", 2), ("?prepare_threshold=7", 7), ("?prepare_threshold=none", None)]
)
def test_how_soon_questions_are_prepared_is_in_the_address(asked: str, threshold: int | None) -> None:
    settings = database(f"postgresql://worker:word%21@db:6000/agency{asked}", Path("unused"))
    assert settings["OPTIONS"]["prepare_threshold"] == threshold
    assert (settings["HOST"], settings["PORT"], settings["PASSWORD"]) == ("db", 6000, "word!")


def test_what_a_pooler_does_not_take_can_be_left_out() -> None:
    assert "random_page_cost" in database("postgresql://db/agency", Path("unused"))["OPTIONS"]["options"]
    assert database("postgresql://db/agency?options=", Path("unused"))["OPTIONS"]["options"] == ""


def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        database("mysql://db/agency", Path("unused"))
