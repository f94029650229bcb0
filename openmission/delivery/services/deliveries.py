"""Recording one client's session: the contact in the service log, the delivery, the status exam, and what each save
said. A session alone uses it as it is; a group meeting once for each member (`rounds`)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmission.care.details import ContactDetails, next_id
from openmission.care.models import Appointment, Contact
from openmission.care.services.appointments import NewAppointment, make_appointment
from openmission.care.services.contacts import log_contact
from openmission.curricula.rules import Curriculum
from openmission.delivery.answers import InvalidAnswer, check_answers, details_of, how_of
from openmission.delivery.keeping import said_in
from openmission.delivery.models import Delivery, GroupMeeting
from openmission.delivery.naming import check_words
from openmission.delivery.services.changes import Recorded, begin_delivery, change_delivery
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision
from openmission.kernel.errors import IdTaken
from openmission.kernel.rows import said_before


@dataclass(frozen=True, kw_only=True)
class NewDelivery:
    """One session to record. `answers` as in `answers.BLANK`; `details` says when, how, where and who took part, the
    rest of it follows from the answers. `id` is the contact's to be; `meeting` of a group, or the `appointment` that it
    answers, and the next one. `knowing`: words that look like the name of somebody in a group with them are not;
    `told`: as `knowing` in `log_contact`.
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
    told: frozenset[UUID] | None = None


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
    if new.session not in curriculum.slugs:
        raise InvalidAnswer("session")
    first = said_before(Contact, new.id, recorded_by=by.id, enrollment_id=enrollment.id, withdrawn_at=None)
    if first:
        return _again(first, new, said, by=by, at=at)
    if not new.knowing:
        check_words(by, enrollment, said)
    contact = log_contact(
        enrollment,
        details=details_of(said, replace(new.details, component=curriculum.component)),
        id=new.id,
        appointment=new.appointment,
        next_appointment=new.next_appointment,
        knowing=new.told,
        by=by,
        at=at,
        may=may,
    )
    if new.meeting is None:
        said |= {"session": new.session, "how": how_of(contact)}
    return begin_delivery(contact, new.curriculum, new.session, said, meeting=new.meeting, by=by, at=at, may=may)


def _again(contact: Contact, new: NewDelivery, said: Mapping[str, Any], *, by: Actor, at: datetime) -> Recorded:
    """The same form once more, perhaps late: it knows what it said the first time, and nothing that came since."""
    before = Delivery.objects.filter(contact=contact, curriculum=new.curriculum.slug).first()
    if before is None or said_in(before, 1).get("session", before.session) != new.session:
        raise IdTaken
    said = {**said, "session": new.session}
    saved = change_delivery(before, answers=said, details=new.details, knowing=new.knowing, seen=1, by=by, at=at)
    if following := new.next_appointment:
        make_appointment(contact.enrollment, details=following, by=by, at=at, id=next_id(contact.id), with_contact=True)
    return saved
