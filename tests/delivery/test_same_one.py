"""A session that the other of the pair has recorded already is asked about, and may be added to what is there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from openmission.care.details import ChangedMeanwhile, ContactDetails
from openmission.care.models import Contact, ContactStaff
from openmission.care.services.withdrawals import withdraw_contact
from openmission.delivery.models import Delivery, DeliveryVersion
from openmission.delivery.services.deliveries import NewDelivery
from openmission.delivery.services.joint import NotTheSame, add_to_contact
from openmission.intake.models import Enrollment
from openmission.kernel.errors import Refused
from openmission.kernel.ids import new_id
from tests.care.people import log, luis, rosa
from tests.delivery.groups import record_of, save, versions, with_members
from tests.delivery.test_corrections import browser, shown, where
from tests.delivery.test_deliveries import correct, curriculum, deliver
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import CALM, plan

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def member(world: World) -> Enrollment:
    return rosa(world)


def form(member: Enrollment) -> str:
    return f"/sessions/{member.id}/drt/"


def sent(**changed: Any) -> dict[str, Any]:
    """A session of an hour ago, as the form sends it."""
    given = {"session": "motivation", "day": TODAY.isoformat(), "time": f"{local(NOW - HOUR)}", "mode": "in_person"}
    given |= {"place": "office", "minutes": "50", "mood": "6", "note": "Her words.", "id": str(new_id())}
    return given | changed


def local(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M}"


def offered(answer: Any) -> list[str]:
    """The answers to whether it is the same one."""
    return re.findall(r'name="same"[^>]* value="([^"]*)"', shown(answer))


def by_pat(world: World, member: Enrollment, **changed: Any) -> Contact:
    """Pat's quick contact of the same hour."""
    return log(world, member, by=world.actor("peer_specialist"), **({"component": "drt"} | changed))


def only(member: Enrollment) -> Delivery:
    return Delivery.objects.select_related("contact", "exam").get(enrollment=member)


def test_it_is_asked_and_added_to_what_is_there(world: World, member: Enrollment) -> None:
    contact, ana, first = by_pat(world, member), browser(world, "case_manager"), sent()
    answer = ana.post(form(member), first)
    page = shown(answer)
    assert answer.status_code == 422 and not Delivery.objects.filter(enrollment=member).exists()
    assert (
        offered(answer) == [str(contact.id), "another"]
        and "Yes: what Pat Bell recorded" in page
        and f'href="/contacts/{contact.id}/"' in page
    )
    assert "Her words." in page
    for _time in range(2):  # also when the answer is lost and the phone sends again
        assert ana.post(form(member), first | {"told": str(contact.id), "same": str(contact.id)}).status_code == 302
    row = only(member)
    assert (row.contact_id, row.session, row.exam.mood, row.contact.note) == (contact.id, "motivation", 6, "Her words.")
    assert (row.contact.at, row.contact.minutes, row.contact.recorded_by_name) == (contact.at, 45, "Pat Bell")
    assert Contact.objects.filter(enrollment=member).count() == 1


def test_who_took_part_is_joined(world: World, member: Enrollment) -> None:
    contact, ana = by_pat(world, member), browser(world, "case_manager")
    own = {"same": str(contact.id), "staff": [str(world.staff["case_manager"].id)]}
    assert ana.post(form(member), sent(**own)).status_code == 302
    there = set(ContactStaff.objects.filter(contact=contact).values_list("user_id", flat=True))
    assert there == {world.staff["case_manager"].id, world.staff["peer_specialist"].id}
    contact.refresh_from_db()
    assert (contact.by_case_manager, contact.by_peer) == (True, True)


def test_another_one_is_recorded(world: World, member: Enrollment) -> None:
    contact, ana, first = by_pat(world, member), browser(world, "case_manager"), sent()
    assert ana.post(form(member), first | {"same": "another"}).status_code == 422  # nobody was told of anything
    assert ana.post(form(member), first | {"told": str(contact.id)}).status_code == 422  # and nobody chose
    assert ana.post(form(member), first | {"told": str(contact.id), "same": "another"}).status_code == 302
    assert Contact.objects.filter(enrollment=member).count() == 2
    assert str(only(member).contact_id) == first["id"]


def test_what_stands_already_stays_and_is_told(world: World, member: Enrollment) -> None:
    row = deliver(world, member, {"exam": {"mood": 4}, "note": "First."}, session="motivation").delivery
    pat, mine = browser(world, "peer_specialist"), sent(anxiety="5", same=str(row.contact_id), told=str(row.contact_id))
    answer = pat.post(form(member), mine)
    page = shown(answer)
    assert answer.status_code == 422
    assert "“4” is saved, you said “6”" in page and "Note: “First.” is saved, you said “Her words.”" in page
    assert f'action="{where(row)}"' in page
    row = only(member)
    assert (row.exam.mood, row.exam.anxiety, row.contact.note) == (4, 5, "First.")


