"""Every address x every role x inside and outside the client's team. Generated from the URL list."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from openmission.staff.roles import ROLES
from tests.house.pages import Page, pages
from tests.world.cast import World
from tests.world.urls import ABSENT, KEYWORDS

PAGES = pages()
CLOSED = [page for page in PAGES if page.door and not page.door.public]
OPENED = {200, 301, 302, 303, 405}
MAY_WRITE = ("django_session", "audit_access", "cache")  # on a GET: the session's last use and the access log


def by_name(wanted: list[Page]) -> Any:
    return pytest.mark.parametrize("page", wanted, ids=[page.name for page in wanted])


def test_every_page_has_a_name_and_a_door() -> None:
    assert [page for page in PAGES if page.door is None or page.name.endswith("None")] == []


def test_every_keyword_in_an_address_has_an_object() -> None:
    missing = {name for page in PAGES for name in page.keywords} - set(KEYWORDS)
    assert missing == set(), "say in tests/world/urls.py which object of the world stands there"


@pytest.mark.django_db
@by_name(CLOSED)
def test_nobody_gets_in_without_signing_in(page: Page, world: World) -> None:
    browser = Client()
    for answer in (browser.get(page.url(world)), browser.post(page.url(world))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


@pytest.mark.django_db
@by_name(CLOSED)
def test_a_role_that_is_not_on_the_door_is_refused(page: Page, world: World, signed_in: Any) -> None:
    assert page.door
    opened = []
    for role in set(ROLES) - set(page.door.roles):
        for ask in (signed_in[role, False].get, signed_in[role, False].post):
            if ask(page.url(world)).status_code != 403:
                opened.append(role)
    assert opened == []


@pytest.mark.django_db
@by_name(CLOSED)
def test_a_role_on_the_door_gets_in_and_looking_writes_nothing(page: Page, world: World, signed_in: Any) -> None:
    assert page.door
    expected = OPENED | {404} if page.name in ABSENT else OPENED
    refused, written = [], []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip("(").startswith(("SELECT", "SAVEPOINT", "RELEASE")) and not any(
            table in sql for table in MAY_WRITE
        ):
            written.append(sql)
        return execute(sql, params, many, context)

    for role in page.door.roles:
        with connection.execute_wrapper(watch):
            answer = signed_in[role, False].get(page.url(world))
        if answer.status_code not in expected:
            refused.append((role, answer.status_code))
    assert (refused, written) == ([], [])


@pytest.mark.django_db
@by_name([page for page in CLOSED if page.of_client])
def test_out_of_reach_is_not_found(page: Page, world: World, signed_in: Any) -> None:
    assert page.door
    reached = []
    for role in page.door.roles:
        if (role, True) in signed_in:
            for ask in (signed_in[role, True].get, signed_in[role, True].post):
                if ask(page.url(world)).status_code not in (404, 405):
                    reached.append(role)
    assert reached == []
