"""Emergency access, for the privacy officer who reviews it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.audit.models import Access
from openmission.audit.selectors import Span, opened_under_glass
from openmission.clients.models import BreakGlass
from openmission.clients.policies import can_review_break_glass
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import NotFound

SHOWN = 20


@dataclass(frozen=True)
class Emergency:
    """One emergency access and what was opened by it."""

    taken: BreakGlass
    opened: list[Access]


def break_glass_to_review(viewer: Actor) -> list[Emergency]:
    """Emergency accesses not yet reviewed, oldest first. Raises `Refused`."""
    require(can_review_break_glass(viewer))
    return _emergencies(viewer, _taken().filter(reviewed_at=None).order_by("at"))


def reviewed_break_glass(viewer: Actor, *, first: int = 0) -> list[Emergency]:
    """Reviewed emergency accesses, last reviewed first, from the `first` on: `SHOWN`, and one more if there is one.

    Raises `Refused`.
    """
    require(can_review_break_glass(viewer))
    rows = _taken().exclude(reviewed_at=None).order_by("-reviewed_at", "-id")
    return _emergencies(viewer, rows[first : first + SHOWN + 1])


def get_break_glass(viewer: Actor, id: UUID) -> Emergency:
    """One emergency access, to review it. Raises `NotFound`, `Refused`."""
    require(can_review_break_glass(viewer))
    found = _emergencies(viewer, _taken().filter(id=id))
    if not found:
        raise NotFound(_("There is no such emergency access."))
    return found[0]


def _taken() -> QuerySet[BreakGlass]:
    return BreakGlass.objects.select_related("client", "user", "reviewed_by")


def _emergencies(viewer: Actor, rows: QuerySet[BreakGlass]) -> list[Emergency]:
    spans = {taken: Span(taken.client_id, taken.user_id, taken.at, taken.expires_at) for taken in rows}
    opened = opened_under_glass(viewer, spans.values())
    access.note(taken.client_id for taken in spans)
    return [Emergency(taken, opened[span]) for taken, span in spans.items()]
