"""Accounts, roles, teams and settings through their services."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.kernel.errors import DomainError, Refused
from openmission.staff import selectors
from openmission.staff.models import Agency, StaffRole, Team, User
from openmission.staff.services import accounts, agencies
from openmission.staff.services.accounts import EmailTaken, LastAdministrator, RoleNeedsTeam, WeakPassword
from openmission.staff.services.agencies import AgencyExists, InvalidSetting, TeamNameTaken
from openmission.staff.viewers import actor_for
from tests.world.cast import NOW, PASSWORD, TODAY, World

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # nine in the evening of the 23rd in New York


def last_event() -> tuple[str, dict[str, Any]]:
    row = RecordedEvent.objects.order_by("id").last()
    assert row
    return row.kind, row.data


def add(world: World, **changed: Any) -> User:
    given = {"name": "Nia Cole", "email": "nia@example.org", "password": PASSWORD} | changed
    return accounts.add_staff(agency=world.agency, **given, by=world.actor("administrator"), at=NOW)


def test_an_account_is_opened_with_a_role(world: World) -> None:
    user = accounts.open_account(
        agency=world.agency,
        name=" Nia Cole ",
        email=" Nia@Example.org ",
        password=PASSWORD,
        role="case_manager",
        team=world.north,
        by=world.actor("administrator"),
        at=NOW,
    )
    user.refresh_from_db()
    assert (user.name, user.email, user.check_password(PASSWORD)) == ("Nia Cole", "nia@example.org", True)
    assert actor_for(user, on=TODAY).teams("case_manager") == {world.north.id}
    assert last_event() == (
        "staff.RoleGiven",
        {
            "user_id": str(user.id),
            "name": "Nia Cole",
            "role": "case_manager",
            "team_id": str(world.north.id),
            "team": "North",
        },
    )


def test_a_role_that_cannot_be_given_opens_no_account(world: World) -> None:
    with pytest.raises(RoleNeedsTeam):
        accounts.open_account(
            agency=world.agency,
            name="Nia",
            email="nia@example.org",
            password=PASSWORD,
            role="case_manager",
            team=None,
            by=world.actor("administrator"),
            at=NOW,
        )
    assert not User.objects.filter(email="nia@example.org").exists()


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        pytest.param({"email": "ANA@example.org"}, EmailTaken, "email", id="e-mail of a colleague, other case"),
        pytest.param({"password": "short"}, WeakPassword, "password", id="short password"),
        pytest.param({"password": "password1234"}, WeakPassword, "password", id="common password"),
        pytest.param({"password": "nia@example.org"}, WeakPassword, "password", id="the e-mail as password"),
    ],
)
def test_an_account_is_refused(world: World, changed: Any, error: type[DomainError], field: str) -> None:
    before = User.objects.count()
    with pytest.raises(error) as raised:
        add(world, **changed)
    assert (raised.value.field, User.objects.count()) == (field, before)


def test_no_password_is_in_the_log(world: World) -> None:
    user = add(world, password="a very quiet harbor")
    accounts.set_password(user, password="another quiet harbor", by=world.actor("administrator"), at=NOW)
    assert "harbor" not in str(list(RecordedEvent.objects.filter(at=NOW).values_list("data", flat=True))).lower()


SERVICES: dict[str, Callable[[World, Any], object]] = {
    "add_staff": lambda w, by: accounts.add_staff(
        agency=w.agency, name="N", email="n@example.org", password=PASSWORD, by=by, at=NOW
    ),
    "change_staff": lambda w, by: accounts.change_staff(
        w.staff["case_manager"], name="N", email="n@example.org", by=by, at=NOW
    ),
    "set_password": lambda w, by: accounts.set_password(w.staff["case_manager"], password=PASSWORD, by=by, at=NOW),
    "close_account": lambda w, by: accounts.close_account(w.staff["case_manager"], by=by, at=NOW),
    "reopen_account": lambda w, by: accounts.reopen_account(w.staff["case_manager"], by=by, at=NOW),
    "give_role": lambda w, by: accounts.give_role(
        w.staff["case_manager"], role="supervisor", team=w.north, by=by, at=NOW
    ),
    "end_role": lambda w, by: accounts.end_role(w.staff["case_manager"].roles.get(), by=by, at=NOW),
    "create_team": lambda w, by: agencies.create_team(agency=w.agency, name="East", by=by, at=NOW),
    "change_settings": lambda w, by: agencies.change_settings(
        w.agency,
        name="N",
        time_zone="America/Denver",
        second_factor_required=True,
        session_minutes=15,
        by=by,
        at=NOW,
    ),
    "accounts": lambda w, by: selectors.accounts(by),
    "account": lambda w, by: selectors.account(by, w.staff["case_manager"].id),
    "held_role": lambda w, by: selectors.held_role(by, w.staff["case_manager"].roles.get().id),
}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("role", ["supervisor", "program_manager", "privacy_officer", "case_manager"])
def test_everything_here_is_the_administrators(world: World, service: str, role: str) -> None:
    with pytest.raises(Refused, match="administrator"):
        SERVICES[service](world, world.actor(role))


@pytest.mark.parametrize("service", SERVICES)
def test_the_administrator_may(world: World, service: str) -> None:
    SERVICES[service](world, world.actor("administrator"))


@pytest.mark.parametrize(
    ("role", "in_team"), [("case_manager", False), ("supervisor", False), ("privacy_officer", True)]
)
def test_a_role_is_held_where_it_belongs(world: World, role: str, in_team: bool) -> None:
    with pytest.raises(RoleNeedsTeam) as raised:
        accounts.give_role(
            world.staff["intake_worker"],
            role=role,
            team=world.north if in_team else None,
            by=world.actor("administrator"),
            at=NOW,
        )
    assert raised.value.field == "team"


def test_a_role_given_twice_is_held_once(world: World) -> None:
    by, user = world.actor("administrator"), world.staff["supervisor"]
    first = accounts.give_role(user, role="case_manager", team=world.north, by=by, at=NOW)
    assert accounts.give_role(user, role="case_manager", team=world.north, by=by, at=NOW) == first
    assert StaffRole.objects.filter(user=user, role="case_manager").count() == 1


def test_a_role_given_in_the_evening_is_held_that_evening(world: World) -> None:
    """The server's calendar is a day ahead then."""
    user = add(world)
    held = accounts.give_role(user, role="intake_worker", team=world.north, by=world.actor("administrator"), at=EVENING)
    assert held.starts_on == date(2026, 11, 23)
    assert actor_for(user, on=date(2026, 11, 23)).has("intake_worker")


