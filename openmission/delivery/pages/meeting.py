"""One meeting: before it who is expected and how ready, after it what is recorded for each."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from openmission.care.selectors.contacts import readable_among
from openmission.curricula.rules import Curriculum, Session, Worksheet
from openmission.curricula.selectors import curriculum as read_curriculum
from openmission.curricula.selectors import worksheet
from openmission.delivery.answers import HERE
from openmission.delivery.models import GroupMeeting
from openmission.delivery.policies import can_lead_group
from openmission.delivery.rules.agenda import READY
from openmission.delivery.rules.course import Fit, fit
from openmission.delivery.rules.exam import exam_from_answers
from openmission.delivery.selectors.courses import known_of
from openmission.delivery.selectors.rounds import Expected, expected_members, note_shown, open_concerns
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One member at the meeting. `had`: they have had this session before; `lacking`: numbers of sessions that it
    builds on and that they have not had; `sheet`: the state of the worksheet; `open_chart`: the viewer may open it.
    `to_make_up`: they still lack the session that they missed; `concern`: safety steps that an answer of theirs opened
    and that are not done.
    """

    expected: Expected
    had: bool
    lacking: tuple[int, ...]
    sheet: str
    open_chart: bool
    concern: UUID | None
    to_make_up: bool

    @property
    def ready(self) -> bool:
        return self.sheet in READY

    @property
    def withdrawn(self) -> bool:
        return self.expected.withdrawn

    @property
    def attendance(self) -> str:
        """Empty before it is recorded, or when the record was withdrawn."""
        return str(self.expected.stored.get("attendance", ""))

    @property
    def open_items(self) -> int:
        """How many questions nobody answered or passed."""
        if self.attendance not in HERE or not hasattr(self.expected.delivery, "exam"):
            return 0
        return len(exam_from_answers(self.expected.stored.get("exam", {})).open_items)


@dataclass(frozen=True, slots=True)
class MeetingPage:
    curriculum: Curriculum
    session: Session
    seats: tuple[Seat, ...]
    fit: Fit
    may_lead: Decision
    may_run: bool
    on: date
    minutes: int
    sheets: tuple[Worksheet, ...]

    @property
    def unready(self) -> int:
        return sum(not seat.ready for seat in self.seats) if self.session.worksheets else 0

    @property
    def unrecorded(self) -> int:
        """Of how many nothing is recorded."""
        return sum(not seat.attendance for seat in self.seats)

    @property
    def worrying(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.concern)

    @property
    def newcomers(self) -> tuple[Seat, ...]:
        """Who is there for the first time, where others are not."""
        new = tuple(seat for seat in self.seats if seat.expected.new)
        return new if len(new) < len(self.seats) else ()

    @property
    def outside(self) -> bool:
        """More or fewer members than a group of it has."""
        size = self.curriculum.group
        return not size.least <= len(self.seats) <= size.most

    @property
    def odd_length(self) -> bool:
        """Shorter or longer than a meeting of it is."""
        size = self.curriculum.group
        return not size.least_minutes <= self.minutes <= size.most_minutes


def meeting_page(viewer: Actor, meeting: GroupMeeting, *, at: datetime) -> MeetingPage:
    """The same number of queries for any number of members. Who does not lead the group sees whom they serve."""
    curriculum = read_curriculum(viewer, meeting.group.curriculum, meeting.version)
    session, may = curriculum.session(meeting.session), can_lead_group(viewer, meeting.group)
    expected = expected_members(viewer, meeting)
    ids = [each.enrollment.id for each in expected]
    known = known_of(viewer, ids)
    reached = readable_among(viewer, ids, at=at)
    concerns = open_concerns(viewer, meeting)
    seats = []
    for each in expected:
        facts = known[each.enrollment.id]
        course = facts.course(curriculum.slug)
        done = {slug for slug, (first, _last) in course.done.items() if first < meeting.on}
        lacking = [curriculum.session(slug).number for slug in session.builds_on if slug not in done]
        state = facts.sheets.get(meeting.sheet, "")
        seat = Seat(
            expected=each,
            had=session.slug in done,
            lacking=tuple(lacking),
            sheet=state,
            open_chart=each.enrollment.id in reached,
            concern=concerns.get(each.enrollment.id),
            to_make_up=session.slug in course.missed,
        )
        seats.append(seat)
    shown = tuple(seat for seat in seats if may or seat.open_chart)
    note_shown(viewer, [seat.expected.client for seat in shown])
    members = [known[id].course(curriculum.slug).done.keys() for id in ids]
    sheets = tuple(worksheet(viewer, slug) for slug in session.worksheets)
    running = meeting.state != GroupMeeting.State.CANCELLED and meeting.on <= timezone.localdate(at)
    return MeetingPage(
        curriculum, session, shown, fit(session, members), may, running, meeting.on, meeting.minutes, sheets
    )
