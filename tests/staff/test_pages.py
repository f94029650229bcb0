"""The administrator's pages, cover and Me, as a browser without JavaScript sees them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmission.audit.models import RecordedEvent
from openmission.clients.models import Client as Person
from openmission.kernel.actors import SYSTEM
from openmission.staff.models import Agency, Cover, Team, User
from openmission.staff.passwords import readable_password
from openmission.staff.services import accounts
from tests.world.cast import PASSWORD, SINCE, World

pytestmark = pytest.mark.django_db
NEW = {"name": "Nia Cole", "email": "nia@example.org", "role": "case_manager", "password": ""}


@pytest.fixture
def ada(world: World) -> Client:
    """The administrator's browser."""
    return as_(world, "administrator")


def as_(world: World, role: str) -> Client:
    browser = Client()
    browser.force_login(world.staff[role])
    return browser


def secret_on(page: str) -> str:
    shown = re.search(r'class="secret">([^<]+)<', page)
    assert shown
    return shown[1]


def test_an_account_is_added_and_its_password_shown_once(world: World, ada: Client) -> None:
    answer = ada.post("/staff/accounts/add/", NEW | {"team": str(world.north.id)})
    password = secret_on(answer.content.decode())
    user = User.objects.get(email="nia@example.org")
    assert user.check_password(password)
    assert password not in ada.get(f"/staff/accounts/{user.id}/").content.decode()
    assert password not in str(list(RecordedEvent.objects.values_list("data", flat=True)))


def test_what_follows_is_said_as_it_is(world: World, ada: Client) -> None:
    def says(email: str) -> str:
        return ada.post("/staff/accounts/add/", NEW | {"email": email, "team": str(world.north.id)}).content.decode()

    assert "they choose a password of their own" in says("nia@example.org")
    Agency.objects.update(is_practice=True)
    page = says("ned@example.org")
    assert "they choose a password of their own" not in page
    assert "no other password is asked for" in page


