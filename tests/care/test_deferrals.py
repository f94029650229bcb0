"""Putting a line off, handing it on, taking it back."""

from datetime import date, timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.care.models import Deferral
from openmission.care.selectors.agenda import day_lines, due_item
from openmission.care.selectors.deferrals import get_deferral, hand_to
from openmission.care.services.deferrals import InvalidDeferral, defer_item, hand_item, undo_deferral
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import NotFound, Refused
from openmission.programs.rules import Severity
from openmission.staff.models import Cover, StaffRole, User
from openmission.staff.services import accounts, cover
from openmission.staff.viewers import actor_for
from tests.care.people import log, luis
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FAR = TODAY + 400 * DAY  # whatever the need: the word is about it
KEY = "review:try_out"
DUE = "review:transition"


def put_off(world: World, **changed: Any) -> Deferral:
    given = {"item_key": KEY, "weight": 30, "need_on": FAR, "until_on": TODAY + 3 * DAY, "reason": "He asked for it."}
    return defer_item(luis(world), **(given | changed), by=world.actor("case_manager"), at=NOW)


def hand(world: World, to: User, **changed: Any) -> Deferral:
    given = {
        "item_key": KEY,
        "weight": 30,
        "need_on": FAR,
        "until_on": TODAY + 3 * DAY,
        "reason": "I am in court all day.",
    }
    return hand_item(luis(world), **(given | changed), to=to, by=world.actor("case_manager"), at=NOW)


def cover_pat(world: World, *, days: int) -> Cover:
    """Ben looks after Pat's clients from today, so many days long."""
    return cover.arrange_cover(
        absent=world.staff["peer_specialist"],
        covering=world.second_pair["peer_specialist"],
        starts_on=TODAY,
        ends_on=TODAY + (days - 1) * DAY,
        reason="",
        by=world.actor("supervisor"),
        at=NOW,
    )


def seen_by(world: World, role: str, *, on: date = TODAY, second: bool = False, key: str = DUE) -> Severity | None:
    """How the line presses the worker of that role on a day; None when they do not see it."""
    people = world.second_pair if second else world.staff
    client_id = world.ids["client"]
    lines = day_lines(actor_for(people[role], on=on), on=on)
    return next(
        (line.severity for line in lines if line.item.key == key and line.standing.client.id == client_id), None
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until_on": TODAY}, "until_on"),
        ({"until_on": TODAY - DAY}, "until_on"),
        ({"until_on": TODAY + 31 * DAY}, "until_on"),
        ({"reason": " "}, "reason"),
    ],
    ids=["today", "yesterday", "in 31 days", "no reason"],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, changed: dict[str, Any], field: str) -> None:
    for act in (lambda: put_off(world, **changed), lambda: hand(world, world.staff["peer_specialist"], **changed)):
        with pytest.raises(InvalidDeferral) as refused:
            act()
        assert refused.value.field == field


def test_a_line_that_was_put_off_waits_in_sight_and_comes_back(world: World) -> None:
    ana, key = world.actor("case_manager"), "review:transition"

    def severity() -> Severity:
        return next(line.severity for line in day_lines(ana, on=TODAY) if line.item.key == key)

    assert severity() == Severity.WAITING  # the world's own deferral
    undo_deferral(get_deferral(ana, luis(world).id, key, at=NOW), by=ana, at=NOW)
    assert severity() > Severity.WAITING
    weight = due_item(ana, luis(world).id, key, on=TODAY, at=NOW).item.weight
    put_off(world, item_key=key, weight=weight)
    assert severity() == Severity.WAITING
    assert next(line for line in day_lines(ana, on=TODAY + 3 * DAY) if line.item.key == key).severity > 0


def test_the_newest_word_stands(world: World) -> None:
    put_off(world)
    hand(world, world.staff["peer_specialist"])
    standing = Deferral.objects.filter(item_key=KEY, undone_at=None)
    assert [(row.kind, row.to_user) for row in standing] == [("handed", world.staff["peer_specialist"])]


