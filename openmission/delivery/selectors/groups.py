"""Reading groups and their meetings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.care.models.contact import WITHDRAWN
from openmission.care.policies import readable_enrollments
from openmission.clients.models import CareTeamMember
from openmission.delivery.models import Delivery, Group, GroupLeader, GroupMeeting, GroupMember
from openmission.delivery.policies import groups_in_reach, groups_led
from openmission.delivery.rules.agenda import READY
from openmission.delivery.rules.groups import unrecorded_since
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept
from openmission.staff.models import StaffRole
from openmission.staff.roles import CASE_MANAGER, PAIR, SUPERVISOR
from openmission.workbook.models import Entry

HELD = GroupMeeting.State.HELD


def lock_group(viewer: Actor, id: UUID) -> Group:
    """The group's row as it is now, locked for the caller's transaction, before any enrollment of a member."""
    return Group.objects.select_for_update(no_key=True).get(id=id)


def get_group(viewer: Actor, id: UUID) -> Group:
    """One group of the viewer's teams, with team and leaders. Raises `NotFound`."""
    rows = _group(viewer, id, timezone.localdate())
    if not rows:
        raise NotFound(_("There is no such group in your team."))
    return rows[0]


@kept
def _group(viewer: Actor, group_id: UUID, on: date) -> QuerySet[Group]:
    """`case_managed`: a case manager of the team is among those who lead it."""
    leaders = GroupLeader.objects.filter(group=OuterRef(OuterRef("id"))).values("user")
    held = StaffRole.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), team=OuterRef("team"), role=CASE_MANAGER)
    rows = groups_in_reach(viewer).filter(id=group_id).annotate(case_managed=Exists(held.filter(user__in=leaders)))
    return rows.select_related("team").prefetch_related("leaders__user")


def get_meeting(viewer: Actor, id: UUID) -> GroupMeeting:
    """One meeting with its group, of the viewer's teams. Raises `NotFound`."""
    rows = _meeting(viewer, id)
    if not rows:
        raise NotFound(_("There is no such group in your team."))
    return rows[0]


@kept
def _meeting(viewer: Actor, meeting_id: UUID) -> QuerySet[GroupMeeting]:
    rows = GroupMeeting.objects.filter(id=meeting_id, group__in=groups_in_reach(viewer))
    return rows.select_related("group__team").prefetch_related("group__leaders__user")


def usual_partner(viewer: Actor) -> UUID | None:
    """With whom of a pair the viewer serves most clients: who leads groups with them, unless they say otherwise."""
    own = CareTeamMember.objects.filter(user_id=viewer.id, until=None).values("enrollment_id")
    others = CareTeamMember.objects.filter(enrollment_id__in=own, until=None, role__in=PAIR).exclude(user_id=viewer.id)
    most = others.values("user_id").annotate(n=Count("id")).order_by("-n", "user_id").first()
    return most["user_id"] if most else None


def members_of(viewer: Actor, group_id: UUID) -> list[GroupMember]:
    """Who is in the group now, with client and enrollment, by name. The caller notes the look at whom it shows."""
    return _members(group_id)


@kept
def _members(group_id: UUID) -> QuerySet[GroupMember]:
    rows = GroupMember.objects.filter(group_id=group_id, left_on=None).select_related("client", "enrollment")
    return rows.order_by("client__first_name", "client__last_name", "id")


def get_member(viewer: Actor, id: UUID, *, at: datetime) -> GroupMember:
    """One who is in a group of the viewer's teams, whom they serve or whose group they lead. Raises `NotFound`."""
    served = readable_enrollments(viewer, at).values("id")
    rows = GroupMember.objects.filter(group__in=groups_in_reach(viewer)).select_related("group", "client", "enrollment")
    mine = rows.filter(Q(enrollment__in=served) | Q(group__in=groups_led(viewer)))
    member = mine.filter(id=id).first()
    if member is None:
        raise NotFound(_("There is no such member among those you serve."))
    access.note([member.client_id], listed=False)
    return member


@dataclass(frozen=True, slots=True)
class GroupDay:
    """A planned meeting of a running group (None: the group has no date), how many are expected and for how many the
    worksheet is not ready; or a held one, with how many of those who were expected have no record. `idle_since`: the
    day after which a group without one has had no date.
    """

    group: Group
    meeting: GroupMeeting | None
    expected: int
    unprepared: int
    idle_since: date
    unrecorded: int = 0


