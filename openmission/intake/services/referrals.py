"""Referrals: received, reached, waiting, closed."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.clients.models import Client
from openmission.clients.services import care_teams, clients
from openmission.clients.services.clients import ClientDetails
from openmission.intake import rules
from openmission.intake.events import (
    ClientWaitlisted,
    ReferralAttempted,
    ReferralClosed,
    ReferralReceived,
    ReferralReopened,
)
from openmission.intake.models import Referral, ReferralAttempt
from openmission.intake.policies import can_receive_referral, can_refer_client, can_work_referral
from openmission.intake.rules import KnownFact, ReferralState
from openmission.intake.selectors.referrals import check_may_move, lock_referral
from openmission.intake.selectors.screenings import known_facts
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.rows import said_before
from openmission.staff.models import Team


class AlreadyReferred(DomainError):
    """The person already has an open referral with the team."""


class NotOursToRefer(DomainError):
    """Another team serves the person, or the record is in reach by emergency access only."""


class MissingReason(DomainError):
    """A closing without a word of why helps nobody later."""


class InvalidDay(DomainError):
    """A day to ask again that is not ahead, or a try that is, or that came before the referral."""


@dataclass(frozen=True)
class ReferralDetails:
    """Where a referral came from. `source` is a `Referral.Source` value; `facts` are what its source's record says."""

    source: str
    source_name: str = ""
    source_phone: str = ""
    reason: str = ""
    facts: tuple[KnownFact, ...] = ()

    def own_fields(self) -> dict[str, str]:
        """The fields of the referral's own row."""
        written = {name: getattr(self, name).strip() for name in ("source", "source_name", "source_phone", "reason")}
        return written | {"facts": json.dumps([asdict(fact) for fact in self.facts], default=str) if self.facts else ""}


@transaction.atomic
def receive_referral(
    *,
    person: Client | ClientDetails,
    team: Team,
    details: ReferralDetails,
    by: Actor,
    at: datetime,
    id: UUID | None = None,
    client_id: UUID | None = None,
) -> Referral:
    """Take in a referral of somebody on record, or of a new person (then with `client_id` from the device).

    With an `id` that exists already, return that referral unchanged (a retry). Raises `AlreadyReferred`,
    `NotOursToRefer`, `IdTaken`, `Refused`, and for a new person what `create_client` raises.
    """
    require(can_receive_referral(by, team))
    team = Team.objects.select_for_update(no_key=True).get(id=team.id)
    if existing := said_before(Referral, id, received_by=by.id, team_id=team.id):
        return existing
    if isinstance(person, ClientDetails):
        person = clients.create_client(details=person, by=by, at=at, id=client_id)
    elif not (allowed := can_refer_client(by, person, at)):
        raise NotOursToRefer(allowed.reason)
    if Referral.objects.filter(client=person, team=team, state__in=rules.OPEN).exists():
        raise AlreadyReferred(_("This person already has an open referral with the team. Open that one instead."))
    referral = Referral.objects.create(
        id=id or new_id(),
        client=person,
        team=team,
        received_at=at,
        received_by=by.id,
        **details.own_fields(),
    )
    care_teams.tie_team(client_id=person.id, team_id=team.id, because="referral", source_id=referral.id, by=by, at=at)
    event = ReferralReceived(client_id=person.id, referral_id=referral.id, team_id=team.id, source=details.source)
    record(event, by=by, at=at)
    return referral


