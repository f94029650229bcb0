"""Groups: made, changed, ended; members who join and leave."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.models.contact import Place
from openmission.curricula.selectors import Kind, newest_versions
from openmission.delivery.events import GroupChanged, GroupEnded, GroupMade, MemberJoined, MemberLeft
from openmission.delivery.models import Group, GroupLeader, GroupMeeting, GroupMember
from openmission.delivery.naming import check_leaving
from openmission.delivery.policies import can_join_group, can_lead_group, can_leave_group, can_make_group
from openmission.delivery.selectors.groups import lock_group
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.rows import said_before
from openmission.programs.selectors import program as read_program
from openmission.staff.models import Team
from openmission.staff.roles import CARE
from openmission.staff.selectors import colleagues


class InvalidGroup(DomainError):
    """Something about the group cannot be right; `field` says what."""


@dataclass(frozen=True, kw_only=True)
class GroupDetails:
    """A group as its form says it. `weekdays`: one or two, 0 is Monday; `minutes` 10 to 240; `leaders` are ids of
    colleagues.
    """

    name: str
    open: bool
    weekdays: tuple[int, ...]
    starts_at: time
    minutes: int
    place: str
    room: str
    leaders: tuple[UUID, ...]


@transaction.atomic
def make_group(
    *, team_id: UUID, curriculum: str, details: GroupDetails, by: Actor, at: datetime, id: UUID | None = None
) -> Group:
    """Make a standing group. A retry with the same id is one group. Raises `InvalidGroup`, `IdTaken`, `Refused`."""
    list(Team.objects.select_for_update(no_key=True).filter(id=team_id))  # the same form sent twice waits here
    require(can_make_group(by, team_id))
    if existing := said_before(Group, id, team_id=team_id, made_by=by.id):
        return existing
    if curriculum not in newest_versions(by, Kind.CURRICULUM):
        raise InvalidGroup(_("Choose what the group goes through."), field="curriculum")
    _check(details, team_id, by, at)
    group = Group.objects.create(
        id=id or new_id(),
        team_id=team_id,
        curriculum=curriculum,
        begins_on=timezone.localdate(at),
        made_at=at,
        made_by=by.id,
        **_columns(details),
    )
    GroupLeader.objects.bulk_create(GroupLeader(group=group, user_id=user_id) for user_id in details.leaders)
    record(GroupMade(group_id=group.id, leaders=details.leaders), by=by, at=at)
    return group


@transaction.atomic
def change_group(group: Group, *, details: GroupDetails, by: Actor, at: datetime) -> Group:
    """Change name, usual time, place or who leads; meetings planned already stay as they are. What `details` has as
    `group`, which the caller read, stays as it is now: a colleague's change at the same moment is not undone. Raises
    `InvalidGroup`, `Refused`.
    """
    current, before = lock_group(by, group.id), {leader.user_id for leader in group.leaders.all()}
    require(can_lead_group(by, current))
    _check(details, current.team_id, by, at)
    for name, value in _columns(details).items():
        if value != getattr(group, name):
            setattr(current, name, value)
    current.save()
    current.leaders.filter(user_id__in=before.difference(details.leaders)).delete()
    there = set(current.leaders.values_list("user_id", flat=True))
    new = [user_id for user_id in details.leaders if user_id not in before | there]
    GroupLeader.objects.bulk_create(GroupLeader(group=current, user_id=user_id) for user_id in new)
    record(GroupChanged(group_id=current.id, leaders=tuple(sorted({*there, *new}))), by=by, at=at)
    return current


@transaction.atomic
def end_group(group: Group, *, by: Actor, at: datetime) -> None:
    """End a group: meetings to come are cancelled and its members are in it no more; one that has begun can still be
    recorded. Twice is once. Raises `Refused`.
    """
    current = lock_group(by, group.id)
    require(can_lead_group(by, current))
    if current.ended_on:
        return
    current.ended_on = timezone.localdate(at)
    current.save(update_fields=["ended_on"])
    planned = current.meetings.filter(state=GroupMeeting.State.PLANNED, at__gt=at)
    planned.update(state=GroupMeeting.State.CANCELLED, closed_reason="")
    for member in current.members.filter(left_on=None):
        _leave(member, "", by=by, at=at)
    record(GroupEnded(group_id=current.id, ended_on=current.ended_on), by=by, at=at)


def _columns(details: GroupDetails) -> dict[str, object]:
    columns = {each.name: getattr(details, each.name) for each in fields(details)}
    first, *second = sorted(set(columns.pop("weekdays")))
    del columns["leaders"]
    return {**columns, "weekday": first, "second_weekday": second[0] if second else None}


def _check(details: GroupDetails, team_id: UUID, by: Actor, at: datetime) -> None:
    if not details.name.strip():
        raise InvalidGroup(_("Give the group a name."), field="name")
    if len(set(details.weekdays)) not in (1, 2) or not set(details.weekdays) <= set(range(7)):
        raise InvalidGroup(_("Choose one day of the week, or two."), field="weekdays")
    if not 10 <= details.minutes <= 240:
        raise InvalidGroup(_("From 10 to 240 minutes."), field="minutes")
    if details.place not in Place.values:
        raise InvalidGroup(_("Choose one."), field="place")
    if not details.leaders:
        raise InvalidGroup(_("Choose who leads the group, one or two of the team."), field="leaders")
    team = colleagues(by, team_ids=frozenset({team_id}), on=timezone.localdate(at), roles=CARE)
    if not set(details.leaders) <= {person.id for person in team}:
        raise InvalidGroup(_("Choose people of the team."), field="leaders")


@transaction.atomic
def join_group(group: Group, enrollment: Enrollment, *, by: Actor, at: datetime, on: date | None = None) -> GroupMember:
    """Bring a client into a group, today or from an earlier day `on`: who came unannounced, or stood on paper only. Who
    is in it since then stays as they are; who joined later was there earlier. A closed group takes nobody after its
    second meeting, as of that day. Raises `InvalidGroup`, `Refused`.
    """
    on = on or timezone.localdate(at)
    current, enrollment = lock_group(by, group.id), lock_enrollment(by, enrollment.id)
    require(can_join_group(by, current, enrollment, at))
    member = current.members.filter(enrollment=enrollment, left_on=None).first()
    if member and member.joined_on <= on:
        return member
    _check_new_member(current, enrollment, on, by)
    _check_day(current, enrollment, on, timezone.localdate(at))
    if member:
        member.joined_on = on
        member.save(update_fields=["joined_on"])
    else:
        member = GroupMember.objects.create(
            group=current, enrollment=enrollment, client_id=enrollment.client_id, joined_on=on
        )
    ids = {"client_id": enrollment.client_id, "enrollment_id": enrollment.id}
    record(MemberJoined(**ids, group_id=current.id, joined_on=on), by=by, at=at)
    return member


@transaction.atomic
def bring_into_group(
    group: Group, enrollments: Iterable[Enrollment], *, by: Actor, at: datetime, on: date | None = None
) -> None:
    """Bring several clients into a group, all or none. Raises as `join_group`."""
    for enrollment in sorted(enrollments, key=lambda each: each.id):
        join_group(group, enrollment, by=by, at=at, on=on)


def _check_new_member(group: Group, enrollment: Enrollment, on: date, by: Actor) -> None:
    components = read_program(by, enrollment.program_version_id).components
    if group.curriculum not in components:
        raise InvalidGroup(_("The client's program does not have these sessions."), field="member")
    held = group.meetings.filter(state=GroupMeeting.State.HELD, on__lt=on).count()
    if not group.open and held > 1:
        raise InvalidGroup(_("This group is closed: it takes no new members after its second meeting."), field="member")
    others = GroupMember.objects.filter(enrollment=enrollment, left_on=None, group__curriculum=group.curriculum)
    if others.exclude(group=group).exists():
        raise InvalidGroup(_("The client is in another group with the same sessions. Leave that one first."))


def _check_day(group: Group, enrollment: Enrollment, on: date, today: date) -> None:
    """A day of both the group and the client's program, none to come, and none of an earlier stay in the group."""
    if on > today:
        raise InvalidGroup(_("Choose today or an earlier day."), field="on")
    if on == today:
        return
    words = {"name": enrollment.client.short_name}
    stays = group.members.filter(enrollment=enrollment, left_on__gt=on).order_by("-left_on")
    if left_on := stays.values_list("left_on", flat=True).first():
        text = _("%(name)s was in this group until %(day)s. Choose that day or a later one.")
        raise InvalidGroup(text % (words | {"day": date_format(left_on, "j M Y")}), field="on")
    met = group.meetings.exclude(state=GroupMeeting.State.CANCELLED).order_by("on").values_list("on", flat=True).first()
    began = min(group.begins_on, met or group.begins_on)
    if on < began:
        text = _("The group began on %(day)s. Choose that day or a later one.")
        raise InvalidGroup(text % {"day": date_format(began, "j M Y")}, field="on")
    if on < enrollment.starts_on:
        words |= {"day": date_format(enrollment.starts_on, "j M Y")}
        raise InvalidGroup(_("%(name)s is in the program since %(day)s, not before.") % words, field="on")


