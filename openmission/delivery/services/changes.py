"""Beginning the record of one client's session, and changing it: here, in the round, or in the service log."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.details import ChangedMeanwhile, ContactDetails
from openmission.care.models import Contact, SafetyConcern
from openmission.care.services.corrections import correct_contact
from openmission.care.services.safety import raise_concern
from openmission.curricula.rules import Curriculum
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.answers import (
    ALONE,
    check_answers,
    details_now,
    details_of,
    how_of,
    merge_answers,
    stored_answers,
    unsaved,
    worrying,
)
from openmission.delivery.events import DeliveryChanged, SessionDelivered
from openmission.delivery.keeping import base_of
from openmission.delivery.models import Delivery, DeliveryVersion, GroupMeeting, StatusExam
from openmission.delivery.naming import check_note, check_words
from openmission.delivery.rules.exam import Exam, exam_from_answers
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision
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


def begin_delivery(
    contact: Contact,
    curriculum: Curriculum,
    session: str,
    said: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    meeting: GroupMeeting | None = None,
    may: Decision | None = None,
) -> Recorded:
    """Hang a session on its contact, with what was said first (`answers`). The caller has locked both."""
    delivery = Delivery.objects.create(
        id=new_id(),
        enrollment_id=contact.enrollment_id,
        client_id=contact.client_id,
        contact=contact,
        meeting=meeting,
        curriculum=curriculum.slug,
        version=curriculum.version,
        session=session,
        component=curriculum.component,
        late=said["attendance"] == "late",
        homework=said.get("homework", ""),
    )
    _keep(delivery, curriculum, said, by=by, at=at)
    ids = {"client_id": contact.client_id, "enrollment_id": contact.enrollment_id, "contact_id": contact.id}
    record(SessionDelivered(**ids, curriculum=curriculum.slug, session=session), by=by, at=at)
    concern = _open_safety_steps(contact, contact.enrollment, [said], may, by=by, at=at)
    return Recorded(delivery, changed=tuple(said), concern=concern)


@transaction.atomic
def change_delivery(
    delivery: Delivery,
    *,
    answers: Mapping[str, Any],
    seen: int | UUID,
    by: Actor,
    at: datetime,
    may: Decision | None = None,
    minutes: int = 0,
    details: ContactDetails | None = None,
    knowing: bool = True,
) -> Recorded:
    """Change what was recorded. `seen`: the revision that the person had before them (0: none; an id: `base_of`). What
    others said since stays where only they changed it, and where both did; the latter is told. `minutes`: the length,
    should the client have been there after all; `details` of a session alone: when, where and with whom (None: as it
    was); `knowing` as in `NewDelivery`. Of a withdrawn record what was said is told as not saved; it worries all the
    same. Raises `InvalidAnswer`, `NamesAnother`, `ChangedMeanwhile` (a session alone), and what `correct_contact` does.
    """
    curriculum = shipped_curriculum(by, delivery.curriculum, delivery.version)
    said = check_answers(answers, curriculum)
    worried = {"worried": True} if said.pop("worried", None) else {}
    enrollment = lock_enrollment(by, delivery.enrollment_id)
    contact, current = _lock(delivery)
    stored = stored_answers(current, contact)
    base = base_of(current, seen, stored, said)
    if contact.withdrawn_at:
        said = {} if said == base else said
        concern = _open_safety_steps(contact, enrollment, [said | worried], may, by=by, at=at)
        return Recorded(current, unsaved("withdrawn", said) if said else (), concern=concern)
    said = _alone(said, base, details, contact)
    if not knowing:
        check_words(by, enrollment, said, stored)
    merged, conflicts = merge_answers(base, stored, said)
    merged, changed = check_answers(merged, curriculum), _changed(stored, merged)
    if changed:
        _rewrite(current, curriculum, merged | worried, seen, by=by, at=at)
        correct_contact(contact, details=_corrected(contact, stored, merged, minutes), by=by, at=at, may=may)
        _tell(current, changed, by=by, at=at)
    heard = () if said == base and not worried else (merged | worried, said)  # what does not stand worries all the same
    return Recorded(current, conflicts, changed, _open_safety_steps(contact, enrollment, heard, may, by=by, at=at))


def _lock(delivery: Delivery) -> tuple[Contact, Delivery]:
    """Contact and record as they stand now. Raises `ChangedMeanwhile` for a session alone that was withdrawn."""
    contact = Contact.objects.select_for_update(of=("self",)).get(id=delivery.contact_id)
    current = Delivery.objects.get(id=delivery.id)
    if contact.withdrawn_at and not current.meeting_id:
        raise ChangedMeanwhile(_("Somebody withdrew this contact while you had it open. Nothing was corrected."))
    return contact, current


def _alone(
    said: Mapping[str, Any], base: Mapping[str, Any], details: ContactDetails | None, contact: Contact
) -> dict[str, Any]:
    """Of a session alone, which it was, when and where: as the person says, else as they had it before them. Nobody
    ticked means who recorded it, as in the service log.
    """
    said = {part: base[part] for part in ALONE if part in base} | dict(said)
    if details:
        said["how"] = how_of(replace(details, staff_ids=details.staff_ids or (contact.recorded_by,)))
    return said


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
    before = base_of(delivery, delivery.revision, said, said)
    changed = _changed(before, said)
    if changed:
        if "note" in changed and delivery.meeting_id:
            check_note(by, delivery, before.get("note", ""))
        delivery.revision += 1
        delivery.save(update_fields=["revision"])
        _keep_version(delivery, said, by=by, at=at)
        _tell(delivery, changed, by=by, at=at)


def _rewrite(
    delivery: Delivery, curriculum: Curriculum, said: Mapping[str, Any], seen: int | UUID, *, by: Actor, at: datetime
) -> None:
    """Before the contact is corrected: `follow_contact` then finds that all is known."""
    delivery.late, delivery.homework = said["attendance"] == "late", said.get("homework", "")
    delivery.session = said.get("session", delivery.session)
    delivery.revision += 1
    delivery.save(update_fields=["late", "homework", "session", "revision"])
    _keep(delivery, curriculum, said, seen, by=by, at=at)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(part for part in {*before, *after} if before.get(part) != after.get(part)))


def _tell(delivery: Delivery, changed: tuple[str, ...], *, by: Actor, at: datetime) -> None:
    ids = {"client_id": delivery.client_id, "enrollment_id": delivery.enrollment_id, "contact_id": delivery.contact_id}
    record(DeliveryChanged(**ids, fields=changed), by=by, at=at)


def _corrected(contact: Contact, stored: Mapping[str, Any], said: Mapping[str, Any], minutes: int) -> ContactDetails:
    """The contact as it is, with what the answers say of it. A slip that was ticked by hand stays."""
    slip = contact.slip and not exam_from_answers(stored.get("exam", {})).used
    return details_of(said, replace(details_now(contact), minutes=contact.minutes or minutes, slip=slip))


def _keep(
    delivery: Delivery,
    curriculum: Curriculum,
    said: Mapping[str, Any],
    seen: int | UUID = 0,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The exam as it is now, and what this save said (`seen` as in `base_of`)."""
    if curriculum.status_exam:
        exam = exam_from_answers(said.get("exam", {}))
        columns = {name: getattr(exam, name) for name in Exam.__slots__}
        columns |= {name: sorted(columns[name]) for name in ("substances", "supports", "passed")}
        StatusExam.objects.update_or_create(delivery=delivery, defaults=columns)
    _keep_version(delivery, said, seen, by=by, at=at)


def _keep_version(
    delivery: Delivery, said: Mapping[str, Any], seen: int | UUID = 0, *, by: Actor, at: datetime
) -> None:
    own = isinstance(seen, UUID) and not DeliveryVersion.objects.filter(id=seen).exists()
    DeliveryVersion.objects.create(
        id=seen if own else new_id(),
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
    heard: Iterable[Mapping[str, Any]],
    may: Decision | None,
    *,
    by: Actor,
    at: datetime,
) -> SafetyConcern | None:
    """Open them for a worrying answer, or because the worker is worried; said again it is the same concern."""
    because: dict[str, None] = {}
    for said in heard:
        because |= dict.fromkeys(worrying(said))
    if not because:
        return None
    return raise_concern(enrollment, because=tuple(because), contact=contact, by=by, at=at, may=may)
