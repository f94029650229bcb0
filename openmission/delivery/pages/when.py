"""When a group meets next."""

from datetime import datetime, timedelta

from django.utils import timezone

from openmission.delivery.models import Group, GroupMeeting
from openmission.kernel.fields import moment


def usual_next(group: Group, *, after: datetime) -> datetime:
    """The group's usual days and time, the next after a moment."""
    local = timezone.localtime(after)
    days = (local.date() + timedelta(days=ahead) for ahead in range(8))
    usual = (moment(day, group.starts_at) for day in days if day.weekday() in group.weekdays)
    return next(at for at in usual if at > after)


def usual_after(meeting: GroupMeeting) -> datetime:
    """When the group meets after this meeting, at the same hour of the clock: a week later, or on the next of its two
    days.
    """
    local, days = timezone.localtime(meeting.at), meeting.group.weekdays
    ahead = 7 if len(days) == 1 else min((day - local.weekday() - 1) % 7 + 1 for day in days)
    return moment(local.date() + timedelta(days=ahead), local.time())
