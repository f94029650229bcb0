"""The page of the safety steps, and the buttons that say that somebody is worried."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from openmission.care.models import SafetyConcern
from openmission.care.services.safety import take_safety_steps
from openmission.care.services.withdrawals import withdraw_contact
from openmission.staff.models import User
from tests.care.people import log, luis, rosa
from tests.care.test_safety import ANXIOUS, FIRST, LOW, WORRIED, raised
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
WORRY = "I am worried about safety"


@pytest.fixture
def ana(signed_in: dict[tuple[str, bool], Browser]) -> Browser:
    return signed_in["case_manager", False]


def shown(browser: Browser, address: str) -> str:
    return browser.get(address).content.decode()


def page_of(concern: SafetyConcern) -> str:
    return f"/safety/{concern.id}/"


def test_the_page_says_why_whom_to_call_and_what_to_do_in_order(world: World, ana: Browser) -> None:
    contact = log(world, luis(world))
    page = shown(ana, page_of(raised(world, LOW, ANXIOUS, contact=contact)))
    for part in ("Very low mood · Very high anxiety", 'href="tel:988"', 'href="tel:911"', 'href="sms:988"'):
        assert part in page
    assert f"/contacts/{contact.id}/" in page
    assert f"/appointments/new/?client={contact.client_id}" in page
    steps = [page.index(slug) for slug in ('value="stay"', 'value="ask"', 'value="lifeline"', 'value="write_down"')]
    assert steps == sorted(steps)
    assert "Luis" not in page[page.index("<title>") : page.index("</title>")]


def test_half_is_saved_and_a_saved_tick_stays(world: World, ana: Browser) -> None:
    concern = raised(world)
    answer = ana.post(page_of(concern), {"steps": ["stay", "ask"], "note": "He said no."}, follow=True)
    page = answer.content.decode()
    assert "The steps stay open." in page
    assert "2 of 10 done" in page
    assert "He said no." in page
    assert 'value="stay"' not in page
    ana.post(page_of(concern), {"steps": ["means"]})
    concern.refresh_from_db()
    assert concern.steps == ["stay", "ask", "means"]


def test_a_fault_keeps_what_was_ticked_and_typed_and_is_told_at_its_place(world: World, ana: Browser) -> None:
    concern = raised(world)
    answer = ana.post(page_of(concern), {"steps": ["stay"], "note": "Mother knows.", "close": "yes"})
    page = answer.content.decode()
    assert (answer.status_code, 'value="stay" checked' in page, "Mother knows." in page) == (422, True, True)
    assert 'href="#id_steps"' in page and 'id="id_steps"' in page
    assert "your supervisor can close this with you" in page
    page = ana.post(page_of(concern), {"steps": FIRST, "why": " ", "close": "yes"}).content.decode()
    assert "Some steps are not ticked." in page and 'href="#id_why"' in page


def test_closing_says_who_and_what_comes_late_is_kept(world: World, ana: Browser) -> None:
    concern = raised(world)
    pat = world.actor("peer_specialist")
    take_safety_steps(concern, steps=FIRST, note="", why="She is with her sister.", close=True, by=pat, at=NOW)
    late = ana.post(page_of(concern), {"steps": ["stay"], "note": "I called her.", "close": "yes"}, follow=True)
    page = late.content.decode()
    assert "Pat Bell had closed the steps already. What you added is kept." in page
    assert "I called her." in page
    assert "Pat Bell closed these steps" in page
    assert "tel:988" not in page


def test_a_worry_after_a_contact_opens_the_steps_once(world: World, ana: Browser) -> None:
    contact = log(world, luis(world))
    page = f"/contacts/{contact.id}/"
    assert WORRY in shown(ana, page)
    places = {ana.post(f"{page}worried/").headers["Location"] for _ in range(2)}
    (concern,) = SafetyConcern.objects.filter(contact=contact)
    assert (places, concern.because) == ({page_of(concern)}, [WORRIED])
    again = shown(ana, page)
    assert WORRY not in again
    assert page_of(concern) in again


def test_a_withdrawn_contact_offers_no_worry_and_an_open_one_of_it_is_looked_at(world: World, ana: Browser) -> None:
    contact, other = log(world, luis(world)), log(world, rosa(world))
    concern = raised(world, contact=contact)
    for each in (contact, other):
        withdraw_contact(each, reason="Somebody else.", by=world.actor("case_manager"), at=NOW)
    assert "was withdrawn. Make sure" in shown(ana, page_of(concern))
    assert WORRY not in shown(ana, f"/contacts/{other.id}/")


def test_a_worry_from_the_client_page_is_there_under_next_and_on_the_timeline(world: World, ana: Browser) -> None:
    client = f"/clients/{luis(world).client_id}/"
    assert WORRY in shown(ana, client)
    place = ana.post(f"/enrollments/{luis(world).id}/worried/").headers["Location"]
    page = shown(ana, client)
    assert "A worry about safety on Mon 23 Nov" in page
    assert f'<a href="{place}">A safety concern was raised.</a>' in page
    again = ana.post(f"/enrollments/{luis(world).id}/worried/").headers["Location"]
    assert again == place


def test_a_line_of_my_day_opens_the_steps_and_offers_to_hand_them_on(world: World, ana: Browser) -> None:
    concern = raised(world)
    page = shown(ana, "/day/")
    assert "Open steps" in page
    assert page_of(concern) in page
    assert f"/due/{luis(world).id}/safety:{concern.id}/hand/" in page
    later = f"/due/{luis(world).id}/safety:{concern.id}/later/"
    assert later not in page
    assert ana.get(later).headers["Location"] == later.replace("later", "hand")


@pytest.mark.parametrize("address", ["/day/", "/caseload/"])
def test_an_open_concern_costs_a_list_no_query_more(world: World, ana: Browser, address: str) -> None:
    def asked() -> int:
        ana.get(address)
        with CaptureQueriesContext(connection) as found:
            ana.get(address)
        return len(found)

    before = asked()
    raised(world)
    raised(world, contact=log(world, luis(world)))
    assert asked() == before


def test_all_of_it_is_there_in_spanish(world: World, client: Browser) -> None:
    User.objects.filter(id=world.staff["case_manager"].id).update(language="es")
    client.force_login(User.objects.get(id=world.staff["case_manager"].id))
    concern = raised(world, LOW, contact=log(world, luis(world)))
    page = shown(client, page_of(concern))
    for part in ("Pasos de seguridad para Luis M.", "Ánimo muy bajo", "Llamar al 988", "Quédese con la persona"):
        assert part in page
    assert "Respuestas preocupantes el lun 23 nov: faltan los pasos de seguridad." in shown(client, "/day/")


def test_who_may_not_read_it_is_told_nothing(world: World, signed_in: dict[Any, Browser]) -> None:
    cal = signed_in["case_manager", True]
    for address in (page_of(raised(world)), f"/enrollments/{luis(world).id}/worried/"):
        assert cal.post(address).status_code == 404
