"""Group meetings: planned, moved, cancelled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.models.contact import Place
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.events import MeetingCancelled, MeetingHeld, MeetingPlanned
from openmission.delivery.models import Group, GroupMeeting
from openmission.delivery.naming import check_cancelling
from openmission.delivery.policies import can_lead_group
from openmission.delivery.selectors.groups import lock_group
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.rows import said_before


class InvalidMeeting(DomainError):
    """Something about the meeting cannot be right; `field` says what."""


@dataclass(frozen=True, kw_only=True)
class MeetingDetails:
    """When, how long, where, which session."""

    at: datetime
    minutes: int
    place: str
    room: str
    session: str


@transaction.atomic
def plan_meeting(
    group: Group, *, details: MeetingDetails, by: Actor, at: datetime, id: UUID | None = None
) -> GroupMeeting:
    """Plan a meeting with its session. A retry with the same id is one meeting. Raises `InvalidMeeting`, `IdTaken`,
    `Refused`.
    """
    current = lock_group(by, group.id)
    require(can_lead_group(by, current))
    if existing := said_before(GroupMeeting, id, group_id=current.id):
        return existing
    if current.ended_on:
        raise InvalidMeeting(_("This group has ended."))
    _check_free(current, details)
    columns = _columns(current, details, by, at)
    meeting = GroupMeeting.objects.create(id=id or new_id(), group=current, made_at=at, made_by=by.id, **columns)
    record(MeetingPlanned(group_id=current.id, meeting_id=meeting.id, starts_at=details.at), by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting(meeting: GroupMeeting, *, details: MeetingDetails, by: Actor, at: datetime) -> GroupMeeting:
    """Give a planned meeting another time, place or session. Twice is once. One that is moved to a day gone by counts
    as planned now: who left before is not expected. Raises `InvalidMeeting`, `Refused`.
    """
    group = lock_group(by, meeting.group_id)
    require(can_lead_group(by, group))
    current, columns = _planned(meeting), _columns(group, details, by, at)
    if all(getattr(current, name) == value for name, value in columns.items()):
        return current
    _check_free(group, details, current.id)
    if details.at < at and columns["on"] != current.on:
        current.made_at = at
    for name, value in columns.items():
        setattr(current, name, value)
    current.save()
    record(MeetingPlanned(group_id=group.id, meeting_id=current.id, starts_at=details.at), by=by, at=at)
    return current


@transaction.atomic
def cancel_meeting(meeting: GroupMeeting, *, reason: str, by: Actor, at: datetime, knowing: bool = False) -> None:
    """Cancel a planned meeting with a word of why; nobody has missed it. Said twice it is once. `knowing`: words of the
    reason that look like a member's name are not. Raises `InvalidMeeting`, `NamesAnother`, `Refused`.
    """
    group = lock_group(by, meeting.group_id)
    require(can_lead_group(by, group))
    again = group.meetings.filter(id=meeting.id, state=GroupMeeting.State.CANCELLED).first()
    if again and again.closed_reason == reason.strip():
        return
    current = _planned(meeting)
    if not reason.strip():
        raise InvalidMeeting(_("Say in a few words why it is cancelled."), field="reason")
    if not knowing:
        check_cancelling(by, group.id, reason)
    current.state, current.closed_reason = GroupMeeting.State.CANCELLED, reason.strip()
    current.save(update_fields=["state", "closed_reason"])
    record(MeetingCancelled(group_id=group.id, meeting_id=current.id), by=by, at=at)


@transaction.atomic
def complete_meeting(meeting: GroupMeeting, *, by: Actor, at: datetime) -> None:
    """Leave those of a held meeting who have no record without one: nothing more is to be recorded. Twice is once.
    Raises `InvalidMeeting`, `Refused`.
    """
    group = lock_group(by, meeting.group_id)
    require(can_lead_group(by, group))
    current = GroupMeeting.objects.get(id=meeting.id)
    if current.state != GroupMeeting.State.HELD:
        raise InvalidMeeting(_("Nobody is recorded yet. Say of each member whether they are here."))
    if not current.complete:
        current.complete = True
        current.save(update_fields=["complete"])
        record(MeetingHeld(group_id=group.id, meeting_id=current.id), by=by, at=at)


def _planned(meeting: GroupMeeting) -> GroupMeeting:
    """The meeting's row now. Raises `InvalidMeeting` when it is planned no more."""
    current = GroupMeeting.objects.get(id=meeting.id)
    if current.state != GroupMeeting.State.PLANNED:
        raise InvalidMeeting(_("Somebody recorded or cancelled this meeting meanwhile. Look at it first."))
    return current


def _check_free(group: Group, details: MeetingDetails, own: UUID | None = None) -> None:
    """Raise `InvalidMeeting` when another meeting of the group is planned for that moment."""
    if group.meetings.filter(state=GroupMeeting.State.PLANNED, at=details.at).exclude(id=own).exists():
        raise InvalidMeeting(_("A meeting is planned for this time already."), field="day")


def _columns(group: Group, details: MeetingDetails, by: Actor, at: datetime) -> dict[str, object]:
    """The row's columns. Raises `InvalidMeeting`."""
    if not at - timedelta(days=366) <= details.at <= at + timedelta(days=400):
        raise InvalidMeeting(_("Choose a day within a year."), field="day")
    if not 10 <= details.minutes <= 240:
        raise InvalidMeeting(_("From 10 to 240 minutes."), field="minutes")
    if details.place not in Place.values:
        raise InvalidMeeting(_("Choose one."), field="place")
    begun = group.meetings.order_by("made_at").values_list("version", flat=True).first()
    curriculum = shipped_curriculum(by, group.curriculum, begun)  # a group stays with the version that it began with
    session = next((each for each in curriculum.sessions if each.slug == details.session), None)
    if session is None:
        raise InvalidMeeting(_("Choose the session."), field="session")
    return {
        "at": details.at,
        "on": timezone.localdate(details.at),
        "minutes": details.minutes,
        "place": details.place,
        "room": details.room.strip(),
        "version": curriculum.version,
        "session": session.slug,
        "sheet": session.worksheets[0] if session.worksheets else "",
    }
