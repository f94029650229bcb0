"""Putting a due item off with a reason, or handing it to a colleague. It never just goes."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.events import DeferralUndone, DueItemDeferred, DueItemHanded
from openmission.care.models import Deferral
from openmission.care.policies import can_plan, care_roles, running_covers
from openmission.care.rules.agenda import may_wait
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.staff.models import User
from openmission.staff.roles import SUPERVISOR
from openmission.staff.viewers import actor_for

LONGEST_DAYS = 30


class InvalidDeferral(DomainError):
    """No reason, or a day that is not within the next month."""


def _check(until_on: date, reason: str, at: datetime) -> None:
    today = timezone.localdate(at)
    if not today < until_on <= today + timedelta(days=LONGEST_DAYS):
        raise InvalidDeferral(_("Choose a day within the next 30 days."), field="until_on")
    if not reason.strip():
        raise InvalidDeferral(_("Say in a few words why it can wait."), field="reason")


@transaction.atomic
def defer_item(
    enrollment: Enrollment,
    *,
    item_key: str,
    weight: int,
    need_on: date,
    until_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Deferral:
    """Put a due item off until a day; it comes back then, or earlier when it grows worse. `weight` and `need_on` are
    the item's now. Raises `InvalidDeferral`, also for what never waits.
    """
    if not may_wait(item_key):
        raise InvalidDeferral(_("The safety steps cannot wait. Hand them to a colleague who has the time now."))
    require(can_plan(by, lock_enrollment(by, enrollment.id), at))
    _check(until_on, reason, at)
    deferral = _write(enrollment, "later", item_key, weight, need_on, until_on, reason, None, by=by, at=at)
    event = DueItemDeferred(
        client_id=enrollment.client_id, enrollment_id=enrollment.id, item_key=item_key, until_on=until_on
    )
    record(event, by=by, at=at)
    return deferral


@transaction.atomic
def hand_item(
    enrollment: Enrollment,
    *,
    item_key: str,
    weight: int,
    need_on: date,
    until_on: date,
    reason: str,
    to: User,
    by: Actor,
    at: datetime,
) -> Deferral:
    """Hand a due item until a day to a colleague who has the client in reach: the partner, who covers, the supervisor.
    Who covers has it until the day after the cover at most. Raises `InvalidDeferral`, `Refused`.
    """
    require(can_plan(by, lock_enrollment(by, enrollment.id), at))
    _check(until_on, reason, at)
    _check_colleague(enrollment, until_on, to, by=by, at=at)
    deferral = _write(enrollment, "handed", item_key, weight, need_on, until_on, reason, to, by=by, at=at)
    event = DueItemHanded(
        client_id=enrollment.client_id,
        enrollment_id=enrollment.id,
        item_key=item_key,
        to_user_id=to.id,
        until_on=until_on,
    )
    record(event, by=by, at=at)
    return deferral


def _check_colleague(enrollment: Enrollment, until_on: date, to: User, *, by: Actor, at: datetime) -> None:
    today = timezone.localdate(at)
    actor, team = actor_for(to, on=today), care_roles(enrollment.id)
    serves = to.id in team or enrollment.team_id in actor.teams(SUPERVISOR)
    ends_on = running_covers(team, today).filter(covering=to).aggregate(last=Max("ends_on"))["last"]
    if to.id == by.id or not (serves or ends_on) or not can_plan(actor, enrollment, at):
        raise InvalidDeferral(
            _("Choose a colleague who serves or covers this client now; only they can see it."), field="to"
        )
    if not serves and until_on > ends_on + timedelta(days=1):
        words = {"name": to.name, "day": date_format(ends_on, "D j M")}
        text = _("%(name)s covers until %(day)s. Choose the day after that at the latest.") % words
        raise InvalidDeferral(text, field="until_on")


def _write(
    enrollment: Enrollment,
    kind: str,
    item_key: str,
    weight: int,
    need_on: date,
    until_on: date,
    reason: str,
    to: User | None,
    *,
    by: Actor,
    at: datetime,
) -> Deferral:
    """The newest word about an item counts: what stood before is undone."""
    Deferral.objects.filter(enrollment=enrollment, item_key=item_key, undone_at=None).update(undone_at=at)
    return Deferral.objects.create(
        enrollment=enrollment,
        item_key=item_key,
        kind=kind,
        until_on=until_on,
        to_user=to,
        reason=reason.strip(),
        weight=weight,
        need_on=need_on,
        at=at,
        by_id=by.id,
        by_name=by.name,
    )


@transaction.atomic
def undo_deferral(deferral: Deferral, *, by: Actor, at: datetime) -> None:
    """Bring a put-off or handed item back now. Raises `Refused`."""
    require(can_plan(by, deferral.enrollment, at))
    if Deferral.objects.filter(id=deferral.id, undone_at=None).update(undone_at=at):
        event = DeferralUndone(
            client_id=deferral.enrollment.client_id,
            enrollment_id=deferral.enrollment_id,
            item_key=deferral.item_key,
        )
        record(event, by=by, at=at)
