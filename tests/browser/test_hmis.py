"""An HMIS export in a real browser: brought, watched, decided about, referred from; and a server killed meanwhile."""

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.looks import look
from tests.browser.server import children, fill, serving
from tests.exchange.invented_export import InventedExport


def _bring(page: Page, path: Path) -> None:
    page.goto("/hmis/")
    page.get_by_label("HMIS CSV export").set_input_files(path)
    page.get_by_role("button", name="Check and import").click()
    page.wait_for_url(re.compile("/hmis/imports/"))


def _expect_complete(page: Page, rows: str) -> None:
    """The result stands there: the bar of a running import says the same number a moment before it counts."""
    expect(page.get_by_role("link", name="See the people")).to_be_visible(timeout=20_000)
    expect(page.get_by_text(rows)).to_be_visible()


def test_an_export_is_brought_and_people_in_it_are_referred(page_as: Callable[..., Page], tmp_path: Path) -> None:
    export = InventedExport()
    today = datetime.now(UTC)  # what an old export says suggests no answer
    export.rows["Export"][0] |= {"SourceID": "HARBOR", "HashStatus": "4"}
    export.rows["Export"][0] |= {"ExportDate": f"{today:%Y-%m-%d %H:%M:%S}", "ExportEndDate": f"{today:%Y-%m-%d}"}
    export.rows["Client"][0]["DateUpdated"] = "26-01-05"
    page = page_as("intake_worker")
    page.goto("/hmis/")
    look(page, "hmis-imports")
    _bring(page, export.write_zip(tmp_path / "harbor.zip"))
    _expect_complete(page, "16 of 16")
    look(page, "hmis-import-complete")
    page.get_by_role("link", name="See the people").click()
    page.wait_for_url("**/hmis/people/*")
    look(page, "hmis-people")
    line = page.get_by_role("listitem").filter(has_text="Person C2").first
    line.get_by_text("Why?").click()
    expect(line.get_by_text("Mental health disorder: yes")).to_be_visible()
    line.get_by_role("checkbox").check()
    page.get_by_role("button", name="Refer the ticked people").click()
    expect(page.get_by_text("1 person is referred.")).to_be_visible()
    look(page, "hmis-people-referred")
    page.get_by_label("Name or HMIS number").fill("Zzyzx")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Nobody here fits “Zzyzx”")).to_be_visible()
    look(page, "hmis-people-nobody")
    page.get_by_role("link", name="Show everybody").click()
    page.get_by_role("listitem").filter(has_text="Person C2").first.get_by_role("link", name="Referred").click()
    page.wait_for_url(re.compile("/referrals/"))
    page.goto(f"{page.url}screening/")
    expect(page.get_by_text("Mental health disorder: yes")).to_be_visible()
    expect(page.locator("[name=mental_health-answer][value=met]")).to_be_checked()
    look(page, "screening-known")


def test_faults_are_shown_and_left_out(page_as: Callable[..., Page], tmp_path: Path) -> None:
    export = InventedExport()
    export.rows["Export"][0]["SourceID"] = "FAULTY"
    export.rows["Client"][0]["DOB"] = "02/03/1981"
    export.add("Exit", PersonalID="C9", EnrollmentID="C2-1", ExitDate="2025-08-01", Destination="101")
    page = page_as("supervisor")
    _bring(page, export.write_zip(tmp_path / "faulty.zip"))
    expect(page.get_by_role("heading", name="2 faults were found")).to_be_visible(timeout=20_000)
    look(page, "hmis-import-faults")
    page.get_by_role("button", name="Leave 5 rows out").click()
    _expect_complete(page, "12 of 17")


def test_who_may_be_known_is_asked_about(page_as: Callable[..., Page], tmp_path: Path) -> None:
    export = InventedExport()
    export.rows["Export"][0]["SourceID"] = "KNOWN"
    export.rows["Client"][0] |= {"FirstName": "Dana", "LastName": "Rivera", "DOB": "1986-04-02"}
    page = page_as("intake_worker")
    _bring(page, export.write_zip(tmp_path / "known.zip"))
    _expect_complete(page, "16 of 16")
    page.goto("/hmis/people/?q=rivera")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Refer the ticked people").click()
    expect(page.get_by_role("heading", name="Known already?")).to_be_visible()
    look(page, "hmis-people-known")


def test_a_file_that_is_no_export(page_as: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "notes.zip"
    path.write_text("no export")
    page = page_as("program_manager")
    _bring(page, path)
    expect(page.get_by_text("This is not a zip file.")).to_be_visible(timeout=20_000)
    look(page, "hmis-import-unreadable")


def _state(data: Path) -> tuple[str, int, int, int]:
    """(state, rows done, rows kept, people) of the newest import, read beside the server."""
    database = sqlite3.connect(data / "openmission.sqlite3")
    try:
        newest = "SELECT state, rows_done, id FROM exchange_hmisimport ORDER BY received_at DESC LIMIT 1"
        state, done, import_id = database.execute(newest).fetchone()
        kept = database.execute("SELECT count(*) FROM exchange_hmisrow WHERE taken_id = ?", [import_id]).fetchone()
        people = database.execute("SELECT count(*) FROM exchange_hmisperson WHERE source = 'LARGE'").fetchone()
    finally:
        database.close()
    return state, done, kept[0], people[0]


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server's processes in /proc")
def test_a_server_killed_in_the_middle_of_an_import_finishes_it_after_its_next_start(
    browser: Browser, tmp_path: Path
) -> None:
    export = InventedExport()
    export.rows["Export"][0]["SourceID"] = "LARGE"
    for number in range(6000):
        export.add("Client", PersonalID=f"L{number}")
    data = tmp_path / "data"
    fill(data)
    with serving(data) as (address, process):
        page = browser.new_page(base_url=address)
        sign_in(page, "Ida Voss")
        _bring(page, export.write_zip(tmp_path / "large.zip"))
        _wait_until(lambda: _state(data)[1] > 0)
        for pid in [process.pid, *children(process.pid)]:
            os.kill(pid, signal.SIGKILL)
        process.wait()
        page.close()
    state, done, kept, people = _state(data)
    assert (state, people) == ("importing", 0) and done == kept < 6016
    with serving(data):
        _wait_until(lambda: _state(data)[0] == "complete")
    assert _state(data)[2:] == (6016, 3)
