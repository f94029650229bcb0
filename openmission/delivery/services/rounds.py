"""Recording a group meeting: one save writes a record for each member, with nobody else in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.details import ContactDetails
from openmission.care.models import SafetyConcern
from openmission.care.models.contact import Mode, Outcome
from openmission.care.services.safety import raise_concern
from openmission.curricula.rules import Curriculum, Session
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.answers import stored_answers, unsaved, worrying
from openmission.delivery.events import MeetingHeld
from openmission.delivery.models import Delivery, Group, GroupMeeting
from openmission.delivery.naming import NamesAnother, named_in
from openmission.delivery.policies import can_lead_group
from openmission.delivery.rules.homework import own_words
from openmission.delivery.selectors.groups import lock_group
from openmission.delivery.selectors.rounds import Expected, expected_members, former_members, former_names
from openmission.delivery.services.changes import Recorded, change_delivery
from openmission.delivery.services.deliveries import NewDelivery, deliver_session
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision, require
from openmission.kernel.errors import DomainError
from openmission.kernel.merging import Conflict, merge

HOMEWORK = "homework"


class CannotRecord(DomainError):
    """The meeting was cancelled, or is still to come."""


@dataclass(frozen=True, kw_only=True)
class MemberSaid:
    """What is recorded about one member (`answers.BLANK`; without a "note" that stays); `seen`: the revision that the
    person had before them; `knowing`: words that look like another member's name are not.
    """

    enrollment_id: UUID
    answers: Mapping[str, Any]
    seen: int = 0
    knowing: bool = False


@dataclass(frozen=True, kw_only=True)
class RoundSaid:
    """The whole round. `homework` goes to everybody, `homework_seen` is what the form showed of it, recorded
    or suggested; `minutes` it took,
    `staff_ids` who led it; `next_meeting`, with the id that it gets.
    """

    members: tuple[MemberSaid, ...]
    homework: str = ""
    homework_seen: str = ""
    homework_knowing: bool = False
    minutes: int
    staff_ids: tuple[UUID, ...] = ()
    next_meeting: MeetingDetails | None = None
    next_id: UUID | None = None


@dataclass(frozen=True)
class RoundSaved:
    """What was saved; `conflicts` by enrollment (None: the homework): answers that somebody else gave otherwise
    meanwhile, and that stay as they gave them; `concerns`: safety steps that worrying answers opened.
    """

    meeting: GroupMeeting
    conflicts: Mapping[UUID | None, tuple[Conflict, ...]] = field(default_factory=dict)
    concerns: tuple[SafetyConcern, ...] = ()


@transaction.atomic
def save_meeting(meeting: GroupMeeting, *, said: RoundSaid, by: Actor, at: datetime) -> RoundSaved:
    """Record a meeting, or change what was recorded: for each member their own contact, delivery and exam. Saved twice
    it is saved once; of two people at once neither loses an answer, and of whom left the group meanwhile it is told
    that nothing is saved. Raises `CannotRecord`, `NamesAnother`, `InvalidAnswer`, `InvalidMeeting`, `Refused`.
    """
    group = lock_group(by, meeting.group_id)
    may = can_lead_group(by, group)
    require(may)
    current = GroupMeeting.objects.get(id=meeting.id)
    _check_open(current, at)
    expected = {each.enrollment.id: each for each in expected_members(by, current, opened_at=at)}
    wanted = sorted((each for each in said.members if each.enrollment_id in expected), key=lambda m: m.enrollment_id)
    conflicts, concerns = _hear_gone(current, said, set(expected), may, by=by, at=at)
    if not wanted and conflicts:
        return RoundSaved(current, conflicts, tuple(concerns))
    if not wanted:
        raise CannotRecord(_("Nobody is recorded yet. Say of each member whether they are here."))
    curriculum = shipped_curriculum(by, group.curriculum, current.version)
    _check_names(wanted, said, expected, group.id, by)
    _check_homework(said, curriculum.session(current.session), expected, group.id, by)
    changed = current.state != GroupMeeting.State.HELD
    for one in wanted:
        saved = _save_one(one, expected[one.enrollment_id], current, curriculum, said, may, by=by, at=at)
        if saved.conflicts:
            conflicts[one.enrollment_id] = saved.conflicts
        if saved.concern and not saved.concern.closed_at:
            concerns.append(saved.concern)
        changed = changed or bool(saved.changed)
    before = current.homework
    if disputed := _hold(current, said, by):
        conflicts[None] = disputed
    _plan_next(group, said, by=by, at=at)
    if changed or current.homework != before:
        record(MeetingHeld(group_id=group.id, meeting_id=current.id), by=by, at=at)
    return RoundSaved(current, conflicts, tuple(concerns))


def _hear_gone(
    meeting: GroupMeeting, said: RoundSaid, expected: set[UUID], may: Decision, *, by: Actor, at: datetime
) -> tuple[dict[UUID | None, tuple[Conflict, ...]], list[SafetyConcern]]:
    """What was said of members who are not expected any more: it is not saved, and told. What worries opens the safety
    steps of the client all the same.
    """
    heard = {one.enrollment_id: one.answers for one in said.members if one.enrollment_id not in expected}
    conflicts: dict[UUID | None, tuple[Conflict, ...]] = {}
    concerns = []
    for gone in former_members(by, meeting, heard):
        answers = heard[gone.enrollment.id]
        conflicts[gone.enrollment.id] = unsaved("gone", answers)
        if because := worrying(answers):
            id = uuid5(meeting.id, str(gone.enrollment.id))  # of the same form again: what was closed stays closed
            known = SafetyConcern.objects.filter(id=id).first()
            if known is None or known.closed_at is None:
                new = None if known else id
                concerns.append(
                    raise_concern(gone.enrollment, because=because, contact=None, by=by, at=at, id=new, may=may)
                )
    return conflicts, concerns


def _plan_next(group: Group, said: RoundSaid, *, by: Actor, at: datetime) -> None:
    """The next meeting, unless one is planned for that very moment: two who close the round together mean the same."""
    following = said.next_meeting
    planned = group.meetings.filter(state=GroupMeeting.State.PLANNED)
    if following and not planned.filter(at=following.at).exists():
        plan_meeting(group, details=following, by=by, at=at, id=said.next_id)


def _check_open(meeting: GroupMeeting, at: datetime) -> None:
    """Raise `CannotRecord` for a meeting that was cancelled, or whose day is still to come."""
    if meeting.state == GroupMeeting.State.CANCELLED:
        raise CannotRecord(_("This meeting was cancelled. Plan a new one to record it."))
    if meeting.on > timezone.localdate(at):
        raise CannotRecord(_("This meeting is still to come."))


def _hold(meeting: GroupMeeting, said: RoundSaid, by: Actor) -> tuple[Conflict, ...]:
    """The meeting is held, with its homework; the homework that a colleague gave otherwise meanwhile stays."""
    seen, mine = (_lines(text) for text in (said.homework_seen, said.homework))
    stored = _lines(meeting.homework) if meeting.state == GroupMeeting.State.HELD else seen
    homework, disputed = merge(seen, stored, mine)
    if meeting.state != GroupMeeting.State.HELD:
        meeting.minutes = said.minutes
    meeting.homework, meeting.state = homework or "", GroupMeeting.State.HELD
    if meeting.held_by is None:
        meeting.held_by, meeting.held_by_name = by.id, by.name
    meeting.save(update_fields=["minutes", "homework", "state", "held_by", "held_by_name"])
    return disputed


def _lines(text: str) -> str:
    """A text with its lines ended in one way; browsers send two letters for each end."""
    return text.replace("\r\n", "\n").strip()


def _save_one(
    one: MemberSaid,
    expected: Expected,
    meeting: GroupMeeting,
    curriculum: Curriculum,
    said: RoundSaid,
    may: Decision,
    *,
    by: Actor,
    at: datetime,
) -> Recorded:
    """One member's record. What was withdrawn as a mistake stays so, unless who saw that it was records anew."""
    again = expected.withdrawn and one.seen == expected.revision
    if again:
        Delivery.objects.filter(meeting=meeting, enrollment=expected.enrollment).update(meeting=None)
    elif expected.delivery:
        return _change_one(expected.delivery, one, expected, said.minutes, may, by=by, at=at)
    details = ContactDetails(
        at=min(meeting.at, at),
        outcome=Outcome.MET,
        mode=Mode.IN_PERSON,
        component=curriculum.component,
        minutes=said.minutes,
        place=meeting.place,
        staff_ids=said.staff_ids,
    )
    new = NewDelivery(
        curriculum=curriculum, session=meeting.session, answers=one.answers, details=details, meeting=meeting
    )
    return deliver_session(expected.enrollment, new=new, by=by, at=at, may=may)


