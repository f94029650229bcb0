"""The people found: by housing, by name or id, a page at a time."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openmission.audit import access
from openmission.clients.models import Client
from openmission.clients.selectors import lookalikes
from openmission.exchange.models import HmisPerson
from openmission.exchange.policies import can_use_hmis
from openmission.intake.selectors.referrals import referrals_in_reach
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied, require
from openmission.kernel.errors import NotFound
from openmission.staff.models import Team
from openmission.staff.roles import INTAKE

PAGE = 50
NEW = "new"


@dataclass(frozen=True)
class FoundPerson:
    """One line of the list. `name` is "" when the export hides it; `why` are facts for `fact_texts.fact_text`.

    `referral_id`: the latest referral in the viewer's reach, once the person is a client.
    """

    id: UUID
    source: str
    personal_id: str
    name: str
    birth_date: date | None
    housing: str
    housing_word: str
    housing_since: date | None
    died: bool
    client_id: UUID | None
    referral_id: UUID | None
    why: list[dict[str, str]]


@dataclass(frozen=True)
class PeoplePage:
    """`counts` by housing of everybody matched, whatever the filter; `next_page` 0 on the last page."""

    people: list[FoundPerson]
    total: int
    counts: dict[str, int]
    next_page: int


def people_page(viewer: Actor, *, housing: str = "", text: str = "", page: int = 1) -> PeoplePage:
    """Those who fit, in most need first, then those heard of last. Notes whom it shows. Raises `Refused`."""
    require(can_use_hmis(viewer))
    matched = HmisPerson.objects.filter(matched=True)
    counts = dict(matched.values_list("housing").annotate(Count("id")).order_by())
    rows = _narrowed(matched, housing, text).order_by("need", "-housing_since", "id")
    total = rows.count() if text else counts.get(housing, 0) if housing else sum(counts.values())
    start = (page - 1) * PAGE
    people = _lines(viewer, rows[start : start + PAGE])
    access.note(person.id for person in people)
    return PeoplePage(people, total, counts, page + 1 if start + PAGE < total else 0)


def everybody_found(viewer: Actor, *, housing: str = "") -> list[FoundPerson]:
    """The whole list at once, in the order of ids, for the command line. Raises `Refused`."""
    require(can_use_hmis(viewer))
    rows = _narrowed(HmisPerson.objects.filter(matched=True), housing, "")
    people = _lines(viewer, rows.order_by("source", "personal_id"))
    access.note(person.id for person in people)
    return people


def teams_to_refer_to(viewer: Actor) -> list[Team]:
    """The teams for which the viewer takes in referrals."""
    return list(Team.objects.filter(id__in=viewer.teams(*INTAKE)).order_by("name"))


def may_refer(viewer: Actor) -> Decision:
    if viewer.teams(*INTAKE):
        return ALLOWED
    return denied(_("Referring is for the intake workers and supervisors of a team."))


def people_among(viewer: Actor, ids: Iterable[UUID]) -> list[HmisPerson]:
    """The rows of the ticked people that still can be referred, in the order of the list. Raises `Refused`."""
    require(can_use_hmis(viewer))
    rows = HmisPerson.objects.filter(id__in=list(ids)[:PAGE], matched=True, client=None, died=False)
    people = list(rows.order_by("need", "-housing_since", "id"))
    access.note(person.id for person in people)
    return people


@dataclass(frozen=True)
class Doubt:
    """Somebody who may be on record: clients in reach who look alike, and whether one out of reach surely is them."""

    person: HmisPerson
    alike: list[Client]
    outside: bool


def doubts(viewer: Actor, people: Iterable[HmisPerson]) -> dict[UUID, Doubt]:
    """{id: doubt} of those who may be on record already. Nothing can be told of a hidden name. Raises `Refused`."""
    require(can_use_hmis(viewer))
    found = {}
    for person in people:
        if person.name_is_hidden:
            continue
        seen = lookalikes(viewer, name=_name(person), birth_date=person.birth_date, phone="")
        alike = [hit.client for hit in seen.hits if _same_birth_date(person, hit.client)]
        if alike or seen.outside_id:
            found[person.id] = Doubt(person, alike, seen.outside_id is not None)
    return found


def _same_birth_date(person: HmisPerson, client: Client) -> bool:
    return None in (person.birth_date, client.birth_date) or person.birth_date == client.birth_date


def client_chosen(viewer: Actor, person: HmisPerson, chosen: str) -> Client | None:
    """The client whom somebody said the person is; None for somebody new. Raises `NotFound` for anybody not alike."""
    if chosen in ("", NEW):
        return None
    doubt = doubts(viewer, [person]).get(person.id)
    client = next((client for client in doubt.alike if str(client.id) == chosen), None) if doubt else None
    if client is None:
        raise NotFound(_("There is no such person among those who look alike."))
    return client


def _narrowed(rows: QuerySet[HmisPerson], housing: str, text: str) -> QuerySet[HmisPerson]:
    if housing:
        rows = rows.filter(housing=housing)
    for word in text.split()[:5]:
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word)
        rows = rows.filter(named | Q(personal_id__istartswith=word))
    return rows


def _lines(viewer: Actor, rows: QuerySet[HmisPerson]) -> list[FoundPerson]:
    people = list(rows)
    clients = [person.client_id for person in people if person.client_id]
    referred = referrals_in_reach(viewer).filter(client_id__in=clients).order_by("received_at")
    referral_of = dict(referred.values_list("client_id", "id"))
    return [
        FoundPerson(
            id=person.id,
            source=person.source,
            personal_id=person.personal_id,
            name=_name(person),
            birth_date=person.birth_date,
            housing=person.housing,
            housing_word=person.get_housing_display(),
            housing_since=person.housing_since,
            died=person.died,
            client_id=person.client_id,
            referral_id=referral_of.get(person.client_id) if person.client_id else None,
            why=json.loads(person.why),
        )
        for person in people
    ]


def _name(person: HmisPerson) -> str:
    return f"{person.first_name} {person.last_name}".strip()
