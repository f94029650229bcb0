"""Cover: one colleague looks after another's clients for a while."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.staff.events import CoverArranged, CoverEnded
from openmission.staff.models import Cover, StaffRole, User
from openmission.staff.policies import can_arrange_cover


class InvalidCover(DomainError):
    """Cover that makes no sense: by oneself, backwards, by somebody of another team."""


def _teams(user_id: UUID) -> frozenset:  # type: ignore[type-arg]
    held = StaffRole.objects.filter(user_id=user_id, ends_on=None, team__isnull=False)
    return frozenset(held.values_list("team_id", flat=True))


@transaction.atomic
def arrange_cover(
    *, absent: User, covering: User, starts_on: date, ends_on: date, reason: str, by: Actor, at: datetime
) -> Cover:
    """Give `covering` the reach of `absent` from the first to the last day. Raises `InvalidCover`, `Refused`."""
    teams = _teams(absent.id)
    require(can_arrange_cover(by, absent_id=absent.id, absent_teams=teams))
    if absent.id == covering.id:
        raise InvalidCover(_("Choose a colleague to cover."), field="covering")
    if ends_on < starts_on:
        raise InvalidCover(_("The last day comes before the first."), field="ends_on")
    if not teams & _teams(covering.id):
        raise InvalidCover(_("The colleague who covers is of the same team."), field="covering")
    cover = Cover.objects.create(
        absent=absent,
        covering=covering,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        arranged_by_id=by.id,
        arranged_at=at,
    )
    record(
        CoverArranged(
            cover_id=cover.id, absent_id=absent.id, covering_id=covering.id, starts_on=starts_on, ends_on=ends_on
        ),
        by=by,
        at=at,
    )
    return cover


@transaction.atomic
def end_cover(cover: Cover, *, by: Actor, at: datetime) -> None:
    """End cover early: from now on the reach is gone. Raises `Refused`."""
    require(can_arrange_cover(by, absent_id=cover.absent_id, absent_teams=_teams(cover.absent_id)))
    Cover.objects.filter(id=cover.id, ended_at=None).update(ended_at=at)
    record(CoverEnded(cover_id=cover.id, absent_id=cover.absent_id, covering_id=cover.covering_id), by=by, at=at)
