"""Recording one client's session: the contact in the service log, the delivery, the status exam, and what each save
said. A session alone uses it as it is; a group meeting once for each member (`rounds`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmission.audit.services import record
from openmission.care.details import ContactDetails
from openmission.care.models import Appointment, Contact, SafetyConcern
from openmission.care.services.appointments import NewAppointment
from openmission.care.services.contacts import log_contact
from openmission.care.services.corrections import correct_contact
from openmission.care.services.safety import raise_concern
from openmission.curricula.rules import Curriculum
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.answers import (
    BLANK,
    InvalidAnswer,
    check_answers,
    details_of,
    merge_answers,
    stored_answers,
)
from openmission.delivery.events import DeliveryChanged, SessionDelivered
from openmission.delivery.models import Delivery, DeliveryVersion, GroupMeeting, StatusExam
from openmission.delivery.naming import check_note, check_words
from openmission.delivery.rules.exam import Exam, exam_from_answers, worries
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision
from openmission.kernel.errors import IdTaken
from openmission.kernel.ids import new_id
from openmission.kernel.merging import Conflict, tidied


@dataclass(frozen=True)
class Recorded:
    """What was saved; `conflicts`: answers that somebody else gave otherwise meanwhile (theirs stand); `changed`: the
    parts that this save changed; `concern`: the safety steps that a worrying answer opened.
    """

    delivery: Delivery
    conflicts: tuple[Conflict, ...] = ()
    changed: tuple[str, ...] = ()
    concern: SafetyConcern | None = None


@dataclass(frozen=True, kw_only=True)
class NewDelivery:
    """One session to record. `answers` as in `answers.BLANK`; `details` says when, how, where and who took part, the
    rest of it follows from the answers. `id` is the contact's to be; `meeting` of a group, or the `appointment` that it
    answers, and the next one. `knowing`: words that look like the name of somebody in a group with them are not.
    """

    curriculum: Curriculum
    session: str
    answers: Mapping[str, Any]
    details: ContactDetails
    id: UUID | None = None
    meeting: GroupMeeting | None = None
    appointment: Appointment | None = None
    next_appointment: NewAppointment | None = None
    knowing: bool = True


@transaction.atomic
def deliver_session(
    enrollment: Enrollment, *, new: NewDelivery, by: Actor, at: datetime, may: Decision | None = None
) -> Recorded:
    """Record one session of one client: contact, delivery and exam, all or nothing. A retry with the same contact id is
    one record; with the id of another session's it is refused. `may` as in `log_contact`. Raises `InvalidAnswer`,
    `IdTaken`, and what `log_contact` raises.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    curriculum = new.curriculum
    said = {"attendance": "present", **check_answers(new.answers, curriculum)}
    if new.session not in {each.slug for each in curriculum.sessions}:
        raise InvalidAnswer("session")
    if not new.knowing:
        check_words(by, enrollment, said)
    before, seen = _said_before(new, by)
    contact = log_contact(
        enrollment,
        details=details_of(said, replace(new.details, component=curriculum.component)),
        id=new.id,
        appointment=new.appointment,
        next_appointment=new.next_appointment,
        by=by,
        at=at,
        may=may,
    )
    if before:
        return change_delivery(before, answers=said, seen=seen, by=by, at=at, may=may)
    delivery = _write(contact, new, said)
    _keep(delivery, curriculum, said, by=by, at=at)
    event = SessionDelivered(
        client_id=enrollment.client_id,
        enrollment_id=enrollment.id,
        contact_id=contact.id,
        curriculum=curriculum.slug,
        session=new.session,
    )
    record(event, by=by, at=at)
    concern = _open_safety_steps(contact, enrollment, said, may, by=by, at=at)
    return Recorded(delivery, changed=tuple(said), concern=concern)


def _said_before(new: NewDelivery, by: Actor) -> tuple[Delivery | None, int]:
    """What this form has recorded already, and the newest of it that this person knows: what they said last."""
    before = Delivery.objects.filter(contact_id=new.id).first() if new.id else None
    if before is None:
        return None, 0
    if (before.curriculum, before.session) != (new.curriculum.slug, new.session):
        raise IdTaken
    own = before.versions.filter(by_id=by.id).order_by("-revision").first()
    return before, own.revision if own else 0


def _write(contact: Contact, new: NewDelivery, said: Mapping[str, Any]) -> Delivery:
    return Delivery.objects.create(
        id=new_id(),
        enrollment_id=contact.enrollment_id,
        client_id=contact.client_id,
        contact=contact,
        meeting=new.meeting,
        curriculum=new.curriculum.slug,
        version=new.curriculum.version,
        session=new.session,
        component=new.curriculum.component,
        late=said["attendance"] == "late",
        homework=said.get("homework", ""),
    )


