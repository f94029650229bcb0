"""Reach: role x relation x day. Whose chart opens, whose intake pages, who is found."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from openmission.care.policies import readable_enrollments
from openmission.care.selectors.agenda import day_lines, own_rows
from openmission.clients.models import Client
from openmission.clients.policies import (
    anyone_in_reach,
    can_break_glass,
    can_change_client,
    can_create_client,
    can_review_break_glass,
    charts_by_duty,
    charts_in_reach,
    intake_in_reach,
)
from openmission.clients.services import break_glass, care_teams
from openmission.clients.services.break_glass import HOURS
from openmission.intake.models import Enrollment
from openmission.intake.policies import enrollments_in_reach
from openmission.intake.services import enrollments
from openmission.kernel.actors import SYSTEM, Actor, Seat
from openmission.staff.roles import CARE, EVERYONE, INTAKE, PRIVACY_OFFICER
from openmission.staff.services import accounts, cover
from openmission.staff.viewers import actor_for
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
LUIS, SEAN, LUCIA, OCEAN, DANA = "client", "sean", "lucia", "ocean", "dana"
# luis: North's first pair · sean: North's second pair · lucia: South's pair · ocean, dana: at North's door
CHARTS = {
    "case_manager": {LUIS},
    "peer_specialist": {LUIS},
    "supervisor": {LUIS, SEAN},
    "intake_worker": set(),
    "program_manager": set(),
    "privacy_officer": set(),
    "administrator": set(),
}
DOORS = {
    "case_manager": {LUIS, OCEAN, DANA},
    "peer_specialist": set(),
    "supervisor": {LUIS, SEAN, OCEAN, DANA},
    "intake_worker": {LUIS, SEAN, OCEAN, DANA},
    "program_manager": set(),
    "privacy_officer": set(),
    "administrator": set(),
}


def reached(world: World, rows: Any) -> set[str]:
    names = {world.ids[name]: name for name in (LUIS, SEAN, LUCIA, OCEAN)}
    names[Client.objects.get(first_name="Dana").id] = DANA
    return {names[id] for id in rows.values_list("id", flat=True)}


@pytest.mark.parametrize("role", EVERYONE)
def test_whose_chart_opens_to_whom(world: World, role: str) -> None:
    viewer = world.actor(role)
    assert reached(world, charts_in_reach(viewer, NOW)) == CHARTS[role]
    assert reached(world, charts_by_duty(viewer)) == CHARTS[role]


@pytest.mark.parametrize("role", EVERYONE)
def test_whose_intake_pages_open_to_whom(world: World, role: str) -> None:
    assert reached(world, intake_in_reach(world.actor(role), NOW)) == DOORS[role]


@pytest.mark.parametrize("role", EVERYONE)
def test_found_is_who_is_in_either_reach(world: World, role: str) -> None:
    assert reached(world, anyone_in_reach(world.actor(role), NOW)) == CHARTS[role] | DOORS[role]


@pytest.mark.parametrize("role", ["case_manager", "peer_specialist", "supervisor"])
def test_the_other_team_reaches_its_own_client_only(world: World, role: str) -> None:
    assert reached(world, charts_in_reach(world.actor(role, outsider=True), NOW)) == {LUCIA}


def test_another_pair_of_the_team_has_its_own_charts(world: World) -> None:
    bea = actor_for(world.second_pair["case_manager"], on=TODAY)
    assert reached(world, charts_in_reach(bea, NOW)) == {SEAN}


@pytest.mark.parametrize(
    ("first", "last", "reaches"),
    [(0, 0, True), (-5, 5, True), (-5, -1, False), (1, 5, False)],
    ids=["today", "around today", "until yesterday", "from tomorrow"],
)
def test_cover_gives_the_charts_of_who_is_away(world: World, first: int, last: int, reaches: bool) -> None:
    ana, bea = world.staff["case_manager"], world.second_pair["case_manager"]
    days = {"starts_on": TODAY + timedelta(days=first), "ends_on": TODAY + timedelta(days=last)}
    by = world.actor("supervisor")
    cover.arrange_cover(absent=ana, covering=bea, **days, reason="", by=by, at=NOW + timedelta(days=min(first, last)))
    assert (LUIS in reached(world, charts_in_reach(actor_for(bea, on=TODAY), NOW))) is reaches


def test_cover_that_was_ended_gives_nothing(world: World) -> None:
    ana, bea, by = world.staff["case_manager"], world.second_pair["case_manager"], world.actor("supervisor")
    arranged = cover.arrange_cover(absent=ana, covering=bea, starts_on=TODAY, ends_on=TODAY, reason="", by=by, at=NOW)
    cover.end_cover(arranged, by=by, at=NOW)
    assert reached(world, charts_in_reach(actor_for(bea, on=TODAY), NOW)) == {SEAN}


@pytest.mark.parametrize(
    ("minutes", "opens"), [(0, True), (60 * HOURS - 1, True), (60 * HOURS, False)], ids=["at once", "at last", "after"]
)
def test_an_emergency_opens_one_chart_for_some_hours(world: World, minutes: int, opens: bool) -> None:
    viewer = world.actor("case_manager", outsider=True)
    break_glass.break_glass(client_id=world.ids[LUIS], reason="He collapsed here.", by=viewer, at=NOW)
    then = NOW + timedelta(minutes=minutes)
    assert reached(world, charts_in_reach(viewer, then)) == ({LUCIA, LUIS} if opens else {LUCIA})
    assert reached(world, charts_by_duty(viewer)) == {LUCIA}
    assert LUIS not in reached(world, charts_in_reach(world.actor("supervisor", outsider=True), then))


def test_cover_gives_nothing_of_a_team_in_which_one_gives_no_care(world: World) -> None:
    ana, bea, by = world.staff["case_manager"], world.second_pair["case_manager"], world.actor("administrator")
    accounts.give_role(ana, role="case_manager", team=world.south, by=by, at=NOW)
    lucia = Enrollment.objects.get(client_id=world.ids[LUCIA])
    enrollments.assign_pair(lucia, pair={"case_manager": ana}, by=SYSTEM, at=NOW)
    days = {"starts_on": TODAY, "ends_on": TODAY}
    cover.arrange_cover(absent=ana, covering=bea, **days, reason="", by=world.actor("supervisor"), at=NOW)
    viewer = actor_for(bea, on=TODAY)
    assert reached(world, charts_in_reach(viewer, NOW)) == {LUIS, SEAN}
    assert LUCIA not in reached(world, anyone_in_reach(viewer, NOW))
    assert {row.client_id for row in own_rows(viewer)} == {world.ids[LUIS], world.ids[SEAN]}
    assert not readable_enrollments(viewer, NOW).filter(id=lucia.id).exists()
    assert not enrollments_in_reach(viewer, NOW).filter(id=lucia.id).exists()


@pytest.mark.parametrize("ending", ["the role in the team", "the account"])
def test_who_leaves_a_team_leaves_its_clients_to_the_supervisor(world: World, ending: str) -> None:
    ana, by = world.staff["case_manager"], world.actor("administrator")
    accounts.give_role(ana, role="case_manager", team=world.south, by=by, at=NOW)
    assert "pair" not in pressing(world)
    if ending == "the account":
        accounts.close_account(ana, by=by, at=NOW)
    else:
        accounts.end_role(ana.roles.get(team=world.north), by=by, at=NOW)
    viewer = actor_for(ana, on=TODAY)
    assert reached(world, charts_in_reach(viewer, NOW)) == set()
    assert LUIS not in reached(world, anyone_in_reach(viewer, NOW))
    assert reached(world, charts_in_reach(world.actor("peer_specialist"), NOW)) == {LUIS}
    assert "pair" in pressing(world)


def test_a_place_opens_nothing_without_a_role_in_the_team(world: World) -> None:
    """However it was left behind: by a pair assigned in the moment in which the role ended, or by old data."""
    ana = world.actor("case_manager")
    elsewhere = replace(ana, seats=frozenset({Seat("case_manager", world.south.id)}))
    assert charts_in_reach(ana, NOW).filter(id=world.ids["client"]).exists()
    assert not charts_in_reach(elsewhere, NOW).filter(id=world.ids["client"]).exists()
    assert not own_rows(elsewhere)


def test_another_role_and_another_teams_clients_stay(world: World) -> None:
    ana, by = world.staff["case_manager"], world.actor("administrator")
    accounts.give_role(ana, role="case_manager", team=world.south, by=by, at=NOW)
    accounts.end_role(ana.roles.get(team=world.south), by=by, at=NOW)
    assert reached(world, charts_in_reach(actor_for(ana, on=TODAY), NOW)) == {LUIS}


def pressing(world: World) -> set[str]:
    """The rules behind the lines about Luis on the day of the team's supervisor."""
    lines = day_lines(world.actor("supervisor"), on=TODAY)
    return {line.item.rule for line in lines if line.standing.client.id == world.ids[LUIS]}