def _change_one(
    delivery: Delivery, one: MemberSaid, expected: Expected, minutes: int, may: Decision, *, by: Actor, at: datetime
) -> Recorded:
    """A note of which nothing is said stays; so does one that is not for this person, and theirs goes beside it."""
    note, shown, stored = one.answers.get("note"), expected.shows_note(by), expected.stored.get("note", "")
    answers = {**one.answers, "note": note if shown and note is not None else stored}
    saved = change_delivery(delivery, answers=answers, seen=one.seen, by=by, at=at, may=may, minutes=minutes)
    if shown or not note:
        return saved
    added = _add_note(delivery.id, _lines(note), may, by=by, at=at)
    return replace(saved, changed=(*saved.changed, *added.changed)) if added else saved


def _add_note(id: UUID, note: str, may: Decision, *, by: Actor, at: datetime) -> Recorded | None:
    """Put a note beside what stands, with the name of who wrote it; nothing when it stands already, or stood there when
    they opened it.
    """
    current = Delivery.objects.select_related("contact", "exam").get(id=id)
    stored, own = stored_answers(current, current.contact), f"{by.name}: {note}"
    before = stored.get("note", "")
    known = {json.loads(version.answers).get("note") for version in current.versions.all()}
    if note in known or own in before:
        return None
    answers = {**stored, "note": f"{before}\n\n{own}" if before else own}
    return change_delivery(current, answers=answers, seen=current.revision, by=by, at=at, may=may)


