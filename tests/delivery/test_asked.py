"""What is written of a group session outside of its record names no other member: withdrawing it, its safety steps."""

import html
import re
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.audit.models import Access, RecordedEvent
from openmission.care.models import Contact, SafetyConcern
from openmission.care.models.safety import Because
from openmission.care.services.safety import raise_concern, take_safety_steps
from tests.care.people import log, luis
from tests.delivery.groups import join, record_of, save
from tests.delivery.test_leaks import newly
from tests.world.cast import NOW, World
from tests.world.delivery import make_drt_group, plan

pytestmark = pytest.mark.django_db
ASKED, TYPED = "“Grace”: a member of this group has that name.", "It was Grace, with zibbernate."


@pytest.fixture
def contact(world: World) -> Contact:
    """Of Will, who is in a group with Grace Dove."""
    group = make_drt_group(world, name="Two of them")
    will, grace = newly(world, "Will Marsh"), newly(world, "Grace Dove")
    for member in (will, grace):
        join(world, group, member)
    meeting = plan(world, group, "motivation")
    save(meeting, {will.id: {}, grace.id: {}}, world.actor("case_manager"))
    return record_of(meeting, will).contact


@pytest.fixture
def ana(world: World) -> Browser:
    browser = Browser()
    browser.force_login(world.staff["case_manager"])
    return browser


def worry(world: World, contact: Contact) -> SafetyConcern:
    because, by = (Because.WORRIED.value,), world.actor("case_manager")
    return raise_concern(contact.enrollment, because=because, contact=contact, by=by, at=NOW)


def asks(answer: Any, typed: str = TYPED) -> bool:
    text = html.unescape(answer.content.decode())
    return answer.status_code == 422 and ASKED in text and 'name="knowing"' in text and typed in text


def test_why_a_group_session_is_withdrawn_names_nobody_else(contact: Contact, ana: Browser) -> None:
    page = f"/contacts/{contact.id}/withdraw/"
    shown = ana.get(page).content.decode()
    assert "knowing" not in shown
    seen = dict(re.findall(r'name="(seen)"[^>]* value="([^"]*)"', shown))
    assert asks(ana.post(page, {"reason": TYPED, **seen}))
    contact.refresh_from_db()
    assert contact.withdrawn_at is None
    assert ana.post(page, {"reason": TYPED, **seen, "knowing": "on"}).status_code == 302
    contact.refresh_from_db()
    assert contact.withdrawn_reason == TYPED
    assert not [row for row in RecordedEvent.objects.all() if "zibbernate" in str(row.data)]


@pytest.mark.parametrize("field", ["note", "why"])
def test_the_safety_steps_of_a_group_session_ask_and_never_block(
    world: World, contact: Contact, ana: Browser, field: str
) -> None:
    concern = worry(world, contact)
    page, said = f"/safety/{concern.id}/", {"steps": ["ask"], field: TYPED}
    assert "knowing" not in ana.get(page).content.decode()
    answer = ana.post(page, said)
    assert asks(answer)
    assert re.search(r'value="ask" checked', answer.content.decode())
    concern.refresh_from_db()
    assert (concern.note, concern.steps) == ("", [])
    assert ana.post(page, {**said, "knowing": "on"}).status_code == 302
    concern.refresh_from_db()
    assert (concern.note, concern.steps) == (TYPED, ["ask"])
    assert ana.post(page, said).status_code == 302  # sent twice: what stands is not asked about again
    assert not [row for row in RecordedEvent.objects.all() if "zibbernate" in str(row.data)]


def test_words_that_come_after_a_colleague_closed_the_steps_are_asked_about_and_kept(
    world: World, contact: Contact, ana: Browser
) -> None:
    concern = worry(world, contact)
    take_safety_steps(concern, steps=(), note="", why="Well.", close=True, by=world.actor("supervisor"), at=NOW)
    page = f"/safety/{concern.id}/"
    answer = ana.post(page, {"steps": ["ask"], "note": TYPED})
    assert asks(answer)
    assert re.search(r'value="ask" checked', answer.content.decode())
    assert ana.post(page, {"steps": ["ask"], "note": TYPED, "knowing": "on"}).status_code == 302
    concern.refresh_from_db()
    assert TYPED in concern.note


def test_other_contacts_and_ones_own_name_are_asked_nothing(world: World, contact: Contact, ana: Browser) -> None:
    own, other = worry(world, contact), worry(world, log(world, luis(world)))
    assert ana.post(f"/safety/{own.id}/", {"note": "Will's sister stays."}).status_code == 302
    assert ana.post(f"/safety/{other.id}/", {"note": TYPED}).status_code == 302


def test_a_question_tells_two_names_at_the_most_and_is_a_look_at_them(world: World, ana: Browser) -> None:
    group = make_drt_group(world, name="Four of them")
    people = {name: newly(world, name) for name in ("Will Marsh", "Grace Dove", "Clemence Stone", "Rosalind Hill")}
    rows = {name: join(world, group, member) for name, member in people.items()}
    page, words = f"/groups/members/{rows['Will Marsh'].id}/leave/", "Told Clem, Grace and Rosalind, not Zibbernate."
    before = set(Access.objects.values_list("id", flat=True))
    text = html.unescape(ana.post(page, {"reason": words}).content.decode())
    assert "“Clem”, “Grace”: a member of this group has that name." in text
    looks = Access.objects.exclude(id__in=before).values_list("client_id", flat=True)
    told = {people[name].client_id for name in ("Grace Dove", "Clemence Stone")}
    assert told <= set(looks)
    assert people["Rosalind Hill"].client_id not in looks