def test_an_emergency_is_no_use_to_who_no_longer_gives_care(world: World) -> None:
    viewer = world.actor("case_manager", outsider=True)
    break_glass.break_glass(client_id=world.ids[LUIS], reason="He collapsed here.", by=viewer, at=NOW)
    without_role = Actor(viewer.id, viewer.name, frozenset({Seat("intake_worker", world.south.id)}))
    assert reached(world, charts_in_reach(without_role, NOW)) == set()


def test_who_leaves_the_care_team_loses_the_chart_at_once(world: World) -> None:
    care_teams.leave_care_team(enrollment_id=world.ids["enrollment"], role="case_manager", by=SYSTEM, at=NOW)
    assert reached(world, charts_in_reach(world.actor("case_manager"), NOW)) == set()
    assert reached(world, charts_in_reach(world.actor("peer_specialist"), NOW)) == {LUIS}


def test_after_discharge_the_pair_loses_the_chart_and_the_supervisor_keeps_it(world: World) -> None:
    enrollment = Enrollment.objects.get(id=world.ids["enrollment"])
    enrollments.end_enrollment(enrollment, discharge="graduated", discharged_on=TODAY, by=SYSTEM, at=NOW)
    assert reached(world, charts_in_reach(world.actor("case_manager"), NOW)) == set()
    assert LUIS in reached(world, charts_in_reach(world.actor("supervisor"), NOW))


