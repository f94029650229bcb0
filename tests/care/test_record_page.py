"""The page on which a contact is recorded: prefilled, one plain form, nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmission.audit.models import Access
from openmission.care.models import Appointment, Contact
from openmission.intake.models import Enrollment
from openmission.kernel.ids import new_id
from tests.care.people import log, luis, rosa
from tests.world.care import plan
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
NEW = "/contacts/new/"
WORDS = "Talked about the room. Ñandú & <b>bold</b>"


@pytest.fixture
def ana(signed_in: dict[tuple[str, bool], Client]) -> Client:
    return signed_in["case_manager", False]


def filled(world: World, **changed: Any) -> dict[str, Any]:
    """What the browser sends for a meeting an hour ago."""
    at = timezone.localtime(NOW - timedelta(hours=1))
    given = {
        "id": str(new_id()),
        "who": f"e:{luis(world).id}",
        "outcome": "met",
        "mode": "in_person",
        "place": "office",
        "minutes": "45",
        "component": "cti",
        "with_whom": "client",
        "day": f"{at:%Y-%m-%d}",
        "time": f"{at:%H:%M}",
        "note": WORDS,
        "staff": [str(world.staff["case_manager"].id)],
        "next": "",
    }
    return given | changed


def recorded(data: dict[str, Any]) -> Contact:
    return Contact.objects.get(id=data["id"])


def test_a_filled_form_is_one_contact_and_leads_to_it(world: World, ana: Client) -> None:
    data = filled(world, slip="on")
    answer = ana.post(NEW, data)
    contact = recorded(data)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/contacts/{contact.id}/")
    assert (contact.note, contact.slip, contact.minutes, contact.at) == (WORDS, True, 45, NOW - timedelta(hours=1))
    page = ana.get(answer.headers["Location"]).content.decode()
    assert 'data-draft-saved="contact:new"' in page
    assert "Talked about the room. Ñandú &amp; &lt;b&gt;bold&lt;/b&gt;" in page


def test_sent_twice_it_is_one_contact_and_both_answers_lead_to_it(world: World, ana: Client) -> None:
    data, before = filled(world, next="7"), Appointment.objects.count()
    assert {ana.post(NEW, data).headers["Location"] for _ in range(2)} == {f"/contacts/{data['id']}/"}
    assert Contact.objects.filter(id=data["id"]).count() == 1
    assert Appointment.objects.count() == before + 1


@pytest.mark.parametrize("sender", ["partner", "for another client"])
def test_a_used_form_is_refused_with_a_new_number_and_what_was_typed(
    world: World, ana: Client, signed_in: dict[tuple[str, bool], Client], sender: str
) -> None:
    data = filled(world)
    ana.post(NEW, data)
    if sender == "partner":
        ana = signed_in["peer_specialist", False]
        data |= {"staff": [str(world.staff["peer_specialist"].id)], "time": "06:00"}
    else:
        data["who"] = f"e:{rosa(world).id}"
    answer = ana.post(NEW, data | {"note": "Something new"})
    form = answer.context["form"]
    assert (answer.status_code, form["note"].value()) == (422, "Something new")
    assert form["id"].value() != data["id"]
    assert recorded(data).note == WORDS
    again = ana.post(NEW, data | {"note": "Something new", "id": form["id"].value()})
    assert again.status_code == 302
    assert Contact.objects.get(id=form["id"].value()).note == "Something new"


BAD = {
    "nobody chosen": ({"who": ""}, "who"),
    "a name that is none": ({"who": "e:luis"}, "who"),
    "somebody out of reach": ({"who": "outsider"}, "who"),
    "no outcome": ({"outcome": ""}, "outcome"),
    "an outcome that is none": ({"outcome": "vanished"}, "outcome"),
    "no way": ({"mode": ""}, "mode"),
    "met in person nowhere": ({"place": ""}, "place"),
    "a place that is none": ({"place": "moon"}, "place"),
    "no length": ({"minutes": ""}, "minutes"),
    "a length that is no number": ({"minutes": "", "own_minutes": "long"}, "own_minutes"),
    "a day and a half": ({"minutes": "", "own_minutes": "2160"}, "minutes"),
    "less than nothing": ({"minutes": "", "own_minutes": "-5"}, "minutes"),
    "about nothing": ({"component": ""}, "component"),
    "a part the program has not": ({"component": "justice"}, "component"),
    "no day": ({"day": ""}, "day"),
    "a day that is none": ({"day": "2026-02-30"}, "day"),
    "a day of the first year": ({"day": "0001-01-01"}, "day"),
    "a day of the last year": ({"day": "9999-12-31"}, "day"),
    "tomorrow": ({"day": "2026-11-24"}, "day"),
    "long ago": ({"day": "2020-01-01"}, "day"),
    "a time that is none": ({"time": "25:61"}, "time"),
    "a colleague that is none": ({"staff": ["somebody"]}, "staff"),
    "a colleague of another team": ({"staff": ["outsider"]}, "staff"),
    "a note without end": ({"note": "a" * 20_001}, "note"),
    "a note with a null": ({"note": "a\x00b"}, "note"),
    "another day without a day": ({"next": "other"}, "next_day"),
    "a next day that is none": ({"next": "other", "next_day": "soon"}, "next_day"),
    "a next day in the past": ({"next": "other", "next_day": "2026-11-01"}, "next_day"),
    "a form without its number": ({"id": ""}, "id"),
    "a number that is none": ({"id": "seven"}, "id"),
}


@pytest.mark.parametrize(("changed", "field"), BAD.values(), ids=BAD)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    world: World, ana: Client, changed: dict[str, Any], field: str
) -> None:
    if changed == {"who": "outsider"}:
        changed = {"who": f"e:{Enrollment.objects.get(client_id=world.ids['lucia']).id}"}
    if changed == {"staff": ["outsider"]}:
        changed = {"staff": [str(world.outsiders["peer_specialist"].id)]}
    before, data = Contact.objects.count(), filled(world, **changed)
    answer = ana.post(NEW, data)
    form, page = answer.context["form"], answer.content.decode()
    assert (answer.status_code, Contact.objects.count()) == (422, before)
    assert set(form.errors) == {field}
    assert page.count("error-summary") == 1
    assert form.errors[field][0] in page.replace("&#x27;", "'")
    kept = {name: value for name, value in data.items() if name not in ("id", "csrfmiddlewaretoken")}
    assert {name: form[name].value() for name in kept} == kept
    assert f'value="{form["id"].value()}"' in page


def test_every_fault_is_told_at_once(world: World, ana: Client) -> None:
    form = ana.post(NEW, {"id": str(new_id())}).context["form"]
    assert {"who", "outcome", "mode", "with_whom", "day", "time"} <= set(form.errors)
    data = filled(world, place="", minutes="", component="")
    assert set(ana.post(NEW, data).context["form"].errors) == {"place", "minutes", "component"}


def test_only_a_meeting_has_a_length_and_only_in_person_a_place(world: World, ana: Client) -> None:
    missed, called = filled(world, outcome="no_show"), filled(world, mode="phone")
    for data in (missed, called):
        assert ana.post(NEW, data).status_code == 302
    assert (recorded(missed).minutes, recorded(missed).place) == (0, "office")
    assert (recorded(called).minutes, recorded(called).place) == (45, "")


def test_ones_own_number_goes_before_a_chip(world: World, ana: Client) -> None:
    data = filled(world, own_minutes="50")
    ana.post(NEW, data)
    assert recorded(data).minutes == 50


def test_an_appointment_whose_partner_was_quicker_is_told_and_can_be_saved_as_its_own(
    world: World, ana: Client
) -> None:
    appointment = plan(world, luis(world), hours=-1)
    assert ana.post(NEW, filled(world, who=f"a:{appointment.id}", time="06:00")).status_code == 302
    data = filled(world, who=f"a:{appointment.id}")
    answer = ana.post(NEW, data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["who"])
    chosen = answer.context["page"].chosen.value
    assert chosen == f"e:{luis(world).id}"
    assert ana.post(NEW, data | {"who": chosen}).status_code == 302


def test_without_scripts_the_form_is_plain_and_complete(world: World, ana: Client) -> None:
    """Open the page, send back exactly what it holds with the two things that nobody can know, and it is saved."""
    planned = plan(world, luis(world), hours=-0.5, place="home", minutes=60, component="housing")
    page = ana.get(f"{NEW}?appointment={planned.id}")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"day": f"{sent['day']:%Y-%m-%d}", "time": f"{sent['time']:%H:%M}", "note": "In the kitchen", "next": "7"}
    answer = ana.post(f"{NEW}?appointment={planned.id}", sent)
    assert answer.status_code == 302
    contact = Contact.objects.get(id=sent["id"])
    assert (contact.appointment, contact.place, contact.minutes, contact.component) == (planned, "home", 60, "housing")
    assert contact.at == planned.at
    following = Appointment.objects.order_by("made_at", "at").last()
    assert following and following.at - contact.at == timedelta(days=7)


@pytest.mark.parametrize("url", [NEW, "/appointments/new/"], ids=["a contact", "an appointment"])
def test_without_scripts_a_program_without_parts_asks_for_none(world: World, ana: Client, url: str) -> None:
    Enrollment.objects.filter(id=luis(world).id).update(program_version_id=world.ids["linkage-only"])
    form = ana.get(f"{url}?client={world.ids['client']}").context["form"]
    assert form["component"].value() == "cti"
    data = filled(world, next_day="2026-11-27", next_time="10:00")
    assert ana.post(url, data).status_code == 302
    assert Appointment.objects.get(at=datetime(2026, 11, 27, 15, tzinfo=UTC)).component == ""


def test_looking_somebody_up_judges_nothing_and_keeps_all(world: World, signed_in: Any) -> None:
    sam = signed_in["supervisor", False]
    data = filled(world, who="", minutes="", place="") | {"find": "1", "q": "marin", "staff": []}
    answer = sam.post(NEW, data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.context["form"].errors
    assert answer.context["form"]["note"].value() == WORDS
    assert f'value="e:{luis(world).id}"' in page
    assert "data-bound" in page
    nobody = sam.post(NEW, data | {"q": "Lucía"}).content.decode()
    assert "Nobody you serve fits “Lucía”" in nobody


@pytest.mark.parametrize("query", ["client={lucia}", "client=luis", "appointment=7", "appointment={lucia}"])
def test_who_is_out_of_reach_does_not_exist(world: World, ana: Client, query: str) -> None:
    assert ana.get(f"{NEW}?{query.format(lucia=world.ids['lucia'])}").status_code == 404


def test_todays_people_come_first_then_the_recently_seen(world: World, ana: Client) -> None:
    log(world, rosa(world))
    groups = {g.title: [(o.name, o.hint) for o in g.options] for g in ana.get(NEW).context["page"].groups}
    assert groups["Planned"] == [("Luis M.", "11:00")]
    assert groups["Seen in the last days"] == [("Rosa F.", "seen Mon 23 Nov")]
    assert ("Luis M.", "seen Fri 20 Nov") in groups["All others"]


def test_a_client_whose_hour_has_come_is_prefilled_from_the_appointment(world: World, ana: Client) -> None:
    page = ana.get(f"{NEW}?client={world.ids['client']}").context["page"]
    assert page.chosen.value == f"e:{luis(world).id}"  # today's appointment is two hours away
    planned = plan(world, luis(world), hours=0.5, mode="phone", place="", minutes=15)
    answer = ana.get(f"{NEW}?client={world.ids['client']}")
    form = answer.context["form"]
    assert answer.context["page"].chosen.value == f"a:{planned.id}"
    assert (form["mode"].value(), form["minutes"].value(), form["outcome"].value()) == ("phone", 15, "met")
    assert form["time"].value() == timezone.localtime(NOW).time()  # no later than now
    assert 'data-draft="contact:client=' + str(world.ids["client"]) in answer.content.decode()


def test_reaching_out_starts_as_a_try_and_uses_up_no_appointment(world: World, ana: Client) -> None:
    """A wrong "met" would end the outreach, and the appointment of today still needs its own record."""
    plan(world, luis(world), hours=-0.5)
    answer = ana.get(f"{NEW}?client={world.ids['client']}&outcome=tried")
    assert answer.context["form"]["outcome"].value() == "tried"
    assert answer.context["page"].chosen.value == f"e:{luis(world).id}"
    unknown = ana.get(f"{NEW}?client={world.ids['client']}&outcome=vanished")
    assert unknown.context["form"]["outcome"].value() == "met"


def test_reaching_out_by_call_begins_with_the_phone(world: World, ana: Client) -> None:
    answer = ana.get(f"{NEW}?client={world.ids['client']}&outcome=tried&mode=phone")
    assert answer.context["form"]["mode"].value() == "phone"
    assert ana.get(f"{NEW}?client={world.ids['client']}&mode=owl").context["form"]["mode"].value() == "in_person"


def test_only_parts_of_the_clients_program_are_offered(world: World, ana: Client) -> None:
    components = ana.get(f"{NEW}?client={world.ids['client']}").context["page"].components
    assert "cti" in components
    assert "justice" not in components


def test_whom_the_page_names_is_in_the_access_log(world: World, ana: Client) -> None:
    before = Access.objects.filter(page="care:record").count()
    ana.get(NEW)
    assert Access.objects.filter(page="care:record", client_id=world.ids["client"]).exists()
    assert Access.objects.filter(page="care:record").count() > before


@pytest.mark.parametrize("what", ["the form", "saving"])
def test_the_length_of_the_history_costs_no_query(world: World, ana: Client, what: str) -> None:
    def queries(time: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = ana.get(NEW) if what == "the form" else ana.post(NEW, filled(world, time=time))
        assert answer.status_code == (200 if what == "the form" else 302)
        return len(asked)

    ana.get(NEW)
    few = queries("06:00")
    first = log(world, luis(world), at=NOW - timedelta(days=1))
    Contact.objects.bulk_create(
        Contact(**{f.attname: getattr(first, f.attname) for f in Contact._meta.concrete_fields} | {"id": new_id()})
        for _ in range(700)
    )
    assert queries("08:00") == few
