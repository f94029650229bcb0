"""Recording and reading the two logs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.template import Context, Template
from django.utils import timezone

from openmission.audit import access, selectors, services
from openmission.audit.models import Access, RecordedEvent
from openmission.audit.selectors import PAGE, LogFilter, Span
from openmission.kernel.actors import SYSTEM, Actor, Seat
from openmission.kernel.errors import Refused
from openmission.kernel.ids import new_id
from openmission.staff.events import CoverArranged, SignedIn, TeamCreated
from openmission.staff.roles import EVERYONE, PRIVACY_OFFICER

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA, PIA = new_id(), Actor(new_id(), "Pia", frozenset({Seat(PRIVACY_OFFICER)}))
DANA, LUIS = new_id(), new_id()


def look(client_id: UUID, at: datetime = AT, *, by: UUID = ANA, listed: bool = False, broken: bool = False) -> None:
    services.record_access({client_id: (listed, broken)}, page="desk:client", by=Actor(by, "Ana"), at=at)


def change(at: datetime = AT, *, by: UUID = ANA, name: str = "North") -> None:
    services.record(TeamCreated(team_id=new_id(), name=name), by=Actor(by, "Ana"), at=at)


def test_an_event_is_recorded_with_who_when_and_whom() -> None:
    event = SignedIn(user_id=ANA, client_id=DANA)
    services.record(event, by=Actor(ANA, "Ana"), at=AT)
    row = RecordedEvent.objects.get()
    assert (row.kind, row.at, row.by_id, row.by_name, row.client_id) == ("staff.SignedIn", AT, ANA, "Ana", DANA)
    assert row.data == {"user_id": str(ANA)}


def test_an_event_without_its_change_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(transaction.TransactionManagementError):
        services.record(SignedIn(user_id=ANA), by=SYSTEM, at=AT)


def test_looks_of_one_page_are_one_row_a_client_the_nearest_look_counts() -> None:
    access.begin()
    access.note([DANA, LUIS])
    access.note([DANA], listed=False, break_glass=True)
    access.note([DANA])
    assert access.collected() == {DANA: (False, True), LUIS: (True, False)}


def test_looks_outside_a_request_are_not_kept() -> None:
    access.note([DANA])
    access.begin()
    assert access.collected() == {}


def test_the_system_leaves_no_looks() -> None:
    services.record_access({DANA: (True, False)}, page="job", by=SYSTEM, at=AT)
    assert not Access.objects.exists()


@pytest.mark.parametrize("role", [role for role in EVERYONE if role != PRIVACY_OFFICER])
def test_only_the_privacy_officer_reads(role: str) -> None:
    viewer = Actor(new_id(), "Sam", frozenset({Seat(role)}))
    for read in (selectors.events, selectors.accesses):
        with pytest.raises(Refused, match="privacy officer"):
            read(viewer, LogFilter())
    with pytest.raises(Refused):
        selectors.opened_under_glass(viewer, [])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(LogFilter(), 5, id="everything"),
        pytest.param(LogFilter(client_id=DANA), 3, id="one client"),
        pytest.param(LogFilter(by_id=PIA.id), 1, id="one person"),
        pytest.param(LogFilter(break_glass=True), 1, id="emergency access"),
        pytest.param(LogFilter(first_on=date(2026, 3, 3)), 2, id="from a day on"),
        pytest.param(LogFilter(last_on=date(2026, 3, 2)), 3, id="until a day, that day too"),
        pytest.param(LogFilter(first_on=date(2026, 3, 3), last_on=date(2026, 3, 3)), 1, id="one day"),
        pytest.param(LogFilter(client_id=DANA, break_glass=True), 1, id="two questions"),
    ],
)
def test_the_looks_are_narrowed(asked: LogFilter, found: int) -> None:
    look(DANA)
    look(LUIS, AT + timedelta(minutes=1), listed=True)
    look(DANA, AT + timedelta(minutes=2), broken=True)
    look(DANA, datetime(2026, 3, 3, 23, 30, tzinfo=UTC), by=PIA.id or ANA)
    look(LUIS, datetime(2026, 3, 4, 0, 30, tzinfo=UTC))
    with timezone.override(UTC):
        assert len(selectors.accesses(PIA, asked).rows) == found


def test_a_day_is_a_day_of_the_agency() -> None:
    """Half past nine in the evening in New York is the next day in London."""
    look(DANA, datetime(2026, 3, 3, 2, 30, tzinfo=UTC))
    with timezone.override("America/New_York"):
        assert len(selectors.accesses(PIA, LogFilter(last_on=date(2026, 3, 2))).rows) == 1


def test_changes_are_narrowed_by_kind() -> None:
    change()
    services.record(SignedIn(user_id=ANA), by=Actor(ANA, "Ana"), at=AT)
    page = selectors.events(PIA, LogFilter(kind="staff.TeamCreated"))
    assert [row.kind for row in page.rows] == ["staff.TeamCreated"]


@pytest.mark.parametrize("spread", [timedelta(0), timedelta(seconds=1)], ids=["one moment", "one after the other"])
def test_older_rows_follow_without_a_gap(spread: timedelta) -> None:
    """Rows of one moment, such as a look at a list, may lie on both sides of a page's end."""
    for n in range(2 * PAGE + 7):
        change(AT + n * spread, name=f"Team {n}")
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = selectors.events(PIA, LogFilter(), after=after)
        seen, after, pages = seen + page.rows, page.older, pages + 1
    assert pages == 3
    assert [row.id for row in seen] == [row.id for row in RecordedEvent.objects.order_by("-at", "-id")]


def test_what_was_opened_in_an_emergency_belongs_to_who_opened_it_and_when() -> None:
    hour = timedelta(hours=1)
    span = Span(DANA, ANA, AT, AT + 4 * hour)
    other = Span(LUIS, ANA, AT, AT + 4 * hour)
    look(DANA, AT + hour, broken=True)
    look(DANA, AT + 2 * hour)
    look(DANA, AT + 3 * hour, by=new_id(), broken=True)
    look(DANA, AT + 5 * hour, broken=True)
    opened = selectors.opened_under_glass(PIA, [span, other])
    assert [row.at for row in opened[span]] == [AT + hour]
    assert opened[other] == []


@dataclass
class Stored:
    kind: str
    data: dict[str, object]


def test_an_event_is_told_in_a_sentence_with_its_days() -> None:
    people = {"absent_id": ANA, "absent": "Ana", "covering_id": ANA, "covering": "<Ben>"}
    event = CoverArranged(cover_id=ANA, **people, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 6))
    services.record(event, by=SYSTEM, at=AT)
    text = Template("{% load audit %}{% told row %}").render(Context({"row": RecordedEvent.objects.get()}))
    assert text == "&lt;Ben&gt; covers for Ana from Mon 2 Mar to Fri 6 Mar."


def test_an_event_of_a_room_that_is_gone_is_told_by_its_name() -> None:
    text = Template("{% load audit %}{% told row %}").render(Context({"row": Stored("moon.RocketLeft", {})}))
    assert text == "Rocket left"
