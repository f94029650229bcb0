"""Search before create: who at the door may be on record already."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from openmission.clients import selectors as clients
from openmission.clients.models import Client
from openmission.intake.models import Enrollment, Referral
from openmission.intake.rules import OPEN
from openmission.intake.selectors.referrals import referrals_in_reach
from openmission.kernel.actors import Actor


@dataclass(frozen=True)
class Candidate:
    """Somebody in reach who may be the person: their open referral in reach, and the enrollment that runs, if any."""

    client: Client
    referral: Referral | None
    enrollment: Enrollment | None


@dataclass(frozen=True)
class Alike:
    """Candidates, nearest first; `outside_id`: somebody out of reach who surely is the person."""

    candidates: tuple[Candidate, ...] = ()
    outside_id: UUID | None = None


def alike(viewer: Actor, *, name: str, birth_date: date | None, phone: str, at: datetime | None = None) -> Alike:
    """Who may be the person somebody is about to add. Constant in the number of people on record."""
    found = clients.lookalikes(viewer, name=name, birth_date=birth_date, phone=phone, at=at)
    people = [hit.client for hit in found.hits]
    ids = [client.id for client in people]
    open_ones = referrals_in_reach(viewer, at=at).filter(client_id__in=ids, state__in=OPEN).select_related("team")
    referrals = {referral.client_id: referral for referral in open_ones}
    running = Enrollment.objects.filter(client_id__in=ids, state=Enrollment.State.ACTIVE)
    enrollments = {row.client_id: row for row in running.select_related("program_version")}
    candidates = tuple(Candidate(c, referrals.get(c.id), enrollments.get(c.id)) for c in people)
    return Alike(candidates, found.outside_id)
