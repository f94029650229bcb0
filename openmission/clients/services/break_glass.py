"""Emergency access and its review."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.clients.events import BreakGlassReviewed, GlassBroken
from openmission.clients.models import BreakGlass
from openmission.clients.policies import can_break_glass, can_review_break_glass
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError

HOURS = 4
SHORTEST_REASON = 10


class ReasonTooShort(DomainError):
    """A reason is a sentence somebody else can judge."""


@transaction.atomic
def break_glass(*, client_id: UUID, reason: str, by: Actor, at: datetime) -> BreakGlass:
    """Open a chart out of reach for `HOURS` hours. Raises `ReasonTooShort`, `Refused`."""
    require(can_break_glass(by))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(_("Write in a sentence why you need to open this record now."), field="reason")
    taken = BreakGlass.objects.create(
        client_id=client_id, user_id=by.id, reason=reason.strip(), at=at, expires_at=at + timedelta(hours=HOURS)
    )
    record(GlassBroken(client_id=client_id, break_glass_id=taken.id), by=by, at=at)
    return taken


@transaction.atomic
def review_break_glass(taken: BreakGlass, *, finding: str, by: Actor, at: datetime) -> None:
    """Write down what the review found. Raises `Refused`."""
    require(can_review_break_glass(by))
    taken.finding, taken.reviewed_at, taken.reviewed_by_id = finding.strip(), at, by.id
    taken.save(update_fields=["finding", "reviewed_at", "reviewed_by"])
    record(BreakGlassReviewed(client_id=taken.client_id, break_glass_id=taken.id), by=by, at=at)
