"""A session on a contact that is recorded already: by the other of the pair, or before anybody said which it was."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.care.details import ChangedMeanwhile, next_id
from openmission.care.models import Contact
from openmission.care.policies import can_log_contact
from openmission.care.selectors.clashes import recorded_alike
from openmission.care.services.appointments import make_appointment
from openmission.care.services.corrections import correct_contact
from openmission.clients.policies import charts_by_duty
from openmission.delivery.answers import details_now, how_of
from openmission.delivery.models import Delivery, DeliveryVersion
from openmission.delivery.selectors.history import may_be_session
from openmission.delivery.services.changes import Recorded, begin_delivery, change_delivery
from openmission.delivery.services.deliveries import NewDelivery
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError


class NotTheSame(DomainError):
    """A contact that cannot have been this session."""


@transaction.atomic
def add_to_contact(contact: Contact, *, new: NewDelivery, by: Actor, at: datetime) -> Recorded:
    """Say which session a recorded contact was, and add to it what this person says: what stands stays as it is, and
    what they say otherwise is told. Of `details` only who took part is taken, and only from who serves the client: who
    took part may correct and withdraw it. Saved twice it is saved once (`id` is the form's). Raises `NotTheSame`, also
    for a contact at another time, `NamesAnother`, `InvalidAnswer`, `Refused`.
    """
    enrollment = lock_enrollment(by, contact.enrollment_id)
    may = can_log_contact(by, enrollment, at)
    require(may)
    current = Contact.objects.select_for_update(of=("self",)).get(id=contact.id)
    current.enrollment = enrollment
    if current.withdrawn_at:
        raise ChangedMeanwhile(_("Somebody withdrew this contact while you had it open. Nothing was recorded."))
    again = new.id is not None and DeliveryVersion.objects.filter(delivery__contact=current, id=new.id).exists()
    then = again or current in recorded_alike(by, enrollment, new.details)
    if not then or not may_be_session(by, current, new.curriculum, new.session, form=new.id):
        raise NotTheSame(_("What is recorded there cannot have been this session. Record this one as another one."))
    delivery = Delivery.objects.filter(contact=current).first()
    if delivery is None:
        if current.component != new.curriculum.component:
            details = replace(details_now(current), component=new.curriculum.component)
            current = correct_contact(current, details=details, by=by, at=at)
        said = {"attendance": "present", "note": current.note, "session": new.session, "how": how_of(current)}
        delivery = begin_delivery(current, new.curriculum, new.session, said, by=by, at=at, may=may).delivery
    mine = {**new.answers}
    if charts_by_duty(by).filter(id=enrollment.client_id).exists():
        mine["how"] = {"staff": [str(id) for id in new.details.staff_ids]}
    saved = change_delivery(delivery, answers=mine, seen=new.id or 0, by=by, at=at, may=may, knowing=new.knowing)
    if new.next_appointment and new.id:
        make_appointment(enrollment, details=new.next_appointment, by=by, at=at, id=next_id(new.id), with_contact=True)
    return saved
