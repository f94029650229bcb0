"""The server starts and stops whole, and starting again changes nothing."""

import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.server import fill, prepare, serving


def _alive() -> dict[int, int]:
    """{process id: its parent's}; a process that only waits to be counted as dead does not live."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in table.splitlines()]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def _children(of: int, at_least: int) -> set[int]:
    deadline = time.monotonic() + 20
    children: set[int] = set()
    while len(children) < at_least and time.monotonic() < deadline:
        children = {pid for pid, parent in _alive().items() if parent == of}
        time.sleep(0.1)
    assert len(children) >= at_least
    return children


def _end(processes: set[int]) -> set[int]:
    """Those that still live after a while."""
    deadline = time.monotonic() + 20
    while processes & set(_alive()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return processes & set(_alive())


def test_one_signal_stops_the_server_and_its_worker(tmp_path: Path) -> None:
    prepare(tmp_path)
    with serving(tmp_path) as (_, process):
        children = _children(process.pid, at_least=3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert _end(children) == set()


def test_no_worker_outlives_a_killed_server(tmp_path: Path) -> None:
    prepare(tmp_path)
    with serving(tmp_path) as (_, process):
        children = _children(process.pid, at_least=3)
        process.kill()
        process.wait(timeout=20)
        assert _end(children) == set()


def test_preparing_again_changes_no_data(tmp_path: Path) -> None:
    fill(tmp_path)
    before = _dump(tmp_path)
    prepare(tmp_path)
    assert _dump(tmp_path) == before


def test_an_empty_agency_tells_its_administrator_once_how_to_sign_in(
    tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    with serving(tmp_path, command=("manage.py", "serve", "--empty")) as (address, process):
        said = _until_address(process)
        email, password = (re.search(rf"{word}\s{{2,}}(\S+)", said) for word in ("e-mail", "password"))
        assert email and password
        page = new_page(base_url=address)
        sign_in(page, email[1], password[1])
        page.goto("/staff/accounts/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    with serving(tmp_path, command=("manage.py", "serve", "--empty")) as (_, process):
        assert "password" not in _until_address(process)


def _until_address(process: subprocess.Popen[str]) -> str:
    """What the server says until it names its address."""
    said = ""
    assert process.stdout
    for line in process.stdout:
        said += line
        if line.startswith("OpenMISSION is at"):
            break
    return said


def _dump(data: Path) -> list[str]:
    connection = sqlite3.connect(data / "openmission.sqlite3")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
