"""The referral board, the waitlist, one referral."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.clients.policies import charts_in_reach
from openmission.intake.models import Referral
from openmission.intake.rules import ReferralState, may_move
from openmission.kernel.actors import Actor
from openmission.kernel.errors import DomainError, NotFound
from openmission.staff.roles import CASE_MANAGER, INTAKE, INTAKE_WORKER, SUPERVISOR


class WrongState(DomainError):
    """The referral is not where this step can be taken; somebody may have been faster."""


COLUMN = 30
DECIDED_DAYS = 30
COLUMNS = ("received", "contacted", "screened", "decided")


def referrals_in_reach(viewer: Actor, *, at: datetime | None = None) -> QuerySet[Referral]:
    """Those of the viewer's teams; a case manager sees an enrolled person's referral only with the chart in reach."""
    charts = charts_in_reach(viewer, at or timezone.now()).values("id")
    return Referral.objects.filter(
        Q(team_id__in=viewer.teams(INTAKE_WORKER, SUPERVISOR))
        | Q(team_id__in=viewer.teams(CASE_MANAGER)) & ~Q(state=ReferralState.ENROLLED)
        | Q(team_id__in=viewer.teams(CASE_MANAGER), client_id__in=charts)
    )


def get_referral(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Referral:
    """One referral with client, team and screening; notes the look. Raises `NotFound` out of reach."""
    rows = referrals_in_reach(viewer, at=at).select_related(
        "client", "team__agency", "screening__program_version", "enrollment"
    )
    referral = rows.filter(id=id).first()
    if referral is None:
        raise NotFound(_("There is no such referral with your team."))
    access.note([referral.client_id], listed=False)
    return referral


def lock_referral(viewer: Actor, id: UUID, *, to: ReferralState) -> Referral:
    """The referral's row, locked for the caller's transaction, when it may move to the state. Raises `WrongState`."""
    current = Referral.objects.select_for_update().get(id=id)
    if not may_move(current.state, to):
        raise WrongState(_("This referral has moved on. Reload the page to see where it stands."))
    return current


@dataclass(frozen=True)
class Column:
    """A column of the board: its cards (newest need first, at most `COLUMN`) and how many there are in all."""

    slug: str
    cards: tuple[Referral, ...]
    total: int


def board(viewer: Actor, *, at: datetime | None = None, team_id: UUID | None = None) -> list[Column]:
    """Received, contacted, screened, decided. Open ones oldest first: who waited longest is on top.

    Decided holds the waitlist and what was enrolled or closed in the last `DECIDED_DAYS` days, newest first.
    """
    at = at or timezone.now()
    teams = viewer.teams(*INTAKE) & ({team_id} if team_id else viewer.teams(*INTAKE))
    rows = Referral.objects.filter(team_id__in=teams)
    recent = at - timedelta(days=DECIDED_DAYS)
    decided = rows.filter(
        Q(state=ReferralState.WAITING)
        | Q(state=ReferralState.CLOSED, closed_at__gte=recent)
        | Q(state=ReferralState.ENROLLED, enrollment__enrolled_at__gte=recent)
    )
    chosen = {
        "received": rows.filter(state=ReferralState.RECEIVED).order_by("received_at"),
        "contacted": rows.filter(state=ReferralState.CONTACTED).order_by("received_at"),
        "screened": rows.filter(state=ReferralState.SCREENED).order_by("received_at"),
        "decided": decided.order_by("-received_at"),
    }
    columns = []
    for slug in COLUMNS:
        cards = (
            chosen[slug]
            .select_related("client", "screening")
            .annotate(tries=Count("attempts"), last_try_at=Max("attempts__at"))
        )
        shown = tuple(cards[: COLUMN + 1])
        total = len(shown) if len(shown) <= COLUMN else chosen[slug].count()
        columns.append(Column(slug, shown[:COLUMN], total))
    access.note(card.client_id for column in columns for card in column.cards)
    return columns


def waitlist(viewer: Actor, *, team_id: UUID | None = None) -> list[Referral]:
    """People found eligible who wait for a place, who waited longest first."""
    teams = viewer.teams(*INTAKE) & ({team_id} if team_id else viewer.teams(*INTAKE))
    rows = Referral.objects.filter(team_id__in=teams, state=ReferralState.WAITING).order_by("waiting_since")
    waiting = list(rows.select_related("client", "team")[:200])
    access.note(referral.client_id for referral in waiting)
    return waiting


def to_ask_again(viewer: Actor, *, at: datetime | None = None) -> list[Referral]:
    """Closed referrals whose day to ask again has come, oldest first."""
    day = timezone.localdate(at or timezone.now())
    rows = Referral.objects.filter(team_id__in=viewer.teams(*INTAKE), state=ReferralState.CLOSED, ask_again_on__lte=day)
    again = list(rows.select_related("client").order_by("ask_again_on")[:50])
    access.note(referral.client_id for referral in again)
    return again
