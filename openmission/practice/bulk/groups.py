"""Standing groups: each pair leads one, some lead two; they meet every week, and one has its meeting today."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from openmission.audit.models import RecordedEvent
from openmission.delivery.answers import ATTENDANCE
from openmission.delivery.models import Group, GroupLeader, GroupMeeting, GroupMember
from openmission.practice.bulk.contacts import Meeting, log
from openmission.practice.bulk.people import Pair, Served, Staff, noon
from openmission.practice.bulk.sessions import curriculum_of, deliver
from openmission.practice.bulk.starts import say
from openmission.practice.bulk.tables import Tables, make_id
from openmission.practice.rules.sessions import in_group

SIZE, BEFORE, WEEKS, MINUTES = 8, 2, 7, 60


@dataclass
class Circle:
    """A group while it goes on. It meets on the days that lie whole weeks before `next_on`."""

    number: int
    id: UUID
    pair: Pair
    members: list[Served]
    next_on: date
    joined: set[UUID] = field(default_factory=set)
    held: int = 0
    next_id: UUID | None = None

    @property
    def begins_on(self) -> date:
        return self.next_on - timedelta(weeks=WEEKS)


def invent_groups(groups: int, staff: Staff, people: list[Served], today: date) -> list[Circle]:
    """Eight clients of a pair each, passing over its first two; the first group meets today, the others this week."""
    of_pair: dict[UUID, list[Served]] = {}
    for served in people:
        of_pair.setdefault(served.pair.case_manager.id, []).append(served)
    found: list[Circle] = []
    for turn in range(2):
        for pair in staff.pairs[: groups - len(found)]:
            first = BEFORE + turn * SIZE
            number, members = len(found), of_pair.get(pair.case_manager.id, [])[first : first + SIZE]
            next_on = today + timedelta(days=number % 7)
            found.append(Circle(number, make_id(noon(today)), pair, members, next_on))
    return found


def meet_in_groups(tables: Tables, circles: list[Circle], day: date, today: date, chance: Random) -> None:
    """What groups do on that day: begin, take in who is served by now, meet. The next meeting is planned at the end."""
    for circle in circles:
        if day == circle.begins_on:
            _begin(tables, circle)
        elif day > circle.begins_on and day < today and (circle.next_on - day).days % 7 == 0:
            _join(tables, circle, day)
            _hold(tables, circle, _plan(tables, circle, day, "held"), day, chance)
        if day == today:
            _join(tables, circle, day)
            circle.next_id = _plan(tables, circle, circle.next_on, "planned", day - timedelta(days=1))


def _begin(tables: Tables, circle: Circle) -> None:
    by, at = circle.pair.case_manager, noon(circle.begins_on)
    tables.add(
        Group,
        id=circle.id,
        team_id=circle.pair.team_id,
        curriculum="drt",
        name=f"Group {circle.number}",
        weekday=circle.next_on.weekday(),
        starts_at=time(12),
        minutes=MINUTES,
        place="office",
        begins_on=circle.begins_on,
        made_at=at,
        made_by=by.id,
    )
    for worker in (by, circle.pair.peer):
        tables.add(GroupLeader, id=make_id(at), group_id=circle.id, user_id=worker.id)
    _tell(tables, "delivery.GroupMade", circle, at, leaders=[by.id, circle.pair.peer.id])


def _tell(tables: Tables, kind: str, circle: Circle, at: datetime, **more: Any) -> None:
    """The event of a group, which is about no client."""
    by, data = circle.pair.case_manager, {"group_id": circle.id, **more}
    tables.add(RecordedEvent, id=make_id(at), kind=kind, at=at, by_id=by.id, by_name=by.name, data=data)


def _join(tables: Tables, circle: Circle, day: date) -> None:
    at, by = noon(day), circle.pair.case_manager
    for served in circle.members:
        if served.starts_on < day and served.enrollment_id not in circle.joined:
            circle.joined.add(served.enrollment_id)
            ids = {"group_id": circle.id, "enrollment_id": served.enrollment_id}
            tables.add(GroupMember, id=make_id(at), client_id=served.client_id, joined_on=day, **ids)
            say(tables, "delivery.MemberJoined", served.client_id, by, at, **ids, joined_on=day)


def _plan(tables: Tables, circle: Circle, day: date, state: str, made_on: date | None = None) -> UUID:
    at, by, curriculum = noon(day), circle.pair.case_manager, curriculum_of("drt")
    made_at, session = noon(made_on or day) - timedelta(hours=2), curriculum.sessions[circle.held % 13]
    meeting_id, held = make_id(made_at), state == "held"
    tables.add(
        GroupMeeting,
        id=meeting_id,
        group_id=circle.id,
        at=at,
        on=day,
        minutes=MINUTES,
        place="office",
        version=curriculum.version,
        session=session.slug,
        sheet=session.worksheets[0],
        state=state,
        homework=session.homework[0].en if held else "",
        made_at=made_at,
        made_by=by.id,
        held_by=by.id if held else None,
        held_by_name=by.name if held else "",
    )
    _tell(tables, "delivery.MeetingPlanned", circle, made_at, meeting_id=meeting_id, starts_at=at)
    return meeting_id


def _hold(tables: Tables, circle: Circle, meeting_id: UUID, day: date, chance: Random) -> None:
    """Everybody's own record of one meeting."""
    curriculum, pair, at = curriculum_of("drt"), circle.pair, noon(day)
    session = curriculum.sessions[circle.held % 13]
    circle.held += 1
    for served in circle.members:
        if served.enrollment_id not in circle.joined:
            continue
        said = in_group(chance)
        outcome = ATTENDANCE[said["attendance"]].value
        slip = said.get("exam", {}).get("use") == "used"
        met = Meeting(at, outcome, "drt", MINUTES if outcome == "met" else 0, "office", said["note"], slip)
        contact_id = log(tables, served, met, (pair.case_manager, pair.peer))
        deliver(tables, served, contact_id, met, (curriculum, session.slug, meeting_id), said, pair.case_manager)
    _tell(tables, "delivery.MeetingHeld", circle, at + timedelta(minutes=40), meeting_id=meeting_id)
