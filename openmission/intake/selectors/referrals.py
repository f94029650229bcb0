"""The referral board, the waitlist, one referral."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.clients.policies import anyone_in_reach
from openmission.intake.models import Referral, ReferralAttempt
from openmission.intake.rules import OPEN, ReferralState, may_move
from openmission.kernel.actors import Actor
from openmission.kernel.errors import DomainError, NotFound
from openmission.kernel.kept import kept
from openmission.staff.models import Team
from openmission.staff.roles import CASE_MANAGER, INTAKE, INTAKE_WORKER, SUPERVISOR
from openmission.staff.selectors import teams


class WrongState(DomainError):
    """The referral is not where this step can be taken; somebody may have been faster."""


COLUMN = 30
WHOLE = 500
DECIDED_DAYS = 30
COLUMNS = ("received", "contacted", "screened", "decided")


def referrals_in_reach(viewer: Actor, *, at: datetime | None = None) -> QuerySet[Referral]:
    """Those of the viewer's teams; a case manager sees an enrolled person's referral only with the person in reach."""
    people = anyone_in_reach(viewer, at or timezone.now()).values("id")
    return Referral.objects.filter(
        Q(team_id__in=viewer.teams(INTAKE_WORKER, SUPERVISOR))
        | Q(team_id__in=viewer.teams(CASE_MANAGER)) & ~Q(state=ReferralState.ENROLLED)
        | Q(team_id__in=viewer.teams(CASE_MANAGER), client_id__in=people)
    )


def get_referral(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Referral:
    """One referral with client, team and screening; notes the look. Raises `NotFound` out of reach."""
    referral = referral_unshown(viewer, id, at=at)
    note_shown(viewer, referral)
    return referral


def note_shown(viewer: Actor, referral: Referral) -> None:
    access.note([referral.client_id], listed=False)


def referral_unshown(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Referral:
    """One referral for an answer that may show nothing of the person, such as a redirect: no look is noted before
    `note_shown`. Raises `NotFound` out of reach.
    """
    rows = referrals_in_reach(viewer, at=at).select_related(
        "client", "team__agency", "screening__program_version", "enrollment"
    )
    referral = rows.prefetch_related("client__phones", "client__aliases").filter(id=id).first()
    if referral is None:
        raise NotFound(_("There is no such referral with your team."))
    return referral


def lock_referral(viewer: Actor, id: UUID) -> Referral:
    """The referral's row as it is now, with its screening, locked for the caller's transaction. The order of locks is
    in `lock_enrollment`.
    """
    return Referral.objects.select_for_update(no_key=True).get(id=id)


def check_may_move(viewer: Actor, current: Referral, to: ReferralState | None = None) -> None:
    """Raise `WrongState` unless a locked referral may move to the state (none: is open at all)."""
    if not (may_move(current.state, to) if to else current.state in OPEN):
        raise WrongState(_("This referral has moved on. Reload the page to see where it stands."))


def intake_teams(viewer: Actor) -> list[Team]:
    """The teams for which the viewer takes in referrals, by name."""
    return teams(viewer, ids=viewer.teams(*INTAKE))


def received(viewer: Actor, id: UUID) -> Referral | None:
    """A referral that the viewer took in already under this id: the form was sent before."""
    return Referral.objects.filter(id=id, received_by=viewer.id).first()


def attempts(viewer: Actor, referral: Referral) -> list[ReferralAttempt]:
    """Every try to reach the person of a referral that the viewer was given, newest first."""
    return list(referral.attempts.order_by("-at", "-id"))


def other_referrals(viewer: Actor, referral: Referral) -> list[Referral]:
    """Other referrals of the same person in reach, newest first."""
    rows = referrals_in_reach(viewer).filter(client_id=referral.client_id).exclude(id=referral.id)
    return list(rows.order_by("-received_at")[:20])


@dataclass(frozen=True)
class Column:
    """A column of the board: its cards (at most `COLUMN`, or `WHOLE` when asked for) and how many there are in all."""

    slug: str
    cards: tuple[Referral, ...]
    total: int


def board(viewer: Actor, *, at: datetime | None = None, team_id: UUID | None = None, only: str = "") -> list[Column]:
    """Received, contacted, screened, decided; or `only` one of them, whole. Open ones oldest first: who waited longest
    is on top. Decided holds the waitlist and what was enrolled or closed in the last `DECIDED_DAYS` days, newest first.
    """
    seats, most = _seats(viewer, team_id), WHOLE if only else COLUMN
    columns = [
        _column(viewer, at or timezone.now(), seats, place, most)
        for place, slug in enumerate(COLUMNS)
        if only in ("", slug)
    ]
    access.note(card.client_id for column in columns for card in column.cards)
    return columns


def _seats(viewer: Actor, team_id: UUID | None) -> frozenset[UUID]:
    """The viewer's intake teams, or the one of them that was asked for."""
    seats = viewer.teams(*INTAKE)
    return seats & {team_id} if team_id else seats


