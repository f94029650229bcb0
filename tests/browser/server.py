"""The real server on a throwaway data folder: gunicorn and its worker, as script/server starts them."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SERVER = ("-m", "gunicorn", "-c", "python:openmission.config.gunicorn")


def environment(data: Path, port: int) -> dict[str, str]:
    """A folder holding `database-url` is served from that database, every other one from its own SQLite."""
    elsewhere = data / "database-url"
    url = elsewhere.read_text() if elsewhere.exists() else ""
    ours = {"OPENMISSION_DATA": str(data), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "openmission.config.settings"}
    return os.environ | ours | {"OPENMISSION_DATABASE_URL": url}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def manage(data: Path, *command: str) -> None:
    """Run a management command on the data folder."""
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(data, 0), check=True)


def prepare(data: Path) -> None:
    """Make database and static files, without an agency."""
    manage(data, "prepare")


def fill(data: Path, *, cluster: str = "") -> dict[str, str]:
    """Copy there a folder that is prepared and has the world's cast in it; with the address of a PostgreSQL `cluster`,
    its database too, which the cluster keeps. Returns {name of a page: its address in that world}.
    """
    pattern, pages = _filled(cluster)
    shutil.copytree(pattern, data, dirs_exist_ok=True)
    if cluster:
        _create_database(data, cluster, like=_database(pattern))
    return pages


@cache
def _filled(cluster: str) -> tuple[Path, dict[str, str]]:
    """The folder that is copied, made once by each process of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="openmission-filled-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if cluster:
        _create_database(folder, cluster)
    prepare(folder)
    command = [sys.executable, "-m", "tests.world"]
    answer = subprocess.run(command, cwd=ROOT, env=environment(folder, 0), check=True, stdout=subprocess.PIPE)
    return folder, json.loads(answer.stdout)


def _create_database(data: Path, cluster: str, *, like: str = "template1") -> None:
    name = f"test_{os.urandom(4).hex()}"
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
    (data / "database-url").write_text(urlsplit(cluster)._replace(path=f"/{name}").geturl())


def _database(data: Path) -> str:
    return urlsplit((data / "database-url").read_text()).path.removeprefix("/")


@contextmanager
def serving(data: Path, *, command: tuple[str, ...] = SERVER) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve a data folder; yields its address and the server's process (its output can be read), and stops it."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment(data, port), stdout=subprocess.PIPE, text=True
    )
    try:
        address = f"http://localhost:{port}"
        _wait_for(address, process)
        yield address, process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within a minute")


def alive() -> dict[int, int]:
    """{process id: its parent's}; a process that only waits to be counted as dead does not live."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in table.splitlines()]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def children(of: int) -> set[int]:
    """The processes that a server started: those that serve, and its worker."""
    return {pid for pid, parent in alive().items() if parent == of}
