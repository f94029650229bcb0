"""Cover: one colleague looks after another's clients for a while."""

from datetime import date, datetime, timedelta
from typing import Any
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
from openmission.staff.roles import CARE

LONGEST_DAYS = 31


class InvalidCover(DomainError):
    """Cover that makes no sense: by oneself, backwards, too long, by somebody of another team."""


def _teams(user_id: UUID) -> frozenset[UUID]:
    """The teams in which somebody gives care."""
    held = StaffRole.objects.filter(user_id=user_id, role__in=CARE, ends_on=None)
    return frozenset(held.values_list("team_id", flat=True))


@transaction.atomic
def arrange_cover(
    *, absent: User, covering: User, starts_on: date, ends_on: date, reason: str, by: Actor, at: datetime
) -> Cover:
    """Give `covering` the reach of `absent` in the teams of both, from the first to the last day.

    Raises `InvalidCover`, `Refused`.
    """
    teams = _teams(absent.id)
    require(can_arrange_cover(by, absent_id=absent.id, absent_teams=teams))
    if absent.id == covering.id:
        raise InvalidCover(_("Choose a colleague to cover."), field="covering")
    if ends_on < absent.agency.day_of(at):
        raise InvalidCover(_("The last day is already past."), field="ends_on")
    if ends_on < starts_on:
        raise InvalidCover(_("The last day comes before the first."), field="ends_on")
    if ends_on - starts_on >= timedelta(days=LONGEST_DAYS):
        text = _("Cover lasts %(most)d days at most. Arrange it again then, or give the clients a new pair.")
        raise InvalidCover(text % {"most": LONGEST_DAYS}, field="ends_on")
    if not teams & _teams(covering.id):
        raise InvalidCover(_("Choose somebody who gives care in the same team."), field="covering")
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
        CoverArranged(**_told(cover), starts_on=starts_on, ends_on=ends_on),
        by=by,
        at=at,
    )
    return cover


def _told(cover: Cover) -> dict[str, Any]:
    return {
        "cover_id": cover.id,
        "absent_id": cover.absent_id,
        "absent": cover.absent.name,
        "covering_id": cover.covering_id,
        "covering": cover.covering.name,
    }


@transaction.atomic
def end_cover(cover: Cover, *, by: Actor, at: datetime) -> None:
    """End cover early: from now on the reach is gone; nothing when it has ended already. Raises `Refused`."""
    require(can_arrange_cover(by, absent_id=cover.absent_id, absent_teams=_teams(cover.absent_id)))
    if Cover.objects.filter(id=cover.id, ended_at=None).update(ended_at=at):
        record(CoverEnded(**_told(cover)), by=by, at=at)