def test_taking_back_twice_is_once(world: World) -> None:
    deferral, ana = put_off(world), world.actor("case_manager")
    for _ in range(2):
        undo_deferral(deferral, by=ana, at=NOW)
    assert RecordedEvent.objects.filter(kind="care.DeferralUndone").count() == 1
    assert get_deferral(ana, luis(world).id, KEY, at=NOW) is None
    with pytest.raises(NotFound):
        get_deferral(world.actor("case_manager", outsider=True), luis(world).id, KEY, at=NOW)


def test_only_who_sees_the_client_can_be_handed_a_line(world: World) -> None:
    """The partner, who covers one of the pair, the supervisor: on anybody else's day it would not be seen."""
    ana = world.actor("case_manager")
    assert [user.name for user in hand_to(ana, luis(world), at=NOW)] == ["Pat Bell", "Sam Dunn"]
    ben = world.second_pair["peer_specialist"]
    with pytest.raises(InvalidDeferral) as refused:
        hand(world, ben)
    assert refused.value.field == "to"
    cover_pat(world, days=1)
    assert [user.name for user in hand_to(ana, luis(world), at=NOW)] == ["Ben Ortiz", "Pat Bell", "Sam Dunn"]
    with pytest.raises(InvalidDeferral, match="Ben Ortiz covers until") as refused:
        hand(world, ben, until_on=TODAY + 2 * DAY)
    assert refused.value.field == "until_on"
    assert hand(world, ben, until_on=TODAY + DAY).to_user == ben


@pytest.mark.parametrize("role", ["peer_specialist", "supervisor"])
def test_what_was_handed_on_presses_the_colleague_and_waits_for_the_giver(world: World, role: str) -> None:
    hand(world, world.staff[role], item_key=DUE, weight=99)
    assert (seen_by(world, "case_manager"), seen_by(world, role)) == (Severity.WAITING, Severity.NOW)


def contact_due(world: World, key: str, *, after: date = TODAY) -> date:
    """The first day after that on which the case manager has the line."""
    days = (after + days * DAY for days in range(1, 60))
    return next(day for day in days if seen_by(world, "case_manager", on=day, key=key) not in (None, Severity.WAITING))


def test_a_contact_that_was_handed_on_leaves_the_colleague_who_met_the_client(world: World) -> None:
    """The peer met in the case manager's place; the case manager's own contact waits until the day."""
    key, supervisor = "contact:case_manager", world.staff["supervisor"]
    log(world, luis(world), at=NOW - timedelta(hours=5))
    on = contact_due(world, key)
    hand(world, world.staff["peer_specialist"], item_key=key, weight=99, until_on=on + 2 * DAY)
    assert seen_by(world, "peer_specialist", on=on, key=key) not in (None, Severity.WAITING)
    Deferral.objects.filter(item_key=key).update(at=NOW - timedelta(hours=3))
    log(world, luis(world), by=world.actor("peer_specialist"), at=NOW - timedelta(hours=2))
    assert seen_by(world, "peer_specialist", on=on, key=key) is None
    assert seen_by(world, "case_manager", on=on, key=key) == Severity.WAITING
    Deferral.objects.filter(item_key=key).update(to_user=supervisor)  # who has not met the client
    assert seen_by(world, "supervisor", on=on, key=key) not in (None, Severity.WAITING)