def group_days(viewer: Actor, *, on: date | None = None) -> list[GroupDay]:
    """The planned meetings of groups that the viewer leads, or a colleague whom they cover, and the running ones that
    have none; on a day also those that were held lately and in which members have no record. Two queries, however many.
    """
    since = unrecorded_since(on) if on else date.max
    groups: list[Any] = _led(viewer, since)
    meetings: list[Any] = _to_do([group.id for group in groups], since) if groups else []
    days = []
    for group in groups:
        own = [meeting for meeting in meetings if meeting.group_id == group.id]
        idle, held = group.held_on or group.begins_on, [meeting for meeting in own if meeting.state == HELD]
        days += [GroupDay(group, meeting, meeting.there, 0, idle, meeting.unrecorded) for meeting in held]
        for meeting in [each for each in own if each not in held] or ([] if group.ended_on else [None]):
            size, missing = (meeting.size, meeting.size - meeting.ready) if meeting else (0, 0)
            unprepared = missing if meeting and meeting.sheet else 0
            days.append(GroupDay(group, meeting, size, unprepared, idle))
    return days


@kept
def _led(viewer: Actor, since: date) -> QuerySet[Group]:
    """Groups that go on, or have a meeting without a record or one held since, with the day of the last held one."""
    held = GroupMeeting.objects.filter(group=OuterRef("id"), state=GroupMeeting.State.HELD).order_by("-at")
    left_alone = Q(leaders=None, team_id__in=viewer.teams(SUPERVISOR))  # nobody leads it: the supervisor's
    led = Q(leaders__user_id__in=viewer.acts_for) | left_alone
    open_ones = Q(state=GroupMeeting.State.PLANNED) | Q(state=HELD, complete=False, on__gte=since)
    left = GroupMeeting.objects.filter(open_ones, group=OuterRef("id"))
    rows = groups_in_reach(viewer).filter(led, Q(ended_on=None) | Exists(left)).distinct()
    return rows.annotate(held_on=Subquery(held.values("on")[:1]))


@kept
def _to_do(ids: list[UUID], on: date) -> QuerySet[GroupMeeting]:
    """The planned meetings of these groups in order, with the size of their group and for how many of it the latest
    filling of the worksheet is ready; and those held since the day `on` in which some of those who were `there` are
    `unrecorded`.
    """
    members = GroupMember.objects.filter(group=OuterRef("group_id"), left_on=None)
    same = Entry.objects.filter(enrollment=OuterRef("enrollment_id"), sheet=OuterRef("sheet"))
    entries = Entry.objects.filter(
        ~Exists(same.filter(taking__gt=OuterRef("taking"))),
        enrollment=OuterRef("enrollment_id"),
        sheet=OuterRef(OuterRef("sheet")),
        state__in=READY,
    ).exclude(state=Entry.State.READY, added__gt="")
    stayed = Q(left_on=None) | Q(left_on__gt=OuterRef("on")) & Q(left_on__gt=OuterRef("made_on"))
    there = GroupMember.objects.filter(stayed, group=OuterRef("group_id"), joined_on__lte=OuterRef("on"))
    recorded = Delivery.objects.filter(meeting=OuterRef(OuterRef("id")), enrollment=OuterRef("enrollment_id"))
    missing = there.filter(~Exists(recorded.exclude(contact__outcome=WITHDRAWN)))
    rows = GroupMeeting.objects.filter(group_id__in=ids).annotate(made_on=TruncDate("made_at")).order_by("at")
    return rows.filter(
        Q(state=GroupMeeting.State.PLANNED) | (Q(state=HELD, on__gte=on, complete=False) & Exists(missing))
    ).annotate(
        size=Coalesce(Subquery(_counted(members)), 0),
        ready=Coalesce(Subquery(_counted(members.filter(Exists(entries)))), 0),
        there=Coalesce(Subquery(_counted(there)), 0),
        unrecorded=Coalesce(Subquery(_counted(missing)), 0),
    )


def _counted(members: QuerySet[GroupMember]) -> QuerySet[GroupMember, Any]:
    return members.order_by().values("group").annotate(n=Count("enrollment_id", distinct=True)).values("n")