def test_a_role_ended_in_the_evening_is_gone_that_evening(world: World) -> None:
    user = world.staff["intake_worker"]
    accounts.end_role(user.roles.get(), by=world.actor("administrator"), at=EVENING)
    assert not actor_for(user, on=date(2026, 11, 23)).seats
    kind, data = last_event()
    assert (kind, data["team"]) == ("staff.RoleEnded", "North")


def test_a_role_ends_once(world: World) -> None:
    held = world.staff["intake_worker"].roles.get()
    for _ in range(2):
        accounts.end_role(held, by=world.actor("administrator"), at=NOW)
    assert RecordedEvent.objects.filter(kind="staff.RoleEnded").count() == 1


@pytest.mark.parametrize("how", ["role", "account"])
def test_the_last_administrator_stays(world: World, how: str) -> None:
    by, ada = world.actor("administrator"), world.staff["administrator"]
    with pytest.raises(LastAdministrator):
        if how == "role":
            accounts.end_role(ada.roles.get(), by=by, at=NOW)
        else:
            accounts.close_account(ada, by=by, at=NOW)
    assert actor_for(ada, on=TODAY).has("administrator")
    accounts.give_role(world.staff["supervisor"], role="administrator", team=None, by=by, at=NOW)
    accounts.close_account(ada, by=by, at=NOW)
    assert not User.objects.get(id=ada.id).is_active


def test_a_closed_account_opens_again_with_its_roles(world: World) -> None:
    by, ana = world.actor("administrator"), world.staff["case_manager"]
    accounts.close_account(ana, by=by, at=NOW)
    assert "Ana Ruiz" not in [c.name for c in selectors.colleagues(by, team_ids=frozenset({world.north.id}), on=TODAY)]
    assert selectors.names(by, frozenset({ana.id})) == {ana.id: "Ana Ruiz"}
    accounts.reopen_account(ana, by=by, at=NOW)
    assert "Ana Ruiz" in [c.name for c in selectors.colleagues(by, team_ids=frozenset({world.north.id}), on=TODAY)]


def test_a_change_of_name_says_what_changed(world: World) -> None:
    ana = world.staff["case_manager"]
    accounts.change_staff(ana, name="Ana Ruiz", email="ruiz@example.org", by=world.actor("administrator"), at=NOW)
    kind, data = last_event()
    assert (kind, data["fields"]) == ("staff.StaffChanged", ["email"])
    assert "ruiz@" not in str(data)


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        pytest.param({"time_zone": "Mars/Olympus"}, InvalidSetting, "time_zone", id="unknown zone"),
        pytest.param({"time_zone": "../etc/passwd"}, InvalidSetting, "time_zone", id="a path as zone"),
        pytest.param({"session_minutes": 4}, InvalidSetting, "session_minutes", id="too short"),
        pytest.param({"session_minutes": 241}, InvalidSetting, "session_minutes", id="too long"),
    ],
)
def test_a_setting_is_refused(world: World, changed: Any, error: type[DomainError], field: str) -> None:
    wanted = {"name": "H", "time_zone": "America/Denver", "second_factor_required": False, "session_minutes": 30}
    with pytest.raises(error) as raised:
        agencies.change_settings(world.agency, **(wanted | changed), by=world.actor("administrator"), at=NOW)
    assert raised.value.field == field
    assert Agency.objects.get().name == "Harbor House"


def test_settings_that_stay_the_same_are_no_change(world: World) -> None:
    agency = Agency.objects.get()
    same = {name: getattr(agency, name) for name in ("name", "time_zone", "second_factor_required", "session_minutes")}
    agencies.change_settings(agency, **same, by=world.actor("administrator"), at=NOW)
    assert not RecordedEvent.objects.filter(kind="staff.SettingsChanged").exists()


def test_there_is_one_agency(world: World) -> None:
    with pytest.raises(AgencyExists):
        agencies.create_agency(name="Second", time_zone="America/Denver", by=world.actor("administrator"), at=NOW)


def test_two_teams_of_one_name_cannot_be_told_apart(world: World) -> None:
    with pytest.raises(TeamNameTaken):
        agencies.create_team(agency=world.agency, name="north", by=world.actor("administrator"), at=NOW)
    assert Team.objects.count() == 2


def test_everybody_changes_their_own_preferences_only(world: World) -> None:
    ana = world.staff["case_manager"]
    accounts.change_preferences(ana, language="es", caseload_view="stones", by=world.actor("case_manager"), at=NOW)
    assert (User.objects.get(id=ana.id).language, User.objects.get(id=ana.id).caseload_view) == ("es", "table")
    with pytest.raises(DomainError):
        accounts.change_preferences(ana, language="en", by=world.actor("supervisor"), at=NOW)
