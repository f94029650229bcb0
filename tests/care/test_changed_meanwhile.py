"""Two people with the same contact open: the second is told of the first, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from openmission.care.details import ChangedMeanwhile
from openmission.care.models import Contact
from openmission.care.services.corrections import correct_contact
from openmission.care.services.withdrawals import withdraw_contact
from openmission.kernel.ids import new_id
from tests.care.people import log, luis, said
from tests.care.test_record_page import NEW, filled
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
Browsers = dict[tuple[str, bool], Client]


@pytest.fixture
def contact(world: World) -> Contact:
    """Ana recorded it, Pat took part: both may correct it."""
    pair = tuple(world.staff[role].id for role in ("case_manager", "peer_specialist"))
    return log(world, luis(world), note="At the office.", staff_ids=pair)


@pytest.fixture
def ana(signed_in: Browsers) -> Client:
    return signed_in["case_manager", False]


@pytest.fixture
def pat(signed_in: Browsers) -> Client:
    return signed_in["peer_specialist", False]


def opened(browser: Client, contact: Contact) -> dict[str, Any]:
    """The form of the correction as the browser would send it back."""
    page = browser.get(f"/contacts/{contact.id}/correct/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"day": f"{sent['day']:%Y-%m-%d}", "time": f"{sent['time']:%H:%M}", "slip": ""}
    assert f'name="seen" value="{page.context["seen"]}"' in page.content.decode()
    return sent | {"seen": page.context["seen"]}


def words(answer: Any) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def correct(world: World, contact: Contact, role: str, seen: str | None, **changed: Any) -> Contact:
    staff = tuple(contact.staff.values_list("user_id", flat=True))
    details = said(staff_ids=staff, **changed)
    return correct_contact(contact, details=details, by=world.actor(role), at=NOW, seen=seen)


def note(contact: Contact) -> str:
    return Contact.objects.get(id=contact.id).note


def test_the_second_correction_is_told_of_the_first_and_saves_when_asked_again(
    contact: Contact, ana: Client, pat: Client
) -> None:
    url, first, second = f"/contacts/{contact.id}/correct/", opened(ana, contact), opened(pat, contact)
    assert ana.post(url, first | {"note": "At the library.", "minutes": "30"}).status_code == 302
    answer = pat.post(url, second | {"note": "At the park.", "slip": "on"})
    page = words(answer)
    assert (answer.status_code, note(contact)) == (422, "At the library.")
    for said_there in ("Changed while you had it open", "Ana Ruiz", "At the library.", "30 minutes"):
        assert said_there in page
    form = answer.context["form"]
    assert (form["note"].value(), form["slip"].value(), form["minutes"].value()) == ("At the park.", True, "45")
    again = second | {"note": "At the park.", "slip": "on", "seen": answer.context["seen"]}
    assert pat.post(url, again).status_code == 302
    assert note(contact) == "At the park."
    assert contact.versions.count() == 2


def test_a_change_after_the_warning_is_told_too(contact: Contact, ana: Client, pat: Client) -> None:
    url, first, second = f"/contacts/{contact.id}/correct/", opened(ana, contact), opened(pat, contact)
    ana.post(url, first | {"note": "One"})
    told = pat.post(url, second | {"note": "Mine"})
    ana.post(url, opened(ana, contact) | {"note": "Two"})
    answer = pat.post(url, second | {"note": "Mine", "seen": told.context["seen"]})
    assert (answer.status_code, note(contact)) == (422, "Two")
    assert [len(page.context["meanwhile"]) for page in (told, answer)] == [1, 1]


def test_another_fault_does_not_hide_it(contact: Contact, ana: Client, pat: Client) -> None:
    url, first, second = f"/contacts/{contact.id}/correct/", opened(ana, contact), opened(pat, contact)
    ana.post(url, first | {"note": "One"})
    answer = pat.post(url, second | {"outcome": ""})
    assert answer.status_code == 422
    assert "Changed while you had it open" in words(answer)


@pytest.mark.parametrize("seen", ["", "nonsense"], ids=["none", "nonsense"])
def test_who_does_not_know_of_a_correction_is_stopped(world: World, contact: Contact, seen: str) -> None:
    correct(world, contact, "case_manager", "", note="One")
    with pytest.raises(ChangedMeanwhile):
        correct(world, contact, "peer_specialist", seen, note="Two")
    assert note(contact) == "One"


def test_the_same_words_from_both_are_no_conflict(world: World, contact: Contact) -> None:
    """Also a double click, or a lost answer: the second time there is nothing left to change."""
    for role in ("case_manager", "peer_specialist"):
        assert correct(world, contact, role, "", note="One").note == "One"
    assert contact.versions.count() == 1


def test_who_corrects_while_it_is_withdrawn_keeps_what_was_typed(
    world: World, contact: Contact, ana: Client, pat: Client
) -> None:
    sent = opened(pat, contact)
    withdraw_contact(contact, reason="It was Mae.", by=world.actor("case_manager"), at=NOW)
    answer = pat.post(f"/contacts/{contact.id}/correct/", sent | {"note": "A long note."})
    page = words(answer)
    assert (answer.status_code, note(contact)) == (422, "At the office.")
    assert answer.context["form"]["note"].value() == "A long note."
    assert "because: It was Mae." in page and "Nothing was corrected." in page
    assert "Save the correction" not in page
    assert pat.get(f"/contacts/{contact.id}/correct/").status_code == 403


def test_who_withdraws_is_told_of_a_correction_and_may_go_on(contact: Contact, ana: Client, pat: Client) -> None:
    url = f"/contacts/{contact.id}/withdraw/"
    seen = pat.get(url).context["seen"]
    ana.post(f"/contacts/{contact.id}/correct/", opened(ana, contact) | {"note": "It was Luis."})
    answer = pat.post(url, {"reason": "It was Mae.", "seen": seen})
    assert (answer.status_code, answer.context["form"]["reason"].value()) == (422, "It was Mae.")
    assert "It was Luis." in words(answer)
    assert not Contact.objects.get(id=contact.id).withdrawn_at
    assert pat.post(url, {"reason": "It was Mae.", "seen": answer.context["seen"]}).status_code == 302
    assert Contact.objects.get(id=contact.id).withdrawn_reason == "It was Mae."


def test_who_withdraws_second_is_told_by_whom_it_is_withdrawn(contact: Contact, ana: Client, pat: Client) -> None:
    url = f"/contacts/{contact.id}/withdraw/"
    seen = pat.get(url).context["seen"]
    assert {ana.post(url, {"reason": "It was Mae.", "seen": ""}).status_code for _ in range(2)} == {302}
    answer = pat.post(url, {"reason": "It was Rosa.", "seen": seen})
    assert (answer.status_code, answer.context["form"]["reason"].value()) == (422, "It was Rosa.")
    assert "Withdrawn by Ana Ruiz" in words(answer)
    assert Contact.objects.get(id=contact.id).withdrawn_reason == "It was Mae."


def test_a_record_sent_again_does_not_undo_what_a_colleague_corrected(world: World) -> None:
    """A form that waited for the signal, or the browser's Back; one's own later words still stand."""
    id, enrollment = new_id(), luis(world)
    contact = log(world, enrollment, id=id, note="First")
    assert log(world, enrollment, id=id, note="Second").note == "Second"
    correct(world, contact, "supervisor", None, note="Third")
    with pytest.raises(ChangedMeanwhile):
        log(world, enrollment, id=id, note="Second")
    assert note(contact) == "Third"


def test_nor_once_its_author_has_corrected_it_too(world: World) -> None:
    id, enrollment = new_id(), luis(world)
    contact = log(world, enrollment, id=id, note="First")
    correct(world, contact, "supervisor", None, note="Second")
    correct(world, contact, "case_manager", None, note="Third: both")
    for late in ("First", "Another"):
        with pytest.raises(ChangedMeanwhile):
            log(world, enrollment, id=id, note=late)
    assert note(contact) == "Third: both"


def test_an_old_form_that_comes_late_does_not_undo_ones_own_correction(world: World) -> None:
    id, enrollment = new_id(), luis(world)
    contact = log(world, enrollment, id=id, note="First")
    correct(world, contact, "case_manager", None, note="Second")
    with pytest.raises(ChangedMeanwhile):
        log(world, enrollment, id=id, note="First")
    assert note(contact) == "Second"
    assert log(world, enrollment, id=id, note="Second").note == "Second"


def test_nor_does_the_same_form_of_the_page(world: World, ana: Client) -> None:
    sent = filled(world, note="First")
    assert ana.post(NEW, sent).status_code == 302
    contact = Contact.objects.get(id=sent["id"])
    assert ana.post(f"/contacts/{contact.id}/correct/", opened(ana, contact) | {"note": "Second"}).status_code == 302
    assert ana.post(NEW, sent).status_code == 422
    assert note(contact) == "Second"
