"""A real server on a throwaway data folder, on the kind of database that the tests run on."""

import os
from pathlib import Path

import pytest

from tests.browser.server import fill


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder with the cast in it."""
    folder = tmp_path_factory.mktemp("data")
    fill(folder, cluster=os.environ.get("OPENMISSION_DATABASE_URL", ""))
    return folder
