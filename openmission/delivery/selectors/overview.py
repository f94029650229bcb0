"""A group as its page shows it: who is in it and where each stands, what it does next, its meetings."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openmission.audit import access
from openmission.care.policies import served_enrollments
from openmission.care.selectors.contacts import readable_among
from openmission.clients.policies import charts_by_duty
from openmission.curricula.rules import Curriculum, Session
from openmission.curricula.selectors import curriculum as read_curriculum
from openmission.delivery.models import Group, GroupMeeting, GroupMember
from openmission.delivery.policies import can_lead_group, groups_in_reach
from openmission.delivery.rules.course import Course, Fit, fit, next_session, suggested
from openmission.delivery.selectors.courses import Known, known_of
from openmission.delivery.selectors.groups import members_of
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.kept import kept
from openmission.staff.roles import CASE_MANAGER

PAGE = 20
PLANNED = GroupMeeting.State.PLANNED
MOST_PLANNED = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """One member: where they stand; `next` is the first session that they have not had, `had` how many they have had;
    `open_chart`: the viewer may open the client's page.
    """

    member: GroupMember
    course: Course
    next: Session | None
    open_chart: bool
    had: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`coming` meetings that are planned, `past` a page of those held or cancelled, newest first; `older`: the address
    of the next page; `following`: what is suggested next, with what it is to the members; `hidden`: members whom the
    viewer does not serve and may not see.
    """

    group: Group
    curriculum: Curriculum
    leads: bool
    standings: tuple[Standing, ...]
    hidden: int
    coming: tuple[GroupMeeting, ...]
    past: tuple[GroupMeeting, ...]
    older: str
    following: Fit
    size: int

    @property
    def unled(self) -> bool:
        """Its sessions are led by a case manager, and none is among those who lead it."""
        return self.curriculum.led_by == CASE_MANAGER and not getattr(self.group, "case_managed", True)

    def fits(self, session: str) -> Fit:
        """What a session is to the members."""
        return fit(self.curriculum.session(session), [set(each.course.done) for each in self.standings])


def group_rows(viewer: Actor) -> QuerySet[Group]:
    """The groups of the viewer's teams that go on, by name, with how many are in each."""
    there = Count("members", filter=Q(members__left_on=None), distinct=True)
    rows = groups_in_reach(viewer).filter(ended_on=None).annotate(size=there)
    return rows.select_related("team").prefetch_related("leaders__user").order_by("name")


def overview(viewer: Actor, group: Group, *, at: datetime, start: int = 0) -> Overview:
    """The group's page. Who leads it sees every member; others those whose chart they may open; it notes the look.
    The same number of queries for any number of members and meetings. `start`: the past meeting to begin with.
    """
    planned = _planned(group.id)
    past, older = past_meetings(viewer, group, start)
    newest = past_meetings(viewer, group)[0] if start else past
    meetings = sorted([*planned, *newest], key=lambda each: each.at, reverse=True)
    curriculum = read_curriculum(viewer, group.curriculum, meetings[0].version if meetings else None)
    leads = bool(can_lead_group(viewer, group))
    members = members_of(viewer, group.id)
    ids = [member.enrollment_id for member in members]
    reached = readable_among(viewer, ids, at=at)
    known = known_of(viewer, ids)
    standings = [_standing(member, known[member.enrollment_id], curriculum, reached) for member in members]
    agreed = [meeting for meeting in meetings if meeting.state != GroupMeeting.State.CANCELLED]
    ahead = {meeting.session for meeting in planned}
    shown = tuple(each for each in standings if leads or each.open_chart)
    access.note(each.member.client_id for each in shown)
    return Overview(
        group=group,
        curriculum=curriculum,
        leads=leads,
        standings=shown,
        hidden=len(standings) - len(shown),
        coming=tuple(planned),
        past=tuple(past),
        older=older,
        following=suggested(
            curriculum, [ahead | set(each.course.done) for each in standings], agreed[0].session if agreed else None
        ),
        size=len(standings),
    )


def past_meetings(viewer: Actor, group: Group, start: int = 0) -> tuple[list[GroupMeeting], str]:
    """Twenty meetings that were held or cancelled, newest first, without the `start` newest; the next ones' address."""
    rows = list(_past_of(group.id)[start : start + PAGE + 1]) if start else _newest_past(group.id)
    return rows[:PAGE], f"?start={start + PAGE}" if len(rows) > PAGE else ""


def _past_of(group_id: UUID) -> QuerySet[GroupMeeting]:
    return GroupMeeting.objects.filter(group_id=group_id).exclude(state=PLANNED).order_by("-at", "-id")


@kept
def _newest_past(group_id: UUID) -> QuerySet[GroupMeeting]:
    return _past_of(group_id)[: PAGE + 1]


@kept
def _planned(group_id: UUID) -> QuerySet[GroupMeeting]:
    return GroupMeeting.objects.filter(group_id=group_id, state=PLANNED).order_by("at", "id")[:MOST_PLANNED]


def _standing(member: GroupMember, known: Known, curriculum: Curriculum, reached: set[UUID]) -> Standing:
    course = known.course(curriculum.slug)
    return Standing(
        member=member,
        course=course,
        next=next_session(curriculum, course.done.keys()),
        open_chart=member.enrollment_id in reached,
        had=len(course.done),
    )


def could_join(viewer: Actor, group: Group, *, at: datetime, on: date | None = None) -> list[Enrollment]:
    """Active clients of the group's team whom the viewer serves and who are in no running group with its sessions; as
    of an earlier day `on`, also who joined this one later. Whose program has the sessions is the service's question. By
    name; notes the look.
    """
    there = GroupMember.objects.filter(enrollment=OuterRef("id"), left_on=None, group__curriculum=group.curriculum)
    if on:
        there = there.exclude(group=group, joined_on__gt=on)
    by_duty = charts_by_duty(viewer).values("id")
    rows = served_enrollments(viewer, at).filter(~Exists(there), team_id=group.team_id, client_id__in=by_duty)
    found = list(rows.select_related("client").order_by("client__first_name", "client__last_name"))
    access.note(row.client_id for row in found)
    return found


def planned_after(viewer: Actor, meeting: GroupMeeting) -> GroupMeeting | None:
    """The group's next planned meeting after this one."""
    return next(iter(_planned_after(meeting.group_id, meeting.at)), None)


@kept
def _planned_after(group_id: UUID, at: datetime) -> QuerySet[GroupMeeting]:
    rows = GroupMeeting.objects.filter(group_id=group_id, state=PLANNED, at__gt=at)
    return rows.order_by("at")[:1]