def test_who_covers_the_colleague_may_do_what_was_handed_to_them(world: World) -> None:
    key, ben = "contact:case_manager", world.second_pair["peer_specialist"]
    on = contact_due(world, key)
    hand(world, world.staff["peer_specialist"], item_key=key, weight=99, until_on=on + 2 * DAY)
    Deferral.objects.filter(item_key=key).update(at=NOW - timedelta(hours=3))
    cover_pat(world, days=(on - TODAY).days + 1)
    for second in (False, True):
        assert seen_by(world, "peer_specialist", on=on, second=second, key=key) not in (None, Severity.WAITING)
    log(world, luis(world), by=actor_for(ben, on=TODAY), at=NOW - timedelta(hours=2))
    Cover.objects.update(
        ended_at=NOW - timedelta(hours=2, minutes=30)
    )  # before the meeting: no cover of Pat's any more
    assert seen_by(world, "peer_specialist", on=on, key=key) not in (None, Severity.WAITING)
    Cover.objects.update(ended_at=None)
    for second in (False, True):
        assert seen_by(world, "peer_specialist", on=on, second=second, key=key) is None
    assert seen_by(world, "case_manager", on=on, key=key) == Severity.WAITING


@pytest.mark.parametrize("role", [None, "supervisor"], ids=["put off", "handed on"])
def test_what_was_said_of_a_contact_ends_with_the_meeting(world: World, role: str | None) -> None:
    """Put off for long, and met the same day: the next contact presses who owes it, and nobody else."""
    key = "contact:case_manager"
    due_on = contact_due(world, key)
    line = due_item(world.actor("case_manager"), luis(world).id, key, on=due_on, at=NOW).item
    said = {"item_key": key, "weight": 99, "need_on": line.need_on, "until_on": TODAY + 30 * DAY}
    hand(world, world.staff[role], **said) if role else put_off(world, **said)
    assert seen_by(world, "case_manager", on=due_on, key=key) == Severity.WAITING
    log(world, luis(world), at=NOW)
    on = contact_due(world, key)
    assert due_on < on < TODAY + 30 * DAY
    assert seen_by(world, "supervisor", on=on, key=key) is None


def test_with_the_cover_ends_the_handing_on(world: World) -> None:
    ben_covers = cover_pat(world, days=2)
    hand(world, world.second_pair["peer_specialist"], item_key=DUE, weight=99, until_on=TODAY + 2 * DAY)
    Deferral.objects.filter(item_key=DUE).update(until_on=TODAY + 25 * DAY)  # as if the cover had been longer
    assert seen_by(world, "peer_specialist", second=True) == Severity.NOW
    assert seen_by(world, "case_manager", on=TODAY + DAY) == Severity.WAITING
    assert seen_by(world, "case_manager", on=TODAY + 2 * DAY) == Severity.NOW
    cover.end_cover(ben_covers, by=world.actor("supervisor"), at=NOW)
    assert seen_by(world, "peer_specialist", second=True) is None
    assert seen_by(world, "case_manager") == Severity.NOW


@pytest.mark.parametrize("role", ["peer_specialist", "supervisor"])
@pytest.mark.parametrize("leaving", ["role", "account"])
def test_with_the_role_or_the_account_ends_the_handing_on(world: World, role: str, leaving: str) -> None:
    person = world.staff[role]
    hand(world, person, item_key=DUE, weight=99)
    if leaving == "role":
        accounts.end_role(StaffRole.objects.get(user=person), by=SYSTEM, at=NOW)
    else:
        accounts.close_account(person, by=SYSTEM, at=NOW)
    assert seen_by(world, "case_manager") == Severity.NOW


@pytest.mark.parametrize("who", ["case_manager", "outsider"])
def test_neither_to_oneself_nor_to_a_stranger(world: World, who: str) -> None:
    people = {"case_manager": world.staff["case_manager"], "outsider": world.outsiders["peer_specialist"]}
    with pytest.raises(InvalidDeferral):
        hand(world, people[who])


def test_out_of_reach_nothing_is_put_off(world: World) -> None:
    cal, deferral = world.actor("case_manager", outsider=True), put_off(world)
    with pytest.raises(Refused):
        undo_deferral(deferral, by=cal, at=NOW)
    with pytest.raises(NotFound):
        due_item(cal, luis(world).id, "review:transition", on=TODAY, at=NOW)
    with pytest.raises(Refused):
        defer_item(
            luis(world), item_key=KEY, weight=30, need_on=FAR, until_on=TODAY + DAY, reason="Because", by=cal, at=NOW
        )