def test_a_form_that_comes_late_undoes_no_correction(world: World, member: Enrollment) -> None:
    contact, ana = by_pat(world, member), browser(world, "case_manager")
    first = sent(anxiety="3", homework="Walk.", same=str(contact.id), staff=[str(world.staff["case_manager"].id)])
    assert ana.post(form(member), first).status_code == 302
    row = only(member)
    correct(world, contact, note="")
    Delivery.objects.filter(id=row.id).update(homework="", session="communication")
    assert ana.post(form(member), first).status_code == 302
    row = only(member)
    assert (row.contact.note, row.homework, row.session, row.exam.anxiety) == ("", "", "communication", 3)
    assert Contact.objects.filter(enrollment=member).count() == 1


@pytest.mark.parametrize("what", ["another session", "a group", "something else", "with family"])
def test_what_cannot_be_the_same_is_not_offered(world: World, what: str) -> None:
    group, (member,) = with_members(world, 1)
    if what == "another session":
        contact = deliver(world, member, {}, session="communication").delivery.contact
    elif what == "a group":
        meeting = plan(world, group, "motivation")
        save(meeting, {member.id: {"exam": CALM}}, world.actor("case_manager"))
        contact = record_of(meeting, member).contact
    else:
        with_whom = "family" if what == "with family" else "client"
        contact = by_pat(world, member, component="cti", with_whom=with_whom)
    before, ana = Contact.objects.count(), browser(world, "case_manager")
    answer = ana.post(form(member), sent())
    assert answer.status_code == (302 if what == "with family" else 422)
    assert str(contact.id) not in offered(answer)
    answer = ana.post(form(member), sent(told=str(contact.id), same=str(contact.id)))
    assert answer.status_code == (403 if what == "something else" else 422)
    assert Contact.objects.count() == before + (what == "with family")
    contact.refresh_from_db()
    assert (contact.note, contact.component) != ("Her words.", "drt")


def test_what_i_recorded_about_something_else_becomes_the_session(world: World, member: Enrollment) -> None:
    contact, ana = log(world, member, component="cti"), browser(world, "case_manager")
    assert offered(ana.post(form(member), sent())) == [str(contact.id), "another"]
    assert ana.post(form(member), sent(same=str(contact.id))).status_code == 302
    assert only(member).contact.component == "drt"


def test_a_contact_of_another_client_or_out_of_reach_is_not_found(world: World, member: Enrollment) -> None:
    other = log(world, luis(world), component="drt")
    sean = Enrollment.objects.get(client_id=world.ids["sean"])
    closed = log(world, sean, by=world.actor("supervisor"), component="drt")
    ana, before = browser(world, "case_manager"), DeliveryVersion.objects.count()
    for contact in (other, closed):
        assert ana.post(form(member), sent(same=str(contact.id), told=str(contact.id))).status_code == 404
    assert ana.post(form(member), sent(same="'; drop")).status_code == 422
    stranger = Browser()
    stranger.force_login(world.outsiders["case_manager"])
    assert stranger.post(form(member), sent(same=str(other.id))).status_code == 404
    assert DeliveryVersion.objects.count() == before


def new(world: World, **said: Any) -> NewDelivery:
    details = ContactDetails(at=NOW - HOUR, outcome="met", mode="phone", component="drt", minutes=50)
    course = curriculum(world.actor("case_manager"), "drt")
    return NewDelivery(curriculum=course, session="motivation", answers={"note": "Mine."}, details=details, **said)


def test_the_service_refuses_strangers_and_what_was_withdrawn(world: World, member: Enrollment) -> None:
    contact = by_pat(world, member)
    with pytest.raises(Refused):
        add_to_contact(contact, new=new(world), by=world.actor("case_manager", outsider=True), at=NOW)
    missed = by_pat(world, member, outcome="no_show", minutes=0)
    with pytest.raises(NotTheSame):
        add_to_contact(missed, new=new(world), by=world.actor("case_manager"), at=NOW)
    withdraw_contact(contact, reason="It was somebody else.", by=world.actor("peer_specialist"), at=NOW)
    with pytest.raises(ChangedMeanwhile):
        add_to_contact(contact, new=new(world), by=world.actor("case_manager"), at=NOW)
    assert not Delivery.objects.filter(enrollment=member).exists()


def test_what_was_there_before_is_kept_as_the_first_version(world: World, member: Enrollment) -> None:
    contact = by_pat(world, member, note="Pat's words.")
    saved = add_to_contact(contact, new=new(world, id=new_id()), by=world.actor("case_manager"), at=NOW)
    assert [(each.stored, each.mine) for each in saved.conflicts] == [("Pat's words.", "Mine.")]
    assert [version["note"] for version in versions(saved.delivery)] == ["Pat's words."]