@transaction.atomic
def leave_group(member: GroupMember, *, reason: str, by: Actor, at: datetime, knowing: bool = False) -> None:
    """A client leaves; what was recorded stays. Leaving costs no service. Twice is once. `knowing`: words of the reason
    that look like another member's name are not. Raises `NamesAnother`, `Refused`.
    """
    lock_group(by, member.group_id)
    current = GroupMember.objects.select_related("group", "enrollment").get(id=member.id)
    require(can_leave_group(by, current, at))
    if current.left_on is None:
        if not knowing:
            check_leaving(by, current.enrollment, reason)
        _leave(current, reason.strip(), by=by, at=at)


def _leave(member: GroupMember, reason: str, *, by: Actor, at: datetime) -> None:
    """From today on they are not expected; from tomorrow when the group has begun today, so that it can be recorded."""
    today = timezone.localdate(at)
    meetings = GroupMeeting.objects.filter(group_id=member.group_id, on=today, at__lte=at)
    begun = meetings.exclude(state=GroupMeeting.State.CANCELLED).exists()
    member.left_on, member.left_reason = today + timedelta(days=begun), reason
    member.save(update_fields=["left_on", "left_reason"])
    event = MemberLeft(client_id=member.client_id, group_id=member.group_id, enrollment_id=member.enrollment_id)
    record(event, by=by, at=at)


@transaction.atomic
def end_leading(*, user_id: UUID, team_id: UUID | None, by: Actor, at: datetime) -> None:
    """Somebody gives care in the team (None: anywhere) no more: they lead its groups no more, and a role that is given
    back brings none back.
    """
    rows = GroupLeader.objects.filter(user_id=user_id)
    for leader in (rows.filter(group__team_id=team_id) if team_id else rows).select_related("group"):
        group = leader.group
        leader.delete()
        left = tuple(group.leaders.values_list("user_id", flat=True))
        record(GroupChanged(group_id=group.id, leaders=left), by=by, at=at)


@transaction.atomic
def leave_all_groups(*, enrollment_id: UUID, by: Actor, at: datetime) -> None:
    """The program has ended for the client: they are in its groups no more."""
    for member in GroupMember.objects.filter(enrollment_id=enrollment_id, left_on=None):
        _leave(member, "", by=by, at=at)
