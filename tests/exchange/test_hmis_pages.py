"""Bringing an export in the browser: what is said at every step, and that bad input loses nothing."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from openmission.exchange.models import HmisImport, HmisPerson, HmisRow
from tests.exchange.invented_export import InventedExport
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(world: World) -> Browser:
    browser = Browser()
    browser.force_login(world.staff["intake_worker"])
    return browser


def _upload(browser: Browser, content: bytes, name: str = "our export.zip") -> "HttpResponse":  # type: ignore[name-defined]  # noqa: F821
    file = SimpleUploadedFile(name, content, "application/zip")
    return browser.post(reverse("exchange:imports"), {"file": file}, follow=True)


def _packed(export: InventedExport, folder: Path) -> bytes:
    return export.write_zip(folder / "export.zip").read_bytes()


@pytest.fixture
def another(export: InventedExport) -> InventedExport:
    export.rows["Export"][0]["SourceID"] = "INV9"
    return export


def test_a_sound_export_comes_to_its_counts(browser: Browser, another: InventedExport, tmp_path: Path) -> None:
    another.rows["Client"][0]["Sex"] = ""
    page = _upload(browser, _packed(another, tmp_path))
    assert page.redirect_chain and page.status_code == 200
    for text in ("Complete", "INV9", "16 of 16", "See the people", "Blank, though the standard asks for an answer."):
        assert text in page.text, text


def test_the_same_again_says_so(browser: Browser, another: InventedExport, tmp_path: Path) -> None:
    _upload(browser, _packed(another, tmp_path))
    assert "Nothing was added" in _upload(browser, _packed(another, tmp_path)).text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"", "The file is empty. Download the export again.", id="empty"),
        pytest.param(b"PersonalID,FirstName", "This is not a zip file.", id="no zip"),
        pytest.param(b"PK\x03\x04" + b"\0" * 40, "The zip file is damaged or cut short.", id="cut short"),
    ],
)
def test_what_is_no_export_is_said_and_changes_nothing(content: bytes, text: str, browser: Browser) -> None:
    before = (HmisRow.objects.count(), HmisPerson.objects.count())
    assert text in _upload(browser, content).text
    assert (HmisRow.objects.count(), HmisPerson.objects.count()) == before


def test_no_file_at_all(browser: Browser) -> None:
    answer = browser.post(reverse("exchange:imports"))
    assert answer.status_code == 422 and "No file is chosen yet. Choose one." in answer.text


def test_faults_are_listed_and_a_person_decides(browser: Browser, another: InventedExport, tmp_path: Path) -> None:
    before = HmisRow.objects.count()
    another.rows["Client"][0]["DOB"] = "02/03/1981"
    page = _upload(browser, _packed(another, tmp_path))
    for text in ("Client.csv", "“02/03/1981” is not a date", "One fault was found", "Leave 4 rows out", "Enrollment 1"):
        assert text in page.text, text
    assert HmisRow.objects.count() == before
    decide = reverse("exchange:decide", args=[page.context["taken"].id])
    assert "Waits for a decision" in browser.post(decide, {"choice": "else"}, follow=True).text
    page = browser.post(decide, {"choice": "leave_out"}, follow=True)
    assert "12 of 16" in page.text and "Rows left out" in page.text
    assert "Somebody has decided" in browser.post(decide, {"choice": "cancel"}, follow=True).text


def test_cancelling_says_that_nothing_was_imported(browser: Browser, another: InventedExport, tmp_path: Path) -> None:
    another.columns["Exit"].remove("Destination")
    page = _upload(browser, _packed(another, tmp_path))
    assert "the export has to be made again" in page.text and "Leave" not in page.text
    decide = reverse("exchange:decide", args=[page.context["taken"].id])
    assert (
        "Nothing was imported, and the file was removed."
        in browser.post(decide, {"choice": "cancel"}, follow=True).text
    )


def test_many_faults_come_in_pages(browser: Browser, another: InventedExport, tmp_path: Path) -> None:
    for _number in range(60):
        another.disorders("C1", "?")
    page = _upload(browser, _packed(another, tmp_path))
    assert "1 to 50 of 120" in page.text
    assert "101 to 120 of 120" in browser.get(page.redirect_chain[-1][0] + "?page=3").text


def test_progress_is_asked_for_until_the_end(browser: Browser, world: World) -> None:
    taken = HmisImport.objects.create(
        file_name="large.zip", state="importing", received_at=NOW, by_name="Ida Voss", rows_done=250, rows_total=1000
    )
    url = reverse("exchange:import", args=[taken.id])
    page = browser.get(url)
    assert 'value="250" max="1000"' in page.text and 'http-equiv="refresh"' in page.text
    part = browser.get(url, headers={"HX-Request": "true"})
    assert "<html" not in part.text and "every 1s" in part.text and "HX-Refresh" not in part.headers
    HmisImport.objects.filter(id=taken.id).update(state="cancelled")
    assert browser.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_an_import_that_is_not_there(browser: Browser, world: World) -> None:
    assert browser.get(reverse("exchange:import", args=[world.ids["client"]])).status_code == 404
