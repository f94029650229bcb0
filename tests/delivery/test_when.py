"""When a group meets next: one usual day or two, what is suggested, and when a group without a date presses."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openmission.delivery.models import Group, GroupMeeting
from openmission.delivery.pages.when import usual_after, usual_next
from openmission.delivery.rules.groups import dateless_severity
from openmission.delivery.services.groups import InvalidGroup
from openmission.kernel.fields import moment
from openmission.kernel.ids import new_id
from openmission.programs.rules import Severity
from tests.delivery.courses import DRT
from tests.delivery.groups import with_members
from tests.world.cast import World
from tests.world.delivery import make_drt_group

MONDAY = date(2026, 11, 23)
DAYS = st.sets(st.integers(0, 6), min_size=1, max_size=2).map(sorted)
HERE = timezone.get_default_timezone()
MOMENTS = st.integers(0, 500_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=HERE) + timedelta(minutes=minutes))


def group_of(days: list[int], starts_at: time = time(10)) -> Group:
    first, second = days[0], days[1] if len(days) > 1 else None
    return Group(weekday=first, second_weekday=second, starts_at=starts_at)


def after(days: list[int], on: date) -> date:
    meeting = GroupMeeting(group=group_of(days), at=moment(on, time(10)))
    return timezone.localdate(usual_after(meeting))


@given(DAYS, st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0)), MOMENTS)
def test_the_usual_next_time_is_the_first_of_its_days_that_is_still_to_come(
    days: list[int], starts_at: time, now: datetime
) -> None:
    at = usual_next(group_of(days, starts_at), after=now)
    on = timezone.localdate(at)
    assert at > now
    assert on.weekday() in days
    between = [on - timedelta(days=back) for back in range(1, (on - timezone.localdate(now)).days)]
    assert not [day for day in between if day.weekday() in days]


@given(DAYS, st.integers(0, 6))
def test_after_a_meeting_it_meets_on_its_next_day_at_the_same_hour(days: list[int], later: int) -> None:
    on = MONDAY + timedelta(days=later)
    found = after(days, on)
    assert on < found <= on + timedelta(days=7)
    assert found.weekday() in days or len(days) == 1


@pytest.mark.parametrize(
    ("days", "on", "expected"),
    [
        pytest.param([0], 0, 7, id="once a week, a week later"),
        pytest.param([0], 1, 8, id="moved once, a week after that"),
        pytest.param([0, 3], 0, 3, id="from Monday to Thursday"),
        pytest.param([0, 3], 3, 7, id="from Thursday to Monday"),
        pytest.param([0, 3], 4, 7, id="moved from Thursday to Friday"),
        pytest.param([0, 1], 1, 7, id="two days in a row"),
    ],
)
def test_the_day_after(days: list[int], on: int, expected: int) -> None:
    assert after(days, MONDAY + timedelta(days=on)) == MONDAY + timedelta(days=expected)


def test_a_group_that_meets_twice_a_week_is_sooner_without_a_date() -> None:
    rule, since = DRT.due_rules["date"], MONDAY
    first = {n: since + timedelta(days=n) for n in range(20)}
    assert dateless_severity(since, rule, first[4]) == Severity.WEEK
    assert dateless_severity(since, rule, first[4], per_week=2) == Severity.TODAY
    assert dateless_severity(since, rule, first[7]) == Severity.TODAY
    assert dateless_severity(since, rule, first[11], per_week=2) == Severity.NOW


def sent(world: World, **changed: Any) -> dict[str, Any]:
    """The form of a new group."""
    given = {"id": str(new_id()), "team": str(world.north.id), "curriculum": "drt", "name": "Twice", "kind": "open"}
    given |= {"starts_at": "10:00", "minutes": "60", "place": "office"}
    return {**given, "leaders": [str(world.staff["case_manager"].id)], **changed}


@pytest.mark.django_db
def test_the_form_takes_two_days_and_the_pages_say_both(world: World) -> None:
    ana = Browser()
    ana.force_login(world.staff["case_manager"])
    assert ana.post(reverse("delivery:group_new"), sent(world, weekdays=["3", "0"])).status_code == 302
    group = Group.objects.get(name="Twice")
    assert group.weekdays == (0, 3)
    for page in (reverse("delivery:groups"), reverse("delivery:group", args=[group.id])):
        assert b"Monday and Thursday, 10:00" in ana.get(page).content
    form = ana.get(reverse("delivery:group_change", args=[group.id])).content.decode()
    assert form.count("checked") >= 4  # two days, the kind, the place, the leader
    changed = {**sent(world, weekdays=["4"]), "name": "Once"}
    assert ana.post(reverse("delivery:group_change", args=[group.id]), changed).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.weekdays) == ("Once", (4,))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="no day"),
        pytest.param(["0", "2", "4"], id="three days"),
        pytest.param(["7"], id="a day that no week has"),
    ],
)
def test_no_day_and_three_days_are_told(world: World, days: list[str]) -> None:
    ana = Browser()
    ana.force_login(world.staff["case_manager"])
    answer = ana.post(reverse("delivery:group_new"), sent(world, weekdays=days))
    assert answer.status_code == 422
    assert not Group.objects.filter(name="Twice").exists()


@pytest.mark.django_db
def test_planning_offers_the_other_day(world: World) -> None:
    group, _members = with_members(world, 1, weekdays=(0, 3))
    ana = Browser()
    ana.force_login(world.staff["case_manager"])
    page = ana.get(reverse("delivery:meeting_plan", args=[group.id])).content.decode()
    on = timezone.localdate(usual_next(group, after=timezone.now()))
    assert f'value="{on.isoformat()}"' in page


@pytest.mark.django_db
def test_what_cannot_be_a_week_is_refused(world: World) -> None:
    for days in ((), (0, 1, 2), (8,)):
        with pytest.raises(InvalidGroup):
            make_drt_group(world, weekdays=days)
    group = make_drt_group(world, weekdays=(2, 2))
    assert group.weekdays == (2,)
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(id=group.id).update(second_weekday=1)
