"""The pages of the programs: readable by everyone at work, in both languages, with a constant number of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmission.kernel.actors import SYSTEM
from openmission.programs.services import publish_program
from openmission.staff.models import User
from tests.programs.shipped import content_of
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(world: World) -> Client:
    browser = Client()
    browser.force_login(world.staff["program_manager"])
    return browser


def test_the_list_shows_every_version(browser: Client, world: World) -> None:
    data = content_of("mission")
    data["version"] = 2
    publish_program(data, by=SYSTEM, at=NOW)
    page = browser.get(reverse("programs:list")).content.decode()
    names = ("Linkage only, version 1", "MISSION, version 2", "MISSION, version 1")
    positions = [page.index(f"{name}</a>") for name in names]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        (
            "mission",
            [
                "2 months",
                "Case manager, first meeting within 3 days",
                "Peer support specialist: every 14 days",
                "Each of the pair meets the client every week",
                "7 days after",
                "2 misses in a row, or 7 days past the due day",
                "You will have a team of two",
                "Orientation, about 45 minutes",
                "42 CFR Part 2",
                "[2] Table 3, phase 1",
            ],
        ),
        ("linkage-only", ["6 months", "Peer support specialist: every 14 days", "STAR-LS"]),
    ],
    ids=["mission", "linkage-only"],
)
def test_a_version_is_shown_whole(browser: Client, world: World, slug: str, says: list[str]) -> None:
    page = browser.get(reverse("programs:detail", args=[world.ids[slug]])).content.decode()
    assert [words for words in says if words not in page] == []


def test_content_follows_the_language_of_the_reader(browser: Client, world: World) -> None:
    User.objects.filter(id=world.staff["program_manager"].id).update(language="es")
    page = browser.get(reverse("programs:detail", args=[world.ids["mission"]]), headers={"accept-language": "es"})
    assert "Usted tendrá un equipo de dos." in page.content.decode()
    assert "Tabla 3, fase 2; los días son decisión nuestra" in page.content.decode()
    assert "tres fases de igual duración" in page.content.decode()
    assert "our default" not in page.content.decode()


def test_an_unknown_version_is_not_found(browser: Client, world: World) -> None:
    assert browser.get(reverse("programs:detail", args=[world.agency.id])).status_code == 404


def test_more_versions_cost_no_more_queries(browser: Client) -> None:
    url = reverse("programs:list")
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for version in (2, 3, 4):
        data = content_of("mission")
        data["version"] = version
        publish_program(data, by=SYSTEM, at=NOW)
    browser.get(url)
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(few)
