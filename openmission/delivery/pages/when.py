"""When a group meets next."""

from datetime import datetime, timedelta

from django.utils import timezone

from openmission.delivery.models import Group, GroupMeeting
from openmission.kernel.fields import moment


def usual_next(group: Group, *, after: datetime) -> datetime:
    """The group's usual day and time, the next after a moment."""
    local = timezone.localtime(after)
    days = (group.weekday - local.weekday()) % 7
    at = local.replace(hour=group.starts_at.hour, minute=group.starts_at.minute, second=0, microsecond=0)
    at = at + timedelta(days=days)
    return at if at > local else at + timedelta(days=7)


def weekly_after(meeting: GroupMeeting) -> datetime:
    """The usual next time: a week later at the same hour of the clock."""
    local = timezone.localtime(meeting.at)
    return moment(local.date() + timedelta(days=7), local.time())
