"""A worry about somebody's safety: it opens the safety steps, and stays until they are closed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.asked import ask_about
from openmission.care.events import SafetyConcernClosed, SafetyConcernRaised, SafetyStepsTaken
from openmission.care.models import Contact, SafetyConcern
from openmission.care.models.safety import Because
from openmission.care.policies import can_log_contact
from openmission.care.rules.safety import added_note, united_steps
from openmission.care.selectors.safety import newest_safety_version, steps_left
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision, require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.rows import said_before
from openmission.programs.rules import localized
from openmission.staff.roles import SUPERVISOR


class InvalidConcern(DomainError):
    """A worry without a reason that we know, or about a contact with somebody else."""


class StepsLeft(DomainError):
    """There are steps left that must come first, or no word of why."""


@transaction.atomic
def raise_concern(
    enrollment: Enrollment,
    *,
    because: tuple[str, ...],
    contact: Contact | None,
    by: Actor,
    at: datetime,
    id: UUID | None = None,
    may: Decision | None = None,
) -> SafetyConcern:
    """Open the safety steps for a client because of what was answered in a contact, or (no contact) of a worry.

    Once for a contact: said again, what is new is added to the open concern; what a closed one was about does not open
    another. Without a contact it joins the open one without a contact. `may` as in `log_contact`. Raises `IdTaken`,
    `InvalidConcern`, `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_log_contact(by, enrollment, at) if may is None else may)
    if not because or set(because) - set(Because.values) or (contact and contact.enrollment_id != enrollment.id):
        raise InvalidConcern(_("This worry is about another contact. Open the client's page and say it there."))
    same = said_before(SafetyConcern, id, raised_by=by.id, enrollment_id=enrollment.id)
    before = list(SafetyConcern.objects.filter(enrollment=enrollment, contact=contact).order_by("raised_at", "id"))
    standing = same or next((concern for concern in before if concern.closed_at is None), None)
    known = {code for concern in before if contact or concern == standing for code in concern.because}
    new = tuple(code for code in dict.fromkeys(because) if code not in known)
    if not new or (standing and standing.closed_at):
        return standing or before[-1]
    concern = _written(standing, enrollment, contact, new, id or new_id(), by=by, at=at)
    ids = {"client_id": enrollment.client_id, "enrollment_id": enrollment.id, "concern_id": concern.id}
    record(SafetyConcernRaised(**ids, again=standing is not None), by=by, at=at)
    return concern


def _written(
    standing: SafetyConcern | None,
    enrollment: Enrollment,
    contact: Contact | None,
    new: tuple[str, ...],
    id: UUID,
    *,
    by: Actor,
    at: datetime,
) -> SafetyConcern:
    if standing:
        standing.because = [*standing.because, *new]
        standing.save(update_fields=["because"])
        return standing
    return SafetyConcern.objects.create(
        id=id,
        enrollment=enrollment,
        client_id=enrollment.client_id,
        contact=contact,
        on=contact.on if contact else timezone.localdate(at),
        because=list(new),
        version=newest_safety_version(by),
        raised_at=at,
        raised_by=by.id,
        raised_by_name=by.name,
    )


@transaction.atomic
def take_safety_steps(
    concern: SafetyConcern,
    *,
    steps: tuple[str, ...],
    note: str,
    close: bool,
    why: str = "",
    knowing: bool = False,
    by: Actor,
    at: datetime,
) -> SafetyConcern:
    """Tick what is done, add to what was agreed, and `close` when all is done or `why` says why not. Without a step
    that must come first only the team's supervisor closes it: nobody decides that alone.

    Half is fine. Nothing that was saved goes: ticks are united and words are added, whoever says them, also when a
    colleague closed it meanwhile. Twice is once. `knowing`: nobody is to be asked about the words. Raises `AskedFirst`
    and `StepsLeft` (nothing is saved), `Refused`.
    """
    enrollment = lock_enrollment(by, concern.enrollment_id)
    require(can_log_contact(by, enrollment, at))
    current = SafetyConcern.objects.select_for_update(of=("self",)).get(id=concern.id)
    done, said = united_steps(current.steps, steps), added_note(added_note(current.note, note), why)
    if current.contact and said != current.note and not knowing:
        ask_about(by, current.contact, note=note, why=why)
    closing = close and current.closed_at is None
    if closing:
        _require_steps(by, current, done, why, led=enrollment.team_id in by.teams(SUPERVISOR))
    ids = {"client_id": current.client_id, "enrollment_id": current.enrollment_id, "concern_id": current.id}
    if (done, said) != (current.steps, current.note):
        current.steps, current.note = done, said
        record(SafetyStepsTaken(**ids, done=len(done)), by=by, at=at)
    if closing:
        current.closed_at, current.closed_by, current.closed_by_name = at, by.id, by.name
        record(SafetyConcernClosed(**ids), by=by, at=at)
    current.save(update_fields=["steps", "note", "closed_at", "closed_by", "closed_by_name"])
    return current


def _require_steps(by: Actor, concern: SafetyConcern, done: list[str], why: str, *, led: bool) -> None:
    left = steps_left(by, concern.version, done)
    first = [localized(step.title, get_language() or "en") for step in left or () if step.required]
    if first and not led:
        told = _("These come first: %(steps)s. If one did not fit, your supervisor can close this with you.")
        raise StepsLeft(told % {"steps": " · ".join(first)}, field="steps")
    if left != () and not why.strip():
        raise StepsLeft(_("Some steps are not ticked. Take them, or say here in a few words why not."), field="why")
