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
from tests.browser.looks import look
from tests.browser.server import alive, children, fill, prepare, serving


def _children(of: int, at_least: int) -> set[int]:
    deadline = time.monotonic() + 20
    while len(children(of)) < at_least and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(children(of)) >= at_least
    return children(of)


def _end(processes: set[int]) -> set[int]:
    """Those that still live after a while."""
    deadline = time.monotonic() + 20
    while processes & set(alive()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return processes & set(alive())


def test_one_signal_stops_the_server_and_its_worker(tmp_path: Path) -> None:
    fill(tmp_path)
    with serving(tmp_path) as (_, process):
        started = _children(process.pid, at_least=3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert _end(started) == set()


def test_no_worker_outlives_a_killed_server(tmp_path: Path) -> None:
    fill(tmp_path)
    with serving(tmp_path) as (_, process):
        started = _children(process.pid, at_least=3)
        process.kill()
        process.wait(timeout=20)
        assert _end(started) == set()


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
        own = "a warm stove in spring"
        for name, typed in (("oldpassword", password[1]), ("password1", own), ("password2", own)):
            page.locator(f"input[name={name}]").fill(typed)
        look(page, "first-password")
        page.get_by_role("button", name="Change my password").click()
        page.wait_for_url("**/staff/me/")
        page.goto("/staff/accounts/")
        expect(page.get_by_role("heading", level=1, name="Staff")).to_be_visible()
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
