"""Details, emergency access and the log, as a browser without JavaScript sees them."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openmission.audit import services as log
from openmission.audit.models import Access, RecordedEvent
from openmission.clients.models import BreakGlass
from openmission.clients.models import Client as Person
from openmission.staff.services import agencies
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
Browsers = dict[tuple[str, bool], Client]
FORM = {
    "first_name": "Luis",
    "last_name": "Marín",
    "language": "es",
    "phone-TOTAL_FORMS": "2",
    "phone-INITIAL_FORMS": "0",
}


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def details(world: World, name: str = "client") -> str:
    return f"/clients/{world.ids[name]}/details/"


def looks(**asked: Any) -> list[tuple[UUID, bool, bool]]:
    return list(Access.objects.filter(**asked).order_by("id").values_list("client_id", "listed", "break_glass"))


def test_details_are_shown_changed_and_noted(world: World, signed_in: Browsers) -> None:
    browser, id = signed_in["case_manager", False], world.ids["client"]
    page = browser.get(details(world))
    assert 'value="Luis"' in page.content.decode()
    assert "Luis" not in page.content.decode().split("<title>")[1].split("</title>")[0]
    assert looks(page="clients:edit") == [(id, False, False)]
    phones = {"phone-0-number": "555 010 6000", "phone-0-label": "mobile", "phone-1-number": ""}
    answer = browser.post(
        details(world),
        FORM | phones | {"aliases": "Lucho\n\n El  Rey ", "reach_note": "Ask for Lou.", "may_text": "on"},
    )
    assert answer.status_code == 302
    person = Person.objects.get(id=id)
    assert (person.reach_note, person.may_text, person.may_leave_message) == ("Ask for Lou.", True, False)
    assert list(person.aliases.values_list("name", flat=True)) == ["Lucho", "El Rey"]
    assert list(person.phones.values_list("number", "label")) == [("555 010 6000", "mobile")]


def test_an_emptied_phone_goes(world: World, signed_in: Browsers) -> None:
    path = details(world, "sean")
    form = FORM | {"first_name": "Sean", "last_name": "O'Brien", "language": "en", "phone-INITIAL_FORMS": "1"}
    signed_in["supervisor", False].post(path, form | {"phone-0-number": "", "phone-0-label": "sister"})
    assert not Person.objects.get(id=world.ids["sean"]).phones.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"first_name": ""}, "required", id="no name"),
        pytest.param({"birth_date": "2031-01-01"}, "in the future", id="born in the future"),
        pytest.param({"birth_date": "soon"}, "This is no day", id="no date"),
        pytest.param({"phone-0-number": "123"}, "7 to 15 digits", id="short phone"),
        pytest.param({"first_name": "L" * 90}, "This has 90 characters, and at most 80 fit", id="endless name"),
        pytest.param({"aliases": f"Lou\n{'L' * 121}"}, "A name has at most 120 characters", id="endless other name"),
        pytest.param({"phone-TOTAL_FORMS": "x"}, "tampered with", id="broken form"),
    ],
)
def test_a_fault_is_said_and_nothing_typed_is_lost(world: World, signed_in: Browsers, changed: Any, says: str) -> None:
    answer = signed_in["case_manager", False].post(details(world), FORM | {"reach_note": "Ask for Lou."} | changed)
    page = answer.content.decode()
    assert (answer.status_code, says in page, 'value="Ask for Lou."' in page) == (422, True, True)
    assert Person.objects.get(id=world.ids["client"]).reach_note == ""


@pytest.mark.parametrize(
    ("role", "outsider", "status"),
    [
        ("intake_worker", False, 200),
        ("supervisor", False, 200),
        ("case_manager", True, 404),
        ("administrator", False, 403),
    ],
)
def test_details_open_in_reach_only(world: World, signed_in: Browsers, role: str, outsider: bool, status: int) -> None:
    answer = signed_in[role, outsider].get(details(world))
    assert answer.status_code == status
    assert (b"Mar\xc3\xadn" in answer.content) is (status == 200)
    assert bool(looks()) is (status == 200)


def test_emergency_access_asks_for_a_reason_then_opens(world: World, signed_in: Browsers) -> None:
    browser, id = signed_in["case_manager", True], world.ids["client"]
    path = f"/clients/{id}/break-glass/"
    asked = browser.get(path)
    assert asked.status_code == 200
    assert "Luis" not in asked.content.decode(), "the page tells nothing about the person"
    assert looks() == []
    short = browser.post(path, {"reason": "urgent"})
    assert (short.status_code, "in a sentence" in text_of(short)) == (422, True)
    assert str(id) in browser.post(path, {"reason": "He collapsed at our door."}).headers["Location"]
    assert browser.get(details(world)).status_code == 200
    assert looks() == [(id, False, True)]
    assert browser.get(path).status_code == 302, "it is open already"


def test_who_has_the_chart_needs_no_emergency(world: World, signed_in: Browsers) -> None:
    browser = signed_in["case_manager", False]
    assert browser.get(f"/clients/{world.ids['client']}/break-glass/").status_code == 302
    browser.post(f"/clients/{world.ids['client']}/break-glass/", {"reason": "He collapsed at our door."})
    assert not BreakGlass.objects.filter(user=world.staff["case_manager"]).exists()


def test_an_emergency_for_nobody_is_not_found(world: World, signed_in: Browsers) -> None:
    assert signed_in["case_manager", True].get(f"/clients/{world.ids['cover']}/break-glass/").status_code == 404


def test_a_review_shows_what_was_opened_and_keeps_the_finding(world: World, signed_in: Browsers) -> None:
    taken = BreakGlass.objects.get(id=world.ids["break_glass"])
    sol = world.actor("supervisor", outsider=True)
    log.record_access({taken.client_id: (False, True)}, page="desk:client", by=sol, at=taken.at + timedelta(minutes=3))
    pia = signed_in["privacy_officer", False]
    listed = text_of(pia.get("/clients/emergencies/"))
    assert "To review (1)" in listed
    assert "Sean stands at our door" in listed
    assert "1 page opened" in listed
    path = f"/clients/emergencies/{taken.id}/"
    assert "desk, client" in text_of(pia.get(path))
    assert pia.post(path, {"finding": " "}).status_code == 422
    assert pia.post(path, {"finding": "In order."}).status_code == 302
    listed = text_of(pia.get("/clients/emergencies/"))
    assert "To review (0)" in listed
    assert "reviewed by Pia Frost" in listed
    assert "In order." in text_of(pia.get(path))
    again = pia.post(path, {"finding": "Otherwise."})
    assert (again.status_code, "in the meantime" in text_of(again)) == (422, True)


def test_an_emergency_in_which_no_page_was_opened_says_whether_any_may_follow(
    world: World, signed_in: Browsers
) -> None:
    taken, pia = BreakGlass.objects.get(id=world.ids["break_glass"]), signed_in["privacy_officer", False]
    path = f"/clients/emergencies/{taken.id}/"
    BreakGlass.objects.update(at=NOW - timedelta(hours=1), expires_at=NOW + timedelta(hours=1))
    assert "no page opened so far" in text_of(pia.get("/clients/emergencies/"))
    page = text_of(pia.get(path))
    assert "No page so far." in page and "Pages opened until then still come to this list" in page
    BreakGlass.objects.update(expires_at=NOW - timedelta(minutes=1))
    assert "no page was opened" in text_of(pia.get("/clients/emergencies/"))
    page = text_of(pia.get(path))
    assert "No page was opened while the access lasted." in page and "still come" not in page


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("Lucía Núñez 7/21/1990", True), ("nunez lucia 21 jul 1990", True), ("Lucía Núñez", False), ("1990-07-21", False)],
)
def test_in_an_emergency_who_knows_a_person_finds_the_way_to_their_record(
    world: World, signed_in: Browsers, typed: str, offered: bool
) -> None:
    page = signed_in["peer_specialist", False].get("/find/", {"q": typed}).content.decode()
    assert (f"/clients/{world.ids['lucia']}/break-glass/" in page) is offered
    assert ("type the whole name" in page) is not offered
    assert "Núñez" not in page.split("<main")[1].replace(f'value="{typed}"', "")


@pytest.mark.parametrize("start", ["0", "20", "-3", "x", "99999999999999999999"])
def test_an_odd_address_of_the_list_is_borne(world: World, signed_in: Browsers, start: str) -> None:
    assert signed_in["privacy_officer", False].get(f"/clients/emergencies/?start={start}").status_code == 200


def test_the_log_tells_who_opened_and_who_listed(world: World, signed_in: Browsers) -> None:
    ana = world.actor("case_manager")
    shown = {world.ids[name]: (name != "client", False) for name in ("client", "ocean")}
    log.record_access(shown, page="desk:my_day", by=ana, at=NOW)
    page = text_of(signed_in["privacy_officer", False].get("/clients/log/"))
    assert "Opened Luis Marín desk, my day" in page
    assert "Saw in a list: Ocean" in page


def test_changes_are_told_in_sentences(world: World, signed_in: Browsers) -> None:
    page = text_of(signed_in["privacy_officer", False].get("/clients/log/changes/"))
    assert "Ben Ortiz covers for Bea Novak" in page
    assert "Red (Sean) O&#x27;Brien · Emergency access was taken" in page


def test_a_name_that_one_client_has_narrows_the_log_and_the_look_up_is_noted(world: World, signed_in: Browsers) -> None:
    pia = signed_in["privacy_officer", False]
    page = pia.get("/clients/log/changes/?q=nunez&kind=clients.CareTeamJoined")
    assert looks(page="clients:changes") == [(world.ids["lucia"], True, False)]
    assert f"/log/?kind=clients.CareTeamJoined&amp;client={world.ids['lucia']}" in page.content.decode()
    assert "Cal Otis joined the care team" in text_of(page)
    assert "Ana Ruiz joined the care team" not in text_of(page)
    chosen = text_of(pia.get(f"/clients/log/changes/?client={world.ids['lucia']}"))
    assert "Cal Otis joined the care team" in chosen


def test_a_name_that_several_have_is_a_choice_and_lists_nothing(world: World, signed_in: Browsers) -> None:
    pia = signed_in["privacy_officer", False]
    found = pia.get("/clients/log/changes/?q=nunez+zzzz")
    assert f"?client={world.ids['lucia']}" in found.content.decode()
    assert "Which client?" in text_of(found)
    assert "joined the care team" not in text_of(found)
    nobody = text_of(pia.get("/clients/log/changes/?q=zzzz"))
    assert "Nobody of that name" in nobody
    assert "joined the care team" not in nobody


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("first=2026-11-20&last=2026-11-10", "The last day is before the first."),
        ("client=zz", "The address names nobody."),
        (f"client={UUID(int=5)}", "The address names nobody."),
    ],
)
def test_a_question_that_cannot_be_answered_lists_nothing(
    world: World, signed_in: Browsers, question: str, told: str
) -> None:
    page = text_of(signed_in["privacy_officer", False].get(f"/clients/log/changes/?{question}"))
    assert told in page
    assert "joined the care team" not in page
    assert "UUID" not in page


@pytest.mark.parametrize(
    "question",
    [
        "first=soon",
        "client=x",
        "person=1",
        "kind=x",
        "after=x",
        f"after={UUID(int=5)}",
        f"client={UUID(int=5)}",
        "q=%00",
    ],
)
def test_an_odd_question_is_borne(world: World, signed_in: Browsers, question: str) -> None:
    assert signed_in["privacy_officer", False].get(f"/clients/log/changes/?{question}").status_code == 200


def test_older_lines_follow_and_alone_for_htmx(world: World, signed_in: Browsers) -> None:
    ada = world.actor("administrator")
    for n in range(60):
        agencies.create_team(agency=world.agency, name=f"Pier {n:02}", by=ada, at=NOW + timedelta(minutes=n))
    pia = signed_in["privacy_officer", False]
    page = pia.get("/clients/log/changes/?kind=staff.TeamCreated").content.decode()
    assert "Pier 59" in page
    assert "Pier 09" not in page
    older = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
    assert older
    fragment = pia.get("/clients/log/changes/" + older[1].replace("&amp;", "&"), headers={"HX-Request": "true"})
    assert "Pier 09" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()


@pytest.mark.parametrize("path", ["/clients/log/", "/clients/log/changes/", "/clients/emergencies/"])
def test_a_page_of_the_log_asks_as_often_for_many_as_for_few(world: World, signed_in: Browsers, path: str) -> None:
    pia, sol = signed_in["privacy_officer", False], world.actor("supervisor", outsider=True)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert pia.get(path).status_code == 200
        return len(captured)

    log.record_access({world.ids["client"]: (True, False)}, page="desk:my_day", by=sol, at=NOW)
    few = queries()
    for n in range(12):
        for name in ("client", "ocean", "lucia"):
            at = NOW + timedelta(hours=n)
            log.record_access({world.ids[name]: (False, True)}, page="desk:client", by=sol, at=at)
            BreakGlass.objects.create(
                client_id=world.ids[name], user_id=sol.id, reason="x", at=at, expires_at=at + timedelta(hours=4)
            )
    assert queries() <= few + 1  # saving the session's last use, at most once a minute


@pytest.mark.parametrize("path", ["/clients/log/", "/clients/log/changes/?q=sean", "/clients/emergencies/"])
def test_looking_at_the_log_leaves_no_change(world: World, signed_in: Browsers, path: str) -> None:
    before = RecordedEvent.objects.count()
    signed_in["privacy_officer", False].get(path)
    assert RecordedEvent.objects.count() == before


def test_a_look_at_unfiltered_lines_does_not_fill_the_log_with_itself(world: World, signed_in: Browsers) -> None:
    signed_in["privacy_officer", False].get("/clients/log/changes/")
    assert looks() == []
