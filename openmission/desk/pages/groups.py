"""The groups that the viewer leads, as lines of My day: to run, to record, to give a date."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.models import GroupMeeting
from openmission.delivery.rules.groups import dateless_severity, meeting_severity
from openmission.delivery.selectors.groups import GroupDay, group_days
from openmission.delivery.words import session_name
from openmission.desk.pages.lines import TONES
from openmission.kernel.actors import Actor
from openmission.kernel.addresses import address
from openmission.kernel.days import short_day
from openmission.programs.rules import Severity


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group with what it asks for; `time` is that of a meeting today."""

    tone: str
    time: str
    name: str
    url: str
    what: str
    action_url: str
    action_label: str
    main: bool


def group_lines(viewer: Actor, *, on: date) -> list[GroupLine]:
    """Two queries, however many groups."""
    lines = (_line(viewer, day, on) for day in group_days(viewer, on=on))
    return sorted((line for line in lines if line), key=lambda line: (not line.time, line.time, line.name))


def _line(viewer: Actor, day: GroupDay, on: date) -> GroupLine | None:
    meeting, url = day.meeting, address("delivery:group", day.group.id)
    curriculum = shipped_curriculum(viewer, day.group.curriculum, meeting.version if meeting else None)
    if meeting is None:
        per_week = len(day.group.weekdays)
        severity = dateless_severity(day.idle_since, curriculum.due_rules["date"], on, per_week=per_week)
        what, action = _("It has no date for its next meeting."), address("delivery:meeting_plan", day.group.id)
        label, time = _("Plan the next meeting"), ""
    elif day.unrecorded:
        severity, time, label = Severity.TODAY, "", _("Record it")
        what = _lacking(day, meeting, session_name(curriculum, curriculum.session(meeting.session)))
        action = address("delivery:run", meeting.id)
    else:
        severity, today = meeting_severity(meeting.on, on), meeting.on == on
        what = _what(day, session_name(curriculum, curriculum.session(meeting.session)), on)
        action = address("delivery:run" if meeting.on <= on else "delivery:meeting", meeting.id)
        label = _("Run group") if today else _("Record it") if meeting.on < on else _("Open")
        time = f"{timezone.localtime(meeting.at):%H:%M}" if today else ""
    if severity is None:
        return None
    tone = TONES[severity]
    return GroupLine(tone, time, day.group.name, url, what, action, label, main=tone in ("now", "today"))


def _lacking(day: GroupDay, meeting: GroupMeeting, session: str) -> str:
    text = ngettext("%(n)s of %(all)s is not recorded yet.", "%(n)s of %(all)s are not recorded yet.", day.unrecorded)
    return f"{session}, {short_day(meeting.on)}: {text % {'n': day.unrecorded, 'all': day.expected}}"


def _what(day: GroupDay, session: str, on: date) -> str:
    meeting = day.meeting
    assert meeting is not None
    if meeting.on < on:
        text = _("%(session)s was on %(day)s: no record yet.") % {"session": session, "day": short_day(meeting.on)}
        return text
    said = [session, ngettext("%(n)s expected", "%(n)s expected", day.expected) % {"n": day.expected}]
    if day.unprepared:
        text = ngettext("%(n)s worksheet not ready", "%(n)s worksheets not ready", day.unprepared)
        said.append(text % {"n": day.unprepared})
    if meeting.on > on:
        said.insert(0, f"{short_day(meeting.on)}, {timezone.localtime(meeting.at):%H:%M}")
    return " · ".join(said)
