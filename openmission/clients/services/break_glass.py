"""Emergency access and its review."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.clients.events import BreakGlassReviewed, GlassBroken
from openmission.clients.models import BreakGlass, Client
from openmission.clients.policies import can_break_glass, can_review_break_glass
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError, NotFound

HOURS = 4
SHORTEST_REASON = 10


class ReasonTooShort(DomainError):
    """A reason is a sentence somebody else can judge."""


class FindingMissing(DomainError):
    """A review says what it found."""


class ReviewedAlready(DomainError):
    """A finding stands as it was written."""


@transaction.atomic
def break_glass(*, client_id: UUID, reason: str, by: Actor, at: datetime) -> BreakGlass:
    """Open a chart out of reach for `HOURS` hours; what is open already stays as it is.

    Raises `ReasonTooShort`, `NotFound`, `Refused`.
    """
    require(can_break_glass(by))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(_("Write in a sentence why you need to open this record now."), field="reason")
    if not Client.objects.filter(id=client_id).exists():
        raise NotFound(_("There is no such client."))
    running = BreakGlass.objects.filter(client_id=client_id, user_id=by.id, expires_at__gt=at).first()
    if running:
        return running
    taken = BreakGlass.objects.create(
        client_id=client_id, user_id=by.id, reason=reason.strip(), at=at, expires_at=at + timedelta(hours=HOURS)
    )
    record(GlassBroken(client_id=client_id, break_glass_id=taken.id), by=by, at=at)
    return taken


@transaction.atomic
def review_break_glass(taken: BreakGlass, *, finding: str, by: Actor, at: datetime) -> None:
    """Write down what the review found. Raises `FindingMissing`, `ReviewedAlready`, `Refused`."""
    require(can_review_break_glass(by, taken.user_id))
    if not finding.strip():
        raise FindingMissing(_("Write what you found, even if all was in order."), field="finding")
    open_row = BreakGlass.objects.filter(id=taken.id, reviewed_at=None)
    if not open_row.update(finding=finding.strip(), reviewed_at=at, reviewed_by_id=by.id):
        raise ReviewedAlready(_("Somebody has reviewed this in the meantime."))
    record(BreakGlassReviewed(client_id=taken.client_id, break_glass_id=taken.id), by=by, at=at)