def _check_names(
    wanted: Sequence[MemberSaid], said: RoundSaid, expected: Mapping[UUID, Expected], group_id: UUID, by: Actor
) -> None:
    """Raise `NamesAnother` for a text that has another member's name in it, unless the person says it is not them. Only
    what is new: a text that stands already was asked about when it was written.
    """
    gone = former_names(by, group_id, set(expected))
    for one in wanted:
        others = {each.client.id: each.names for id, each in expected.items() if id != one.enrollment_id} | gone
        theirs = expected[one.enrollment_id]
        for part in ("note", HOMEWORK):
            if one.knowing or one.answers.get(part) == theirs.stored.get(part):
                continue
            if found := named_in(by, str(one.answers.get(part, "")), others, theirs.names):
                raise NamesAnother(one.enrollment_id, found, part)


def _check_homework(
    said: RoundSaid, session: Session, expected: Mapping[UUID, Expected], group_id: UUID, by: Actor
) -> None:
    """The same of what all take home, where it is new and not the session's own words."""
    if (
        said.homework_knowing
        or said.homework.strip() == said.homework_seen.strip()
        or own_words(session, said.homework)
    ):
        return
    everybody = {each.client.id: each.names for each in expected.values()}
    if found := named_in(by, said.homework, everybody | former_names(by, group_id, set(expected))):
        raise NamesAnother(None, found, HOMEWORK)
