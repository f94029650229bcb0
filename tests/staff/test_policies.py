"""Who may do what with accounts and cover: role x relation x action."""

import pytest

from openmission.kernel.actors import SYSTEM, Actor, Seat
from openmission.kernel.ids import new_id
from openmission.staff.policies import can_administer, can_arrange_cover
from openmission.staff.roles import ADMINISTRATOR, EVERYONE, ROLES, SUPERVISOR

NORTH, SOUTH, AWAY = new_id(), new_id(), new_id()


def holding(role: str, team: object = NORTH, id: object = None) -> Actor:
    return Actor(id or new_id(), "Sam", frozenset({Seat(role, team if ROLES[role].in_team else None)}))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", EVERYONE)
def test_only_an_administrator_administers(role: str) -> None:
    assert bool(can_administer(holding(role))) is (role == ADMINISTRATOR)
    assert can_administer(holding(role)) or "administrator" in str(can_administer(holding(role)).reason)


def test_the_system_administers_at_set_up() -> None:
    assert can_administer(SYSTEM)


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize(
    ("team", "id", "relation"),
    [(NORTH, None, "same team"), (SOUTH, None, "other team"), (NORTH, AWAY, "oneself")],
    ids=["same team", "other team", "oneself"],
)
def test_cover_is_arranged_by_oneself_or_the_supervisor(role: str, team: object, id: object, relation: str) -> None:
    decision = can_arrange_cover(holding(role, team, id), absent_id=AWAY, absent_teams=frozenset({NORTH}))
    assert bool(decision) is (relation == "oneself" or (role == SUPERVISOR and relation == "same team"))


def test_a_seat_without_a_team_is_no_seat_in_a_team() -> None:
    assert holding(ADMINISTRATOR).teams(ADMINISTRATOR) == frozenset()
    assert not can_arrange_cover(holding(ADMINISTRATOR), absent_id=AWAY, absent_teams=frozenset())
