"""A throwaway installation: database and data folder filled for measurement, and the real server on it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Installation:
    """`people`: what `fill_bulk` printed. `environment`: what every process of it gets."""

    people: dict[str, Any]
    environment: dict[str, str]


@contextmanager
def installation(database: str, clients: int) -> Iterator[Installation]:
    """Fill one and remove it afterwards. `database` is sqlite or postgresql (a cluster of its own)."""
    folder = Path(tempfile.mkdtemp(prefix="openmission-bench-"))
    try:
        with _database_url(database) as url:
            ours = {"OPENMISSION_DATA": str(folder), "OPENMISSION_DATABASE_URL": url, "OPENMISSION_COUNT_QUERIES": "1"}
            environment = {**os.environ, **ours}
            _manage(environment, "prepare")
            people = json.loads(_manage(environment, "fill_bulk", "--clients", str(clients)))
            yield Installation(people, environment)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _manage(environment: dict[str, str], *command: str) -> str:
    asked = [sys.executable, "manage.py", *command]
    return subprocess.run(asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def _database_url(database: str) -> Iterator[str]:
    """Empty for SQLite; else the address of a PostgreSQL that runs until the end of the block."""
    if database == "sqlite":
        yield ""
        return
    command = ["script/with_postgres", "sh", "-c", 'echo "$OPENMISSION_DATABASE_URL"; cat']
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as cluster:
        assert cluster.stdin and cluster.stdout
        url = cluster.stdout.readline().strip()
        if not url:
            raise RuntimeError("No PostgreSQL is installed here; measure with --database sqlite.")
        try:
            yield url
        finally:
            cluster.stdin.close()


@contextmanager
def serving(place: Installation) -> Iterator[int]:
    """The server as `script/server` starts it; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:openmission.config.gunicorn"]
    server = subprocess.Popen(
        command, cwd=ROOT, env={**place.environment, "PORT": str(port)}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer within 30 seconds.")
