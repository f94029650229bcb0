"""A session ends after a time without work; the pages warn before and lead back afterwards."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmission.staff.models import Agency
from tests.world.cast import World

pytestmark = pytest.mark.django_db


class Watch:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(timezone, "now", watch)
    return watch


@pytest.fixture
def browser(world: World) -> Client:
    browser = Client()
    browser.force_login(world.staff["case_manager"])
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/staff/me/").status_code == 200


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_idle_time_ends_a_session(browser: Client, watch: Watch, minutes: int, stays: bool) -> None:
    assert is_in(browser)
    watch.wait(minutes=minutes)
    assert is_in(browser) is stays


def test_work_keeps_it(browser: Client, watch: Watch) -> None:
    for _ in range(4):
        assert is_in(browser)
        watch.wait(minutes=20)


def test_an_answer_to_the_warning_keeps_it(browser: Client, watch: Watch) -> None:
    assert is_in(browser)
    watch.wait(minutes=29)
    assert browser.post("/staff/stay/").status_code == 204
    watch.wait(minutes=29)
    assert is_in(browser)


def test_too_late_an_answer_does_not(browser: Client, watch: Watch) -> None:
    assert is_in(browser)
    watch.wait(minutes=31)
    assert browser.post("/staff/stay/").headers["Location"].startswith("/sign-in/")


def test_the_agency_says_how_long(browser: Client, watch: Watch) -> None:
    Agency.objects.update(session_minutes=5)
    assert 'name="session-seconds" content="300"' in browser.get("/staff/me/").content.decode()
    watch.wait(minutes=6)
    assert not is_in(browser)


def test_the_mark_is_written_at_most_once_a_minute(browser: Client, watch: Watch) -> None:
    is_in(browser)
    first = browser.session["seen"]
    watch.wait(seconds=40)
    is_in(browser)
    assert browser.session["seen"] == first
    watch.wait(seconds=40)
    is_in(browser)
    assert browser.session["seen"] == first + 80


def test_a_page_carries_what_the_warning_needs(browser: Client) -> None:
    page = browser.get("/staff/me/").content.decode()
    assert 'name="session-seconds" content="1800"' in page
    assert 'name="session-ping-url" content="/staff/stay/"' in page
    assert 'name="draft-key"' in page
    assert 'id="session-dialog"' in page


def test_after_the_end_one_is_led_back(browser: Client, watch: Watch) -> None:
    is_in(browser)
    watch.wait(minutes=31)
    assert browser.get("/staff/cover/?x=1").headers["Location"] == "/sign-in/?next=%2Fstaff%2Fcover%2F%3Fx%3D1"


def test_a_fragment_that_meets_the_end_leads_the_whole_page(browser: Client, watch: Watch) -> None:
    is_in(browser)
    watch.wait(minutes=31)
    answer = browser.get("/staff/cover/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in/?next=%2Fstaff%2Fcover%2F")


def test_no_page_of_a_signed_in_person_is_kept_by_a_cache(browser: Client) -> None:
    assert browser.get("/staff/me/").headers["Cache-Control"] == "no-store"


def test_a_session_ends_after_twelve_hours_whatever_is_done(browser: Client, watch: Watch) -> None:
    for _ in range(12 * 3 - 1):
        assert is_in(browser)
        watch.wait(minutes=20)
    page = browser.get("/staff/me/").content.decode()
    assert 'name="session-longest" content="1200"' in page  # the page warns and covers itself in time
    watch.wait(minutes=20)
    assert browser.post("/staff/stay/").headers["Location"].startswith("/sign-in/")
    assert not is_in(browser)


def test_after_signing_in_again_it_lives_anew(world: World, browser: Client, watch: Watch) -> None:
    is_in(browser)
    watch.wait(hours=13)
    assert not is_in(browser)
    browser.force_login(world.staff["case_manager"])
    assert is_in(browser)
    watch.wait(minutes=20)
    assert is_in(browser)
