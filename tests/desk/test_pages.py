"""My day, caseload, client page, search: what they show, and that they cost the same for one client or thirty."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from openmission.audit.models import Access
from openmission.care.services.contacts import ContactDetails, log_contact
from openmission.care.services.deferrals import defer_item, hand_item
from openmission.clients.models import CareTeamMember
from openmission.intake.models import Enrollment
from openmission.intake.services import enrollments
from openmission.intake.services.referrals import ReferralDetails, receive_referral
from openmission.kernel.actors import SYSTEM
from openmission.staff.models import User
from openmission.staff.services import accounts
from tests.world.cast import NOW, PASSWORD, TODAY, World
from tests.world.intake import find_eligible

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14


def queries(browser: Browser, url: str) -> int:
    browser.get(url)  # the first page after sign-in renews the session's mark
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


def test_a_line_says_who_what_and_why(desk: Browser, world: World) -> None:
    page = desk.get("/day/").content.decode()
    assert "Luis M." in page
    assert "day 323 of 181" in page
    assert "Why?" in page
    assert "Case Manager" in page  # the rule's source
    assert Access.objects.filter(client_id=world.ids["client"], listed=True, page="desk:my_day").exists()


def test_why_is_told_in_the_language_of_the_reader(desk: Browser, world: World, more_clients: Any) -> None:
    more_clients(1)
    User.objects.filter(id=world.staff["case_manager"].id).update(language="es")
    page = desk.get("/day/").content.decode()
    assert "las cifras son decisión nuestra" in page
    assert "are our default" not in page


def test_recording_the_asked_contact_takes_the_line_away(desk: Browser, world: World, more_clients: Any) -> None:
    enrollment = more_clients(1)[0]
    line = "Test0 L.: nobody has met them since enrolling"
    assert line in desk.get("/day/").content.decode()
    details = ContactDetails(NOW - timedelta(hours=1), "met", "in_person", "cti", 30, "home")
    log_contact(enrollment, details=details, by=world.actor("case_manager"), at=NOW)
    assert line not in desk.get("/day/").content.decode()


def test_what_is_put_off_waits_in_sight_and_can_be_taken_back(desk: Browser, world: World, more_clients: Any) -> None:
    enrollment, by, until = more_clients(1)[0], world.actor("case_manager"), TODAY + timedelta(days=3)
    defer_item(
        enrollment, item_key="outreach", weight=99, need_on=until, until_on=until, reason="In hospital", by=by, at=NOW
    )
    held = "Ana Ruiz put this off until Thu 26 Nov: “In hospital”"
    assert held in desk.get("/day/").content.decode()
    later = f"/due/{enrollment.id}/outreach/"
    page = desk.get(f"{later}later/").content.decode()
    assert held in page and f'action="{later}undo/"' in page
    assert desk.post(f"{later}undo/").status_code == 302
    assert held not in desk.get("/day/").content.decode()


def test_who_is_handed_a_line_reads_from_whom_and_why(desk: Browser, world: World, more_clients: Any) -> None:
    enrollment, by, until = more_clients(1)[0], world.actor("case_manager"), TODAY + timedelta(days=1)
    to = world.staff["peer_specialist"]
    hand_item(
        enrollment,
        item_key="outreach",
        weight=99,
        need_on=until,
        until_on=until,
        reason="I am at court at 11",
        to=to,
        by=by,
        at=NOW,
    )
    desk.force_login(to)
    assert (
        "Ana Ruiz handed this to Pat Bell until Tue 24 Nov: “I am at court at 11”" in desk.get("/day/").content.decode()
    )


def test_the_pair_sees_both_days(desk: Browser, world: World, client: Browser) -> None:
    assert desk.get("/day/?whose=pair").status_code == 200


def test_a_clear_day_is_kind(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for lines in ("day_lines", "group_lines"):
        monkeypatch.setattr(f"openmission.desk.pages.day.{lines}", lambda viewer, **asked: [])
    assert "Your clients have been seen" in desk.get("/day/").content.decode()


def test_who_has_no_clients_is_not_told_that_they_were_seen(world: World) -> None:
    new = {"email": "new@example.org", "password": PASSWORD}
    user = accounts.add_staff(agency=world.agency, name="Nia New", **new, by=SYSTEM, at=NOW)
    accounts.give_role(user, role="case_manager", team=world.south, by=SYSTEM, at=NOW)
    browser = Browser()
    browser.force_login(user)
    page = browser.get("/day/").content.decode()
    assert "No clients yet" in page
    assert "have been seen" not in page


def test_the_caseload_puts_most_need_first_and_remembers_its_look(desk: Browser, more_clients: Any, met: Any) -> None:
    calm, *_rest = more_clients(3)
    met(calm, 2)
    page = desk.get("/caseload/").content.decode()
    assert page.index("Luis M.") < page.index("Test0 L.")
    assert desk.post("/caseload/look/", {"look": "cards"}).status_code == 302
    assert 'class="tiles"' in desk.get("/caseload/").content.decode()


def test_the_supervisor_sees_the_team_with_loads(world: World) -> None:
    browser = Browser()
    browser.force_login(world.staff["supervisor"])
    page = browser.get("/caseload/").content.decode()
    assert "Load of each worker" in page
    assert "Ana Ruiz" in page


def test_the_client_page_tells_how_to_reach_and_its_title_names_nobody(desk: Browser, world: World) -> None:
    page = desk.get(f"/clients/{world.ids['client']}/").content.decode()
    assert "Do not leave a message." in page
    assert "<title>Client" in page
    assert "Marín" not in page.split("</title>")[0]


def test_the_timeline_loads_older_pages_without_a_gap(desk: Browser, world: World, met: Callable[..., None]) -> None:
    met(Enrollment.objects.get(id=world.ids["enrollment"]), 50)
    url, seen = f"/clients/{world.ids['client']}/", ""
    page = desk.get(url).content.decode()
    for _ in range(10):
        seen += page
        if "Load older" not in page:
            break
        older = page.split('id="older"><a class="btn" href="')[1].split('"')[0].replace("&amp;", "&")
        page = desk.get(older).content.decode()
    assert all(seen.count(f"Visit {n}.") == 1 for n in range(1, 51))


def test_a_timeline_filtered_by_component_shows_only_it(desk: Browser, world: World, met: Callable[..., None]) -> None:
    met(Enrollment.objects.get(id=world.ids["enrollment"]), 1)
    url = f"/clients/{world.ids['client']}/"
    assert "Visit 1." in desk.get(f"{url}?about=cti").content.decode()
    assert "Visit 1." not in desk.get(f"{url}?about=housing").content.decode()


def test_a_talk_with_somebody_else_says_so_on_the_timeline(desk: Browser, world: World) -> None:
    enrollment = Enrollment.objects.get(id=world.ids["enrollment"])
    details = ContactDetails(NOW - timedelta(hours=1), "met", "phone", "cti", 15, with_whom="landlord")
    log_contact(enrollment, details=details, by=world.actor("case_manager"), at=NOW)
    assert "Landlord or housing" in desk.get(f"/clients/{world.ids['client']}/").content.decode()


@pytest.mark.parametrize("text", ["before=yesterday", "about=nothing", "before=2026-13-45T00:00:00"])
def test_a_garbled_address_is_answered_calmly(desk: Browser, world: World, text: str) -> None:
    assert desk.get(f"/clients/{world.ids['client']}/?{text}").status_code == 200


@pytest.mark.parametrize("url", ["/day/", "/day/?whose=pair", "/caseload/"])
def test_a_list_costs_the_same_for_one_client_or_thirty(
    desk: Browser, world: World, more_clients: Any, met: Callable[..., None], url: str
) -> None:
    met(Enrollment.objects.get(id=world.ids["enrollment"]), 2)
    few = queries(desk, url)
    for enrollment in more_clients(29):
        met(enrollment, 2)
    many = queries(desk, url)
    assert many <= MOST_QUERIES
    assert many == few


def test_the_client_page_costs_the_same_for_seven_contacts_or_two_hundred(
    desk: Browser, world: World, met: Callable[..., None]
) -> None:
    enrollment, url = Enrollment.objects.get(id=world.ids["enrollment"]), f"/clients/{world.ids['client']}/"
    met(enrollment, 7)
    few = queries(desk, url)
    met(enrollment, 200)
    assert queries(desk, url) == few


@pytest.mark.parametrize("typed", ["marin", "luis marín", "MARIN LUIS", "1979-09-30"])
def test_search_finds_within_reach(desk: Browser, world: World, typed: str) -> None:
    assert "Luis Marín" in desk.get("/find/", {"q": typed}).content.decode()


def test_search_is_never_a_dead_end(desk: Browser) -> None:
    page = desk.get("/find/", {"q": "Zzyzx"}).content.decode()
    assert "Nobody found among those you serve" in page
    assert "Take in a new referral" in page


def test_search_shows_nobody_of_another_team(world: World) -> None:
    browser = Browser()
    browser.force_login(world.outsiders["case_manager"])
    assert "Marín" not in browser.get("/find/", {"q": "marin"}).content.decode()


def test_the_client_page_shows_nothing_of_another_teams_program(desk: Browser, world: World) -> None:
    luis = Enrollment.objects.get(id=world.ids["enrollment"])
    ended = {"state": "discharged", "discharge": "completed", "discharged_on": TODAY}
    Enrollment.objects.filter(id=luis.id).update(team=world.south, **ended)
    CareTeamMember.objects.filter(enrollment_id=luis.id).update(until=NOW)
    details = ReferralDetails("self")
    by = world.actor("intake_worker")
    again = find_eligible(
        world, receive_referral(person=luis.client, team=world.north, details=details, by=by, at=NOW), at=NOW
    )
    ours = enrollments.enroll_client(again, months=6, starts_on=TODAY, by=by, at=NOW)
    pair = {role: world.staff[role] for role in ("case_manager", "peer_specialist")}
    enrollments.assign_pair(ours, pair=pair, by=by, at=NOW)
    page = desk.get(f"/clients/{luis.client_id}/").content.decode()
    assert str(ours.id) in page
    assert str(luis.id) not in page
