"""The summary of errors: in the order of the page, each leading to its field."""

import re
from typing import Any

import pytest
from django.test import Client

from openmission.kernel.ids import new_id
from tests.care.people import log, luis
from tests.care.test_record_page import NEW, filled
from tests.world.cast import World

pytestmark = pytest.mark.django_db
NOTHING = {"id": "seven", "outcome": "", "mode": "", "with_whom": "", "minutes": "x", "own_minutes": "long"}
NOTHING |= {"component": "moon", "place": "moon", "note": "a\x00b", "day": "", "time": "", "next": "never"}
NOTHING |= {"next_day": "soon", "next_time": "25:61", "staff": ["nobody"]}


def links(page: str) -> list[int]:
    """Where in the page the links of the summary lead, in their order; -1: nowhere."""
    summary, _end, rest = page.partition('class="error-summary"')[2].partition("</ul>")
    return [rest.find(f'id="{anchor}"') for anchor in re.findall(r'href="#([^"]+)"', summary)]


@pytest.mark.parametrize("what", ["a contact", "a correction", "an appointment"])
def test_errors_stand_as_the_fields_do_and_lead_to_them(
    world: World, signed_in: dict[tuple[str, bool], Client], what: str
) -> None:
    contact = log(world, luis(world))
    urls = {
        "a contact": NEW,
        "a correction": f"/contacts/{contact.id}/correct/",
        "an appointment": "/appointments/new/",
    }
    page = signed_in["case_manager", False].post(urls[what], NOTHING).content.decode()
    places = links(page)
    assert len(places) >= 8
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    "changed", [{"place": "", "minutes": ""}, {"outcome": ""}, {"who": ""}], ids=lambda given: " ".join(given)
)
def test_what_a_service_or_the_whole_form_objects_to_stands_in_its_place_too(
    world: World, signed_in: dict[tuple[str, bool], Client], changed: dict[str, Any]
) -> None:
    data = filled(world, id=str(new_id()), next="other", next_day="2026-11-01", **changed)
    places = links(signed_in["case_manager", False].post(NEW, data).content.decode())
    assert places and -1 not in places and places == sorted(places)