def _column(viewer: Actor, at: datetime, seats: frozenset[UUID], place: int, most: int) -> Column:
    recent = at - timedelta(days=DECIDED_DAYS)
    shown = tuple(_cards(viewer, at, seats, recent, place, most + 1))
    total = len(shown) if len(shown) <= most else _standing(viewer, at, seats, recent, place).count()
    return Column(COLUMNS[place], shown[:most], total)


@kept
def _cards(
    viewer: Actor, at: datetime, seats: frozenset[UUID], recent: datetime, place: int, most: int
) -> QuerySet[Referral]:
    rows = _standing(viewer, at, seats, recent, place).select_related("client", "screening", "enrollment", "team")
    rows = rows.defer("reason", "outcome_note", "screening__reason", "screening__next_step_note")
    return rows.annotate(tries=Count("attempts"), last_try_at=Max("attempts__at"))[:most]


def _standing(viewer: Actor, at: datetime, seats: frozenset[UUID], recent: datetime, place: int) -> QuerySet[Referral]:
    """The referrals of a column, by its place in `COLUMNS`, in order."""
    rows = referrals_in_reach(viewer, at=at).filter(team_id__in=seats)
    if COLUMNS[place] != "decided":
        return rows.filter(state=COLUMNS[place]).order_by("received_at")
    decided = (
        Q(state=ReferralState.WAITING)
        | Q(state=ReferralState.CLOSED, closed_at__gte=recent)
        | Q(state=ReferralState.ENROLLED, enrollment__enrolled_at__gte=recent)
    )
    return rows.filter(decided).order_by("-received_at")


def waitlist(viewer: Actor, *, team_id: UUID | None = None) -> list[Referral]:
    """People found eligible who wait for a place, who waited longest first."""
    rows = referrals_in_reach(viewer).filter(team_id__in=_seats(viewer, team_id), state=ReferralState.WAITING)
    rows = rows.order_by("waiting_since")
    waiting = list(rows.select_related("client", "team", "screening__program_version")[:WHOLE])
    access.note(referral.client_id for referral in waiting)
    return waiting


def to_ask_again(viewer: Actor, *, at: datetime | None = None, team_id: UUID | None = None) -> list[Referral]:
    """Closed referrals whose day to ask again has come, oldest first; not of people who are at the door again."""
    at = at or timezone.now()
    again = _again(viewer, at, _seats(viewer, team_id), timezone.localdate(at))
    access.note(referral.client_id for referral in again)
    return again


@kept
def _again(viewer: Actor, at: datetime, seats: frozenset[UUID], on: date) -> QuerySet[Referral]:
    back = Referral.objects.filter(team_id=OuterRef("team_id"), client_id=OuterRef("client_id"), state__in=OPEN)
    rows = referrals_in_reach(viewer, at=at).filter(team_id__in=seats, state=ReferralState.CLOSED, ask_again_on__lte=on)
    return rows.exclude(Exists(back)).select_related("client", "team").order_by("ask_again_on")[:50]