def test_a_password_can_be_typed_too(world: World, ada: Client) -> None:
    ada.post("/staff/accounts/add/", NEW | {"team": str(world.north.id), "password": PASSWORD})
    assert User.objects.get(email="nia@example.org").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"email": "ana@example.org"}, "already an account", id="taken"),
        pytest.param({"email": "nia at example"}, "valid email", id="no address"),
        pytest.param({"password": "short"}, "too short", id="short password"),
        pytest.param({"team": "agency"}, "Choose the team", id="no team"),
        pytest.param({"role": "privacy_officer"}, "for the whole agency", id="a team too much"),
        pytest.param({"role": "wizard"}, "no longer offered", id="no such role"),
        pytest.param({"name": ""}, "required", id="no name"),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(world: World, ada: Client, changed: Any, says: str) -> None:
    before = User.objects.count()
    answer = ada.post("/staff/accounts/add/", NEW | {"name": "Nia Cole", "team": str(world.north.id)} | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Nothing you typed is lost" in page
    kept = (NEW | changed)["email"]
    assert f'value="{kept}"' in page
    assert User.objects.count() == before


def test_roles_are_given_and_ended(world: World, ada: Client) -> None:
    ike = world.outsiders["intake_worker"]
    ada.post(f"/staff/accounts/{ike.id}/role/", {"role": "supervisor", "team": str(world.south.id)})
    held = ike.roles.get(role="supervisor")
    assert "Supervisor · South" in ada.get(f"/staff/accounts/{ike.id}/").content.decode()
    ada.post(f"/staff/roles/{held.id}/end/")
    assert "Supervisor · South" not in ada.get(f"/staff/accounts/{ike.id}/").content.decode()


def test_a_role_without_its_team_is_said_beside_the_form(world: World, ada: Client) -> None:
    answer = ada.post(
        f"/staff/accounts/{world.outsiders['intake_worker'].id}/role/", {"role": "supervisor", "team": "agency"}
    )
    assert answer.status_code == 422
    assert "Choose the team for this role" in answer.content.decode()


def test_the_last_administrator_is_told_why_not(world: World, ada: Client) -> None:
    me = world.staff["administrator"]
    page = ada.post(f"/staff/accounts/{me.id}/close/", follow=True).content.decode()
    assert "the only administrator" in page
    page = ada.post(f"/staff/roles/{me.roles.get().id}/end/", follow=True).content.decode()
    assert "the only administrator" in page
    assert User.objects.get(id=me.id).is_active


def test_an_account_is_closed_and_opened_again(world: World, ada: Client) -> None:
    cal = world.outsiders["case_manager"]
    assert "This account is closed" in ada.post(f"/staff/accounts/{cal.id}/close/", follow=True).content.decode()
    assert "1 closed account" in ada.get("/staff/accounts/").content.decode()
    ada.post(f"/staff/accounts/{cal.id}/reopen/")
    assert User.objects.get(id=cal.id).is_active


def test_a_new_password_is_set_and_shown_once(world: World, ada: Client) -> None:
    cal = world.outsiders["case_manager"]
    password = secret_on(ada.post(f"/staff/accounts/{cal.id}/password/", {"password": ""}).content.decode())
    assert User.objects.get(id=cal.id).check_password(password)
    weak = ada.post(f"/staff/accounts/{cal.id}/password/", {"password": "short"})
    assert (weak.status_code, "too short" in weak.content.decode()) == (422, True)


def test_a_name_and_an_address_are_changed(world: World, ada: Client) -> None:
    cal = world.outsiders["case_manager"]
    page = f"/staff/accounts/{cal.id}/"
    taken = ada.post(page, {"name": "Cal O.", "email": "ana@example.org"})
    assert (taken.status_code, 'value="Cal O."' in taken.content.decode()) == (422, True)
    ada.post(page, {"name": "Cal Otis-Reed", "email": "cal@example.org"})
    assert User.objects.get(id=cal.id).name == "Cal Otis-Reed"


def test_teams_are_added(world: World, ada: Client) -> None:
    assert ada.post("/staff/teams/", {"name": "NORTH"}).status_code == 422
    ada.post("/staff/teams/", {"name": "East", "site": "12 Pier Road"})
    assert Team.objects.get(name="East").site == "12 Pier Road"


def test_settings_are_changed(world: World, ada: Client) -> None:
    wanted = {"name": "Harbor", "time_zone": "America/Denver", "session_minutes": "10", "second_factor_required": "on"}
    assert (
        "Choose between 5 and 240" in ada.post("/staff/settings/", wanted | {"session_minutes": "2"}).content.decode()
    )
    ada.post("/staff/settings/", wanted)
    agency = Agency.objects.get()
    assert (agency.name, agency.session_minutes, agency.second_factor_required) == ("Harbor", 10, True)
    (event,) = RecordedEvent.objects.filter(kind="staff.SettingsChanged")
    assert set(event.data["changed"]) == set(wanted)


def test_the_administrator_sees_no_client(world: World, ada: Client) -> None:
    names = {name for person in Person.objects.all() for name in (person.full_name, person.short_name)}
    account = f"/staff/accounts/{world.staff['case_manager'].id}/"
    for path in ("/staff/accounts/", account, "/staff/teams/", "/staff/settings/", "/staff/me/"):
        page = ada.get(path).content.decode()
        assert [name for name in names if name in page] == []


def test_the_list_of_accounts_asks_as_often_for_many_as_for_few(world: World, ada: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ada.get("/staff/accounts/")
        return len(captured)

    queries()  # the first look of a session marks it
    few = queries()
    for n in range(12):
        user = accounts.add_staff(
            agency=world.agency, name=f"N {n}", email=f"n{n}@example.org", password=PASSWORD, by=SYSTEM, at=SINCE
        )
        accounts.give_role(user, role="case_manager", team=world.south, by=SYSTEM, at=SINCE)
    assert queries() == few


def test_cover_is_arranged_and_ended(world: World) -> None:
    browser, today = as_(world, "case_manager"), timezone.localdate()
    bea = world.second_pair["case_manager"]
    wanted = {"absent": str(world.staff["case_manager"].id), "covering": str(bea.id), "reason": "leave"}
    wanted |= {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=3)).isoformat()}
    backwards = browser.post("/staff/cover/", wanted | {"ends_on": (today - timedelta(days=1)).isoformat()})
    assert (backwards.status_code, "already past" in backwards.content.decode()) == (422, True)
    assert 'value="leave"' in backwards.content.decode()
    browser.post("/staff/cover/", wanted)
    arranged = Cover.objects.get(absent=world.staff["case_manager"])
    page = browser.get("/staff/cover/").content.decode()
    assert "Bea Novak covers for Ana Ruiz" in page
    assert f"/cover/{arranged.id}/notes/" in page
    User.objects.filter(id=world.staff["case_manager"].id).update(language="es")
    page = browser.get("/staff/cover/").content.decode()
    assert "Bea Novak reemplaza a Ana Ruiz" in page and "del lun 23 nov al jue 26 nov" in page
    browser.post(f"/staff/cover/{arranged.id}/end/")
    assert Cover.objects.get(id=arranged.id).ended_at
    assert browser.post(f"/staff/cover/{arranged.id}/end/").status_code == 404


def test_a_worker_is_offered_to_be_away_only_themselves(world: World) -> None:
    page = as_(world, "case_manager").get("/staff/cover/").content.decode()
    away = page.split('name="absent"')[1].split("</select>")[0]
    assert away.count("<option") == 1
    page = as_(world, "supervisor").get("/staff/cover/").content.decode()
    away = page.split('name="absent"')[1].split("</select>")[0]
    assert "Ana Ruiz" in away
    assert "Cal Otis" not in away


def test_somebody_else_cannot_be_sent_away_by_a_forged_form(world: World) -> None:
    browser, today = as_(world, "case_manager"), timezone.localdate().isoformat()
    forged = {"absent": str(world.outsiders["case_manager"].id), "covering": str(world.staff["case_manager"].id)}
    answer = browser.post("/staff/cover/", forged | {"starts_on": today, "ends_on": today})
    assert answer.status_code == 422
    assert not Cover.objects.filter(absent=world.outsiders["case_manager"]).exists()


def test_me_shows_roles_and_language(world: World) -> None:
    browser = as_(world, "supervisor")
    page = browser.get("/staff/me/").content.decode()
    assert "Supervisor · North" in page
    answer = browser.post("/staff/language/", {"language": "es", "next": "/staff/me/"})
    assert answer.headers["Location"] == "/staff/me/"
    assert '<html lang="es">' in browser.get("/staff/me/").content.decode()


def test_a_language_nobody_speaks_here_changes_nothing(world: World) -> None:
    browser = as_(world, "supervisor")
    browser.post("/staff/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert '<html lang="en">' in browser.get("/staff/me/").content.decode()


def test_first_passwords_differ_and_are_long_enough() -> None:
    made = {readable_password() for _ in range(200)}
    assert len(made) == 200
    assert {len(password) for password in made} == {19}