@transaction.atomic
def change_delivery(
    delivery: Delivery,
    *,
    answers: Mapping[str, Any],
    seen: int,
    by: Actor,
    at: datetime,
    may: Decision | None = None,
    minutes: int = 0,
) -> Recorded:
    """Change what was recorded. `seen`: the revision that the person had before them (0: none). What somebody else said
    since then stays where only they changed it, and where both did; the latter is told. `minutes`: the length, should
    the client turn out to have been there. A record that was withdrawn stays as it is. Raises `InvalidAnswer`, and what
    `correct_contact` raises.
    """
    curriculum = shipped_curriculum(by, delivery.curriculum, delivery.version)
    said = check_answers(answers, curriculum)
    worried = {part: said.pop(part) for part in ("worried",) if part in said}
    enrollment = lock_enrollment(by, delivery.enrollment_id)
    contact = Contact.objects.select_for_update(of=("self",)).get(id=delivery.contact_id)
    current = Delivery.objects.get(id=delivery.id)
    if contact.withdrawn_at:
        return Recorded(current)
    base, stored = _base(current, seen), stored_answers(current, contact)
    merged, conflicts = merge_answers(base, stored, said)
    merged, changed = check_answers(merged, curriculum), _changed(stored, merged)
    if changed:
        _rewrite(current, curriculum, merged | worried, by=by, at=at)
        correct_contact(contact, details=_corrected(contact, stored, merged, minutes), by=by, at=at, may=may)
        _tell(current, changed, by=by, at=at)
    if said == base and not worried:
        return Recorded(current, conflicts, changed)
    heard = [merged | worried, said]  # an answer that does not stand worries all the same
    concerns = [_open_safety_steps(contact, enrollment, each, may, by=by, at=at) for each in heard]
    return Recorded(current, conflicts, changed, next(filter(None, concerns), None))


@transaction.atomic
def follow_contact(*, contact_id: UUID, by: Actor, at: datetime) -> None:
    """The contact of a session was corrected in the service log: what the record says now is its newest version, so
    that who saves the session later is compared with what they saw. Nothing for other contacts, or when all is known.
    Raises `NamesAnother` for a note of a group session.
    """
    delivery = Delivery.objects.select_related("contact", "exam").filter(contact_id=contact_id).first()
    if delivery is None:
        return
    said = stored_answers(delivery, delivery.contact)
    changed = _changed(_base(delivery, delivery.revision), said)
    if changed:
        if "note" in changed and delivery.meeting_id:
            check_note(by, delivery)
        delivery.revision += 1
        delivery.save(update_fields=["revision"])
        _keep_version(delivery, said, by=by, at=at)
        _tell(delivery, changed, by=by, at=at)


def _rewrite(delivery: Delivery, curriculum: Curriculum, said: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Before the contact is corrected: `follow_contact` then finds that all is known."""
    delivery.late, delivery.homework = said["attendance"] == "late", said.get("homework", "")
    delivery.revision += 1
    delivery.save(update_fields=["late", "homework", "revision"])
    _keep(delivery, curriculum, said, by=by, at=at)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(part for part in {*before, *after} if before.get(part) != after.get(part)))


def _tell(delivery: Delivery, changed: tuple[str, ...], *, by: Actor, at: datetime) -> None:
    ids = {"client_id": delivery.client_id, "enrollment_id": delivery.enrollment_id, "contact_id": delivery.contact_id}
    record(DeliveryChanged(**ids, fields=changed), by=by, at=at)


def _base(delivery: Delivery, seen: int) -> Mapping[str, Any]:
    """What the record said when the person opened it; that somebody was worried is an act, and nothing to undo."""
    version = delivery.versions.filter(revision=seen).first()
    said = json.loads(version.answers) if version else BLANK
    return {part: answer for part, answer in said.items() if part != "worried"}


def _corrected(contact: Contact, stored: Mapping[str, Any], said: Mapping[str, Any], minutes: int) -> ContactDetails:
    """The contact as it is, with what the answers say of it. A slip that was ticked by hand stays."""
    now = ContactDetails(
        at=contact.at,
        outcome=contact.outcome,
        mode=contact.mode,
        component=contact.component,
        minutes=contact.minutes or minutes,
        place=contact.place,
        with_whom=contact.with_whom,
        slip=contact.slip and not exam_from_answers(stored.get("exam", {})).used,
        staff_ids=tuple(contact.staff.values_list("user_id", flat=True)),
    )
    return details_of(said, now)


def _keep(delivery: Delivery, curriculum: Curriculum, said: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """The exam as it is now, and what this save said."""
    if curriculum.status_exam:
        exam = exam_from_answers(said.get("exam", {}))
        columns = {name: getattr(exam, name) for name in Exam.__slots__}
        columns |= {name: sorted(columns[name]) for name in ("substances", "supports", "passed")}
        StatusExam.objects.update_or_create(delivery=delivery, defaults=columns)
    _keep_version(delivery, said, by=by, at=at)


def _keep_version(delivery: Delivery, said: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    DeliveryVersion.objects.create(
        delivery=delivery,
        revision=delivery.revision,
        answers=json.dumps(tidied(dict(said))),
        at=at,
        by_id=by.id,
        by_name=by.name,
    )


def _open_safety_steps(
    contact: Contact,
    enrollment: Enrollment,
    said: Mapping[str, Any],
    may: Decision | None,
    *,
    by: Actor,
    at: datetime,
) -> SafetyConcern | None:
    """Open them for a worrying answer, or because the worker is worried; said again it is the same concern."""
    because = worries(exam_from_answers(said.get("exam", {})))
    if said.get("worried"):
        because = ("worried", *because)
    if not because:
        return None
    return raise_concern(enrollment, because=because, contact=contact, by=by, at=at, may=may)
