"""A kept question answers as the ORM would: for every role, for what is empty and what is not, again and again."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from inspect import signature
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from openmission.care.models import Contact
from openmission.clients.models import Client
from openmission.delivery.models import Group, GroupMeeting
from openmission.intake.models import Enrollment, Referral
from openmission.intake.services.referrals import close_referral
from openmission.kernel import kept as kept_module
from openmission.kernel.actors import SYSTEM, Seat
from openmission.kernel.ids import new_id
from openmission.kernel.kept import kept
from openmission.staff import backends, sessions  # noqa: F401  (loads what a server loads)
from openmission.staff.roles import EVERYONE
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
Question = Callable[..., list[Any]]


def kept_questions() -> dict[str, Question]:
    """All that the pages ask, by name."""
    get_resolver().url_patterns  # noqa: B018  (loads every view)
    return {
        f"{name}.{function.__name__}": function
        for name, module in sorted(sys.modules.items())
        if name.startswith("openmission.")
        for function in list(vars(module).values())
        if getattr(getattr(function, "__code__", None), "co_filename", "") == kept_module.__file__
        and function.__module__ == name
        and hasattr(function, "__wrapped__")
    }


QUESTIONS = kept_questions()


def samples(world: World) -> dict[str, list[Any]]:
    """Values for each parameter by its name: a new name needs new ones."""
    people = [world.actor(role) for role in EVERYONE]
    ana, bea = world.actor("case_manager"), world.actor("intake_worker")
    several = {*ana.seats, Seat("supervisor", world.south.id), Seat("intake_worker", world.north.id)}
    tables = (Enrollment, Contact, Client, Group)
    enrollments, contacts, clients, groups = (list(each.objects.values_list("id", flat=True)) for each in tables)
    luis, shawn = ("word", "l", "l~", {"LS"}), ("word", "shawn", "shawn~", {"XN", "SAN"})
    return {
        "viewer": [
            *people,
            replace(ana, seats=frozenset(several)),
            replace(bea, seats=ana.seats, covers=frozenset({ana.id})),
            replace(ana, seats=frozenset()),
            replace(ana, seats=frozenset({Seat("case_manager", None)})),
            SYSTEM,
        ],
        "id": [world.staff["case_manager"].id, world.ids["client"], new_id()],
        "client_id": [world.ids["client"], world.ids["sean"], new_id()],
        "enrollment_id": [world.ids["enrollment"], new_id()],
        "ids": [enrollments, contacts, clients, groups, []],
        "contact_ids": [contacts, []],
        "group_id": [*groups, new_id()],
        "meeting_id": [*GroupMeeting.objects.values_list("id", flat=True), new_id()],
        "others": [[], enrollments[:1], enrollments],
        "component": ["", "outreach", "nothing"],
        "before": [None, NOW, NOW - timedelta(days=400)],
        "since": [NOW - timedelta(days=400), NOW],
        "most": [1, 21],
        "place": [0, 1, 2, 3],
        "recent": [NOW - timedelta(days=30)],
        "at": [NOW - timedelta(days=30), NOW],
        "now": [NOW, NOW + timedelta(days=400)],
        "on": [TODAY, TODAY + timedelta(days=400)],
        "planned_on": [TODAY, TODAY + timedelta(days=500)],
        "key": [*Session.objects.values_list("session_key", flat=True)[:1], "nobody's"],
        "team_ids": [frozenset(), frozenset({world.north.id}), frozenset({world.north.id, world.south.id})],
        "seats": [frozenset(), frozenset({world.north.id}), frozenset({world.north.id, world.south.id})],
        "roles": [(), ("case_manager",), ("case_manager", "supervisor")],
        "asked": [(luis,), (luis, shawn), (("phone", "0199", "", set()), ("birth", "1988-08-20", "", set()))],
    }


def plain(row: Any) -> Any:
    """A row as something to compare: the columns that were loaded, and the rows that came with it."""
    if not isinstance(row, models.Model):
        return row
    beside = {name: other and columns(other) for name, other in row._state.fields_cache.items()}
    below = {name: list(map(columns, rows)) for name, rows in getattr(row, "_prefetched_objects_cache", {}).items()}
    return columns(row), beside, below


def columns(row: models.Model) -> tuple[Any, dict[str, Any]]:
    return type(row), {name: value for name, value in vars(row).items() if not name.startswith("_")}


def _ask_somebody_again(world: World) -> None:
    referral = Referral.objects.filter(team=world.north, state="received").earliest("received_at")
    by, again = world.actor("intake_worker"), TODAY + timedelta(days=1)
    close_referral(referral, outcome="declined", note="Not now.", by=by, at=NOW, ask_again_on=again)


@pytest.mark.parametrize("name", QUESTIONS)
def test_it_answers_as_the_orm_does(name: str, world: World, signed_in: Any) -> None:
    _ask_somebody_again(world)
    question, values, answered = QUESTIONS[name], samples(world), 0
    for given in product(*(values[parameter] for parameter in signature(question).parameters)):
        asked = question.__wrapped__(*given)  # type: ignore[attr-defined]
        expected, found = list(map(plain, asked)), list(map(plain, question(*given)))
        if not asked.ordered:  # then a database may give the rows in any order
            expected, found = sorted(expected, key=repr), sorted(found, key=repr)
        assert found == expected, given
        answered += len(expected)
    assert answered, "none of the samples finds anything: nothing was compared"


@kept
def _with_ids(ids: list[UUID]) -> QuerySet[Client]:
    return Client.objects.filter(id__in=ids).order_by("id")


def test_it_is_built_once_and_asked_with_new_values(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = Client.objects.order_by("id")
    assert _with_ids([first.id]) == [first]
    monkeypatch.setattr(QuerySet, "filter", None)  # the ORM builds nothing any more
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert _with_ids([other.id for other in others]) == others
        assert _with_ids([first.id]) == [first]
    assert len(asked) == 2


def test_a_day_is_cut_by_the_time_zone_of_who_asks(world: World) -> None:
    @kept
    def days() -> QuerySet[Session, Any]:
        return Session.objects.annotate(on=TruncDate("expire_date")).values_list("on", flat=True)

    Session.objects.all().delete()
    Session.objects.create(session_key="one", expire_date=NOW.replace(hour=20))
    found = []
    for zone in ("America/New_York", "Pacific/Auckland"):
        with timezone.override(ZoneInfo(zone)):
            found += days()
    assert found == [TODAY, TODAY + timedelta(days=1)]


def test_an_empty_list_asks_nothing(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert _with_ids([]) == []
    assert len(asked) == 0


def test_what_somebody_types_cannot_fill_the_memory(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "MOST", 20)

    @kept
    def named(words: tuple[str, ...]) -> QuerySet[Client]:
        return Client.objects.filter(first_name__in=words)

    for number in range(25):
        named(("Luis",) * (number + 1))
    assert len(connections[DEFAULT_DB_ALIAS].__dict__["kept"]) <= 20


def test_a_value_cannot_be_looked_at(world: World) -> None:
    """What would be kept with one value, and wrong for the next, cannot be written."""

    @kept
    def beginning(word: str) -> QuerySet[Client]:
        return Client.objects.filter(first_name__gte=word, first_name__lt=word + "~")

    @kept
    def made_of(word: str) -> QuerySet[Client]:
        return Client.objects.filter(first_name=f"{word}~")

    @kept
    def whatever_case(word: str) -> QuerySet[Client]:
        return Client.objects.filter(first_name__iexact=word)

    for question in (beginning, made_of):
        with pytest.raises(TypeError):
            question("Luis")
    if connection.vendor == "sqlite":  # makes a text of what is compared
        with pytest.raises(TypeError):
            whatever_case("luis")
