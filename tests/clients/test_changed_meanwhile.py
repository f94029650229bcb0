"""Two people with the same details open: the second save is told of the first, and loses nothing."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from openmission.audit.models import RecordedEvent
from openmission.clients.models import Client as Person
from openmission.clients.selectors import changes_since
from openmission.clients.services.clients import ChangedMeanwhile, ClientDetails, change_client
from tests.clients.test_pages import FORM, details, text_of
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
Browsers = dict[tuple[str, bool], Client]


def change(world: World, role: str, *, seen: str | None = None, **changed: Any) -> Person:
    """Luis, with nothing but his name and what is changed."""
    wanted = replace(ClientDetails(first_name="Luis", last_name="Marín", language="es"), **changed)
    person = Person.objects.get(id=world.ids["client"])
    return change_client(person, details=wanted, by=world.actor(role), at=NOW, seen=seen)


def latest(world: World) -> str:
    return str(changes_since(world.actor("supervisor"), world.ids["client"])[0].id)


def test_who_knows_of_the_latest_change_is_not_asked(world: World) -> None:
    change(world, "case_manager", seen="", reach_note="One")
    change(world, "case_manager", seen=latest(world), reach_note="Two")
    assert change(world, "peer_specialist", reach_note="Three").reach_note == "Three"


@pytest.mark.parametrize("seen", ["", "nonsense"])
def test_who_does_not_know_of_it_is_stopped_and_nothing_changes(world: World, seen: str) -> None:
    change(world, "case_manager", seen="", reach_note="One")
    with pytest.raises(ChangedMeanwhile):
        change(world, "peer_specialist", seen=seen, reach_note="Two")
    assert Person.objects.get(id=world.ids["client"]).reach_note == "One"
    assert RecordedEvent.objects.filter(kind="clients.ClientChanged").count() == 1


def test_the_same_words_from_both_are_no_conflict(world: World) -> None:
    """Also a double click, or a lost answer: the second time there is nothing left to change."""
    change(world, "case_manager", seen="", reach_note="One")
    assert change(world, "peer_specialist", seen="", reach_note="One").reach_note == "One"


def test_the_page_says_who_when_and_what_and_saves_when_asked_again(world: World, signed_in: Browsers) -> None:
    ana, pat, path = signed_in["case_manager", False], signed_in["peer_specialist", False], details(world)
    opened = {browser: browser.get(path).context["seen"] for browser in (ana, pat)}
    first = FORM | {"seen": opened[ana], "reach_note": "Never call.", "phone-0-number": "555 010 6000"}
    assert ana.post(path, first).status_code == 302
    second = FORM | {"seen": opened[pat], "pronouns": "he", "may_text": "on"}
    answer = pat.post(path, second)
    page = text_of(answer)
    assert answer.status_code == 422
    for words in ("Ana Ruiz", "How to reach them safely", "It says now: Never call.", "It says now: 555 010 6000"):
        assert words in page
    assert (answer.context["form"]["pronouns"].value(), answer.context["form"]["may_text"].value()) == ("he", True)
    assert Person.objects.get(id=world.ids["client"]).pronouns == ""
    assert pat.post(path, second | {"seen": answer.context["seen"]}).status_code == 302
    person = Person.objects.get(id=world.ids["client"])
    assert (person.pronouns, person.reach_note, person.phones.count()) == ("he", "", 0)


def test_another_fault_does_not_hide_it(world: World, signed_in: Browsers) -> None:
    ana, path = signed_in["case_manager", False], details(world)
    seen = ana.get(path).context["seen"]
    change(world, "peer_specialist", may_leave_message=True, language="en")
    page = text_of(ana.post(path, FORM | {"seen": seen, "first_name": ""}))
    assert "Pat Bell" in page
    assert "It says now: Yes" in page
    assert "It says now: English" in page


def test_opened_it_tells_of_no_change(world: World, signed_in: Browsers) -> None:
    change(world, "case_manager", reach_note="One")
    answer = signed_in["peer_specialist", False].get(details(world))
    assert answer.context["seen"] == latest(world)
    assert "Changed while you had it open" not in text_of(answer)
