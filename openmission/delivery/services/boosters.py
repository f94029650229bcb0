"""A booster after a slip that was offered and not wanted: said, and taken back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.policies import can_plan
from openmission.delivery.events import BoosterDeclined, BoosterDeclineTakenBack
from openmission.delivery.models import DeclinedBooster
from openmission.delivery.selectors.history import ways_of
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id


class InvalidOffer(DomainError):
    """No booster is to be offered, or the day cannot be; `field` says what."""


@transaction.atomic
def decline_booster(
    enrollment: Enrollment, *, curriculum: str, offered_on: date, by: Actor, at: datetime
) -> DeclinedBooster:
    """The booster was offered on a day, from the slip to today, and the client did not want it: it is not asked for
    until the next slip. Said twice it is once. Raises `InvalidOffer`, `Refused`.
    """
    enrollment, today = lock_enrollment(by, enrollment.id), timezone.localdate(at)
    require(can_plan(by, enrollment, at))
    way = next((way for way in ways_of(by, enrollment, on=today) if way.curriculum.slug == curriculum), None)
    if way is None or way.booster_after is None:
        if said := _standing(enrollment, curriculum, offered_on):
            return said
        raise InvalidOffer(_("No booster is to be offered now. Look at the sessions."))
    if not way.booster_after <= offered_on <= today:
        text = _("Choose a day from %(day)s, when the slip was told of, to today.")
        raise InvalidOffer(text % {"day": date_format(way.booster_after, "j M Y")}, field="offered_on")
    declined = DeclinedBooster.objects.create(
        id=new_id(),
        enrollment=enrollment,
        client_id=enrollment.client_id,
        curriculum=curriculum,
        session=way.curriculum.after_use,
        after_on=way.booster_after,
        offered_on=offered_on,
        said_at=at,
        said_by=by.id,
        said_by_name=by.name,
    )
    record(BoosterDeclined(**_ids(declined), offered_on=offered_on), by=by, at=at)
    return declined


@transaction.atomic
def take_back_decline(enrollment: Enrollment, *, id: UUID, by: Actor, at: datetime) -> bool:
    """This word counts no more: the booster is asked for again while support is closer. False when it does not stand
    any more. Raises `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_plan(by, enrollment, at))
    declined = enrollment.declined_boosters.filter(id=id, taken_back_at=None).first()
    if declined is None:
        return False
    declined.taken_back_at = at
    declined.save(update_fields=["taken_back_at"])
    record(BoosterDeclineTakenBack(**_ids(declined)), by=by, at=at)
    return True


def _standing(enrollment: Enrollment, curriculum: str, offered_on: date) -> DeclinedBooster | None:
    """What was said of an offer of that day and stands."""
    rows = enrollment.declined_boosters.filter(curriculum=curriculum, taken_back_at=None, offered_on=offered_on)
    return rows.first()


def _ids(declined: DeclinedBooster) -> dict[str, Any]:
    names = ("client_id", "enrollment_id", "curriculum", "session")
    return {name: getattr(declined, name) for name in names}
