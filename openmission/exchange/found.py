"""From a person as the rules found them to a row of `HmisPerson`, with the facts that say why."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openmission.exchange.hmis_fy2026 import dates
from openmission.exchange.hmis_fy2026.housing import STATUSES, Entry, Stay
from openmission.exchange.hmis_fy2026.people import Person
from openmission.exchange.models import HmisPerson


def as_rows(people: Iterable[Person], *, source: str, hashed: set[str]) -> Iterator[HmisPerson]:
    """`hashed` are the imports whose names are not names."""
    for person in people:
        client = person.entry.data
        shown = client if person.entry.export not in hashed else {}
        yield HmisPerson(
            source=source,
            personal_id=person.entry.key,
            first_name=shown.get("FirstName", "")[:80],
            last_name=shown.get("LastName", "")[:80],
            birth_date=dates.day(client.get("DOB", "")),
            matched=True,
            substance_use=person.substance_use.response,
            housing=person.housing.word,
            housing_since=person.housing.since,
            need=STATUSES.index(person.housing.word),
            died=person.housing.died,
            why=json.dumps(list(_facts(person))),
        )


def _facts(person: Person) -> Iterator[dict[str, Any]]:
    for fact, answer in (("mental_health", person.mental_health), ("substance_use", person.substance_use)):
        yield _fact(fact, answer.on, answer.response, answer.entry)
    for stay in person.housing.because:
        yield _of_stay(stay)
    if person.housing.silent:
        yield _of_stay(person.housing.silent)


def _of_stay(stay: Stay) -> dict[str, Any]:
    return {**_fact(stay.kind, stay.on, stay.code, stay.entry), "project_type": stay.project_type}


def _fact(fact: str, on: date, answer: str, entry: Entry) -> dict[str, Any]:
    """What is said, the day it speaks of, the code that says it, and the row where it stands."""
    where = {"file": entry.file, "row": entry.row, "import": entry.export}
    return {"fact": fact, "on": on.isoformat(), "answer": answer, **where}
