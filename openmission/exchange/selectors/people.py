"""The people found: by housing, by name or id, a page at a time."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from openmission.audit import access
from openmission.exchange.models import HmisPerson
from openmission.exchange.policies import can_use_hmis
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require

PAGE = 50


@dataclass(frozen=True)
class FoundPerson:
    """One line of the list. `name` is "" when the export hides it; `why` are facts for `fact_texts.fact_text`."""

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
    people = [_line(person) for person in rows[start : start + PAGE]]
    access.note(person.id for person in people)
    return PeoplePage(people, total, counts, page + 1 if start + PAGE < total else 0)


def everybody_found(viewer: Actor, *, housing: str = "") -> list[FoundPerson]:
    """The whole list at once, in the order of ids, for the command line. Raises `Refused`."""
    require(can_use_hmis(viewer))
    rows = _narrowed(HmisPerson.objects.filter(matched=True), housing, "")
    people = [_line(person) for person in rows.order_by("source", "personal_id")]
    access.note(person.id for person in people)
    return people


def people_among(viewer: Actor, ids: Iterable[UUID]) -> list[HmisPerson]:
    """The rows of the ticked people that still can be referred, in the order of the list. Raises `Refused`."""
    require(can_use_hmis(viewer))
    rows = HmisPerson.objects.filter(id__in=list(ids)[:PAGE], matched=True, client=None, died=False)
    people = list(rows.order_by("need", "-housing_since", "id"))
    access.note(person.id for person in people)
    return people


def _narrowed(rows: QuerySet[HmisPerson], housing: str, text: str) -> QuerySet[HmisPerson]:
    if housing:
        rows = rows.filter(housing=housing)
    for word in text.split()[:5]:
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word)
        rows = rows.filter(named | Q(personal_id__istartswith=word))
    return rows


def _line(person: HmisPerson) -> FoundPerson:
    return FoundPerson(
        id=person.id,
        source=person.source,
        personal_id=person.personal_id,
        name=f"{person.first_name} {person.last_name}".strip(),
        birth_date=person.birth_date,
        housing=person.housing,
        housing_word=person.get_housing_display(),
        housing_since=person.housing_since,
        died=person.died,
        client_id=person.client_id,
        why=json.loads(person.why),
    )