@transaction.atomic
def record_attempt(
    referral: Referral,
    *,
    how: str,
    reached: bool,
    note: str,
    by: Actor,
    at: datetime,
    id: UUID | None = None,
    tried_at: datetime | None = None,
) -> ReferralAttempt:
    """Write down a try to reach the person, of now or of `tried_at`; reaching them moves the referral on. A retry is
    one row. Raises `InvalidDay`, `WrongState` when the referral is closed or enrolled, `IdTaken`, `Refused`.
    """
    require(can_work_referral(by, referral))
    current = lock_referral(by, referral.id)
    if existing := said_before(ReferralAttempt, id, referral_id=referral.id, by_id=by.id):
        return existing
    check_may_move(by, current)
    _check_tried(tried_at or at, current, at)
    attempt = ReferralAttempt.objects.create(
        id=id or new_id(),
        referral=referral,
        at=tried_at or at,
        how=how,
        reached=reached,
        note=note.strip(),
        by_id=by.id,
        by_name=by.name,
    )
    if reached and current.state == ReferralState.RECEIVED:
        Referral.objects.filter(id=referral.id).update(state=ReferralState.CONTACTED)
    event = ReferralAttempted(client_id=referral.client_id, referral_id=referral.id, how=how, reached=reached)
    record(event, by=by, at=at)
    return attempt


def _check_tried(tried_at: datetime, referral: Referral, at: datetime) -> None:
    """Forms know the minute, not the second."""
    if tried_at > at + timedelta(minutes=5):
        raise InvalidDay(_("That moment is still to come."), field="day")
    if tried_at < referral.received_at.replace(second=0, microsecond=0):
        raise InvalidDay(_("That was before the referral came. Check the day and the time."), field="day")


@transaction.atomic
def put_on_waitlist(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Eligible, but no place yet. Raises `WrongState`, `Refused`."""
    require(can_work_referral(by, referral))
    current = lock_referral(by, referral.id)
    check_may_move(by, current, ReferralState.WAITING)
    if current.state == ReferralState.WAITING:
        return
    Referral.objects.filter(id=current.id).update(state=ReferralState.WAITING, waiting_since=at)
    record(ClientWaitlisted(client_id=current.client_id, referral_id=current.id), by=by, at=at)


@transaction.atomic
def close_referral(
    referral: Referral, *, outcome: str, note: str, by: Actor, at: datetime, ask_again_on: date | None = None
) -> None:
    """Close with an outcome and a word of why. Raises `MissingReason`, `InvalidDay`, `WrongState`, `Refused`."""
    require(can_work_referral(by, referral))
    if not note.strip():
        raise MissingReason(_("Write in a few words why, for whoever meets this person next."), field="note")
    if ask_again_on and ask_again_on <= referral.team.agency.day_of(at):
        raise InvalidDay(_("Choose a day that is still to come."), field="ask_again_on")
    current = lock_referral(by, referral.id)
    check_may_move(by, current, ReferralState.CLOSED)
    if current.state == ReferralState.CLOSED:
        return
    current.state, current.outcome, current.outcome_note = ReferralState.CLOSED, outcome, note.strip()
    current.closed_at, current.ask_again_on = at, ask_again_on
    current.save(update_fields=["state", "outcome", "outcome_note", "closed_at", "ask_again_on"])
    care_teams.untie_team(because="referral", source_id=current.id, by=by, at=at)
    record(ReferralClosed(client_id=current.client_id, referral_id=current.id, outcome=outcome), by=by, at=at)


@transaction.atomic
def reopen_referral(referral: Referral, *, by: Actor, at: datetime) -> Referral:
    """Open a closed referral again (things change): a new referral with the old one's source, or the one that is open.

    Raises `WrongState` when the person was enrolled, `Refused`.
    """
    require(can_work_referral(by, referral))
    check_may_move(by, lock_referral(by, referral.id), ReferralState.CLOSED)
    rows = Referral.objects.filter(client_id=referral.client_id, team_id=referral.team_id, state__in=rules.OPEN)
    if standing := rows.first():
        return standing
    details = ReferralDetails(
        referral.source, referral.source_name, referral.source_phone, referral.reason, known_facts(by, referral)
    )
    again = receive_referral(person=referral.client, team=referral.team, details=details, by=by, at=at)
    Referral.objects.filter(id=referral.id).update(ask_again_on=None)
    record(ReferralReopened(client_id=referral.client_id, referral_id=again.id), by=by, at=at)
    return again