def test_a_supervisor_of_two_teams_reaches_both(world: World) -> None:
    sam, by = world.staff["supervisor"], world.actor("administrator")
    accounts.give_role(sam, role="supervisor", team=world.south, by=by, at=NOW)
    assert reached(world, charts_in_reach(actor_for(sam, on=TODAY), NOW)) == {LUIS, SEAN, LUCIA}


def test_a_supervisor_is_none_in_the_team_where_they_are_something_else(world: World) -> None:
    sam, by = world.staff["supervisor"], world.actor("administrator")
    accounts.give_role(sam, role="case_manager", team=world.south, by=by, at=NOW)
    assert LUCIA not in reached(world, charts_in_reach(actor_for(sam, on=TODAY), NOW))


@pytest.mark.parametrize("role", EVERYONE)
def test_who_adds_people_and_takes_emergency_access_and_reviews(role: str) -> None:
    actor = Actor(UUID(int=1), "Sam", frozenset({Seat(role)}))
    assert bool(can_create_client(actor)) is (role in INTAKE)
    assert bool(can_break_glass(actor)) is (role in CARE)
    assert bool(can_review_break_glass(actor)) is (role == PRIVACY_OFFICER)
    for decision in (can_create_client(actor), can_break_glass(actor), can_review_break_glass(actor)):
        assert decision or str(decision.reason)


def test_nobody_reviews_their_own_emergency(world: World) -> None:
    pia = world.actor("privacy_officer")
    assert can_review_break_glass(pia, world.outsiders["supervisor"].id)
    assert "your own" in str(can_review_break_glass(pia, pia.id).reason)


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize("name", [LUIS, LUCIA, OCEAN])
def test_details_are_changed_by_who_reaches(world: World, role: str, name: str) -> None:
    client = Client.objects.get(id=world.ids[name])
    allowed = can_change_client(world.actor(role), client, NOW)
    assert bool(allowed) is (name in CHARTS[role] | DOORS[role])
