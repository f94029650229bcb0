"""A real server on a throwaway data folder, on the kind of database that the tests run on."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.browser.server import fill


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder with the cast in it; on PostgreSQL with a database of its own, which the cluster keeps."""
    folder = tmp_path_factory.mktemp("data")
    url = os.environ.get("OPENMISSION_DATABASE_URL", "")
    if url:
        name = f"durability_{os.urandom(4).hex()}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        (folder / "database-url").write_text(urlsplit(url)._replace(path=f"/{name}").geturl())
    fill(folder)
    return folder
