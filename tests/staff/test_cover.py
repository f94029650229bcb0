"""Cover: arranged, running, ended."""

from datetime import date, timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.kernel.errors import NotFound, Refused
from openmission.staff import selectors
from openmission.staff.models import Cover, User
from openmission.staff.services import accounts, cover
from openmission.staff.services.cover import InvalidCover
from openmission.staff.viewers import actor_for
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def arrange(world: World, *, by: Any = None, **changed: Any) -> Cover:
    given = {
        "absent": world.staff["case_manager"],
        "covering": world.second_pair["case_manager"],
        "starts_on": TODAY,
        "ends_on": TODAY + DAY,
        "reason": "leave",
    }
    return cover.arrange_cover(**(given | changed), by=by or world.actor("supervisor"), at=NOW)


@pytest.mark.parametrize(
    ("day", "covers"),
    [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True), (TODAY + 2 * DAY, False)],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_cover_holds_from_the_first_to_the_last_day(world: World, day: date, covers: bool) -> None:
    arrange(world)
    bea = world.second_pair["case_manager"]
    assert (world.staff["case_manager"].id in actor_for(bea, on=day).covers) is covers


def test_cover_ends_at_once(world: World) -> None:
    arranged = arrange(world)
    cover.end_cover(arranged, by=world.actor("case_manager"), at=NOW)
    assert not actor_for(world.second_pair["case_manager"], on=TODAY).covers
    cover.end_cover(arranged, by=world.actor("case_manager"), at=NOW)
    assert RecordedEvent.objects.filter(kind="staff.CoverEnded").count() == 1
    assert Cover.objects.filter(id=arranged.id).exists()


def _people(world: World, **named: str) -> dict[str, User]:
    of = {"bea": world.second_pair["case_manager"], "ana": world.staff["case_manager"]}
    of |= {
        "cal": world.outsiders["case_manager"],
        "ida": world.staff["intake_worker"],
        "mia": world.staff["program_manager"],
    }
    return {part: of[name] for part, name in named.items()}


@pytest.mark.parametrize(
    ("people", "days", "field"),
    [
        pytest.param({"covering": "ana"}, {}, "covering", id="by oneself"),
        pytest.param({"covering": "cal"}, {}, "covering", id="by another team"),
        pytest.param({"covering": "ida"}, {}, "covering", id="by somebody who gives no care"),
        pytest.param({}, {"ends_on": TODAY - DAY}, "ends_on", id="in the past"),
        pytest.param({}, {"starts_on": TODAY + 3 * DAY}, "ends_on", id="backwards"),
        pytest.param({}, {"ends_on": TODAY + 31 * DAY}, "ends_on", id="for more than 31 days"),
    ],
)
def test_cover_that_makes_no_sense_is_refused(world: World, people: Any, days: Any, field: str) -> None:
    before = Cover.objects.count()
    with pytest.raises(InvalidCover) as raised:
        arrange(world, **_people(world, **people), **days)
    assert (raised.value.field, Cover.objects.count()) == (field, before)


@pytest.mark.parametrize(
    ("role", "outsider", "allowed"),
    [
        ("case_manager", False, True),
        ("supervisor", False, True),
        ("peer_specialist", False, False),
        ("intake_worker", False, False),
        ("administrator", False, False),
        ("supervisor", True, False),
    ],
    ids=["oneself", "own supervisor", "colleague", "intake worker", "administrator", "other supervisor"],
)
def test_who_arranges_and_ends(world: World, role: str, outsider: bool, allowed: bool) -> None:
    by = world.actor(role, outsider=outsider)
    if allowed:
        cover.end_cover(arrange(world, by=by), by=by, at=NOW)
        return
    with pytest.raises(Refused):
        arrange(world, by=by)
    with pytest.raises(Refused):
        cover.end_cover(arrange(world), by=by, at=NOW)


def test_the_list_shows_ones_team_and_what_one_may_end(world: World) -> None:
    mine = arrange(world)
    shown = {line.cover.id: bool(line.may_end) for line in selectors.covers(world.actor("case_manager"), on=TODAY)}
    assert shown == {mine.id: True, world.ids["cover"]: False}
    assert all(line.may_end for line in selectors.covers(world.actor("supervisor"), on=TODAY))
    assert selectors.covers(world.actor("supervisor", outsider=True), on=TODAY) == []


def test_cover_of_another_team_is_not_there_to_end(world: World) -> None:
    with pytest.raises(NotFound):
        selectors.running_cover(world.actor("supervisor", outsider=True), world.ids["cover"], on=TODAY)


def test_somebody_in_two_teams_is_listed_once(world: World) -> None:
    sam = world.staff["supervisor"]
    by = world.actor("administrator")
    accounts.give_role(world.second_pair["case_manager"], role="case_manager", team=world.south, by=by, at=NOW)
    accounts.give_role(sam, role="supervisor", team=world.south, by=by, at=NOW)
    assert len(selectors.covers(actor_for(sam, on=TODAY), on=TODAY)) == 1


def test_cover_lasts_31_days_at_most(world: World) -> None:
    assert arrange(world, ends_on=TODAY + 30 * DAY)


def test_who_has_left_the_team_sees_nothing_of_its_cover(world: World) -> None:
    arrange(world)
    by = world.actor("administrator")
    accounts.end_role(world.staff["case_manager"].roles.get(team=world.north), by=by, at=NOW)
    accounts.give_role(world.staff["case_manager"], role="case_manager", team=world.south, by=by, at=NOW)
    shown = {line.cover.absent_id for line in selectors.covers(world.actor("supervisor"), on=TODAY)}
    assert shown == {world.second_pair["case_manager"].id}


def test_the_reason_is_for_who_arranges_and_who_covers(world: World) -> None:
    arranged = arrange(world)
    read = {
        person: {line.cover.id: line.reason for line in selectors.covers(viewer, on=TODAY)}[arranged.id]
        for person, viewer in {
            "absent": world.actor("case_manager"),
            "covering": actor_for(world.second_pair["case_manager"], on=TODAY),
            "supervisor": world.actor("supervisor"),
            "colleague": world.actor("peer_specialist"),
        }.items()
    }
    assert read == {"absent": "leave", "covering": "leave", "supervisor": "leave", "colleague": ""}
