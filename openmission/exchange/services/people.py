"""From a person in an HMIS to a client with a referral."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.audit.services import record
from openmission.clients.models import Client, Identifier
from openmission.clients.services.clients import ClientDetails
from openmission.exchange.events import HmisPeopleListed, HmisPersonReferred
from openmission.exchange.fact_texts import fact_text
from openmission.exchange.known import known_facts
from openmission.exchange.models import HmisImport, HmisPerson
from openmission.exchange.policies import can_use_hmis
from openmission.intake.models import Referral
from openmission.intake.services import referrals
from openmission.intake.services.referrals import AlreadyReferred, NotOursToRefer, ReferralDetails
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.names import without_hidden
from openmission.staff.models import Team


class CannotRefer(DomainError):
    """The person was referred already, no longer fits, or has died."""


@transaction.atomic
def refer_person(*, person_id: UUID, team: Team, by: Actor, at: datetime, same_as: Client | None = None) -> Referral:
    """Bring a person to a team's door, as a new client or as the client they already are (`same_as`).

    The new client has the person's id and number, so that nobody becomes two clients. The number may be that of a
    client already: of one whom another team serves nothing opens (`can_refer_client`); only who tries is told, and that
    is noted. Raises `CannotRefer`, what `receive_referral` raises, `Refused`.
    """
    require(can_use_hmis(by))
    person = HmisPerson.objects.select_for_update().get(id=person_id)
    if person.client_id or person.died or not person.matched:
        raise CannotRefer(_("%(who)s cannot be referred from here any more.") % {"who": _name(person)})
    known = Identifier.objects.filter(system=person.system, value=person.personal_id).select_related("client").first()
    if known:
        access.note([known.client_id])
    why = json.loads(person.why)
    exports = HmisImport.objects.filter(id__in={fact["import"] for fact in why if fact["import"]})
    details = ReferralDetails(
        source=Referral.Source.HMIS,
        source_name=person.source,
        reason="\n".join(map(fact_text, why)),
        facts=known_facts(person, {str(id): day for id, day in exports.values_list("id", "reference_on")}),
    )
    whom = known.client if known else same_as or _details(person, at)
    try:
        referral = referrals.receive_referral(
            person=whom, team=team, details=details, by=by, at=at, client_id=person.id
        )
    except (AlreadyReferred, NotOursToRefer) as fault:
        raise CannotRefer(f"{_name(person)}: {fault.message}") from fault
    HmisPerson.objects.filter(id=person.id).update(client_id=referral.client_id)
    event = HmisPersonReferred(client_id=referral.client_id, source=person.source, referral_id=referral.id)
    record(event, by=by, at=at)
    return referral


def _details(person: HmisPerson, at: datetime) -> ClientDetails:
    """What the export tells; a hidden name becomes one that asks to be corrected."""
    born = person.birth_date if person.birth_date and person.birth_date <= at.date() else None
    first, last = without_hidden(person.first_name), without_hidden(person.last_name)
    return ClientDetails(
        first_name=first or ("" if last else without_hidden(_name(person))) or "?",
        last_name=last,
        birth_date=born,
        identifiers=((person.system, person.personal_id),),
    )


def _name(person: HmisPerson) -> str:
    named = f"{person.first_name} {person.last_name}".strip()
    return named or (_("Person %(number)s") % {"number": person.personal_id})[:80]


@transaction.atomic
def note_people_listed(*, people: int, by: Actor, at: datetime) -> None:
    """Write down that the whole list was printed."""
    require(can_use_hmis(by))
    record(HmisPeopleListed(people=people), by=by, at=at)
