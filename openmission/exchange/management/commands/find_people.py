"""Lists the people of the imported exports whom the program exists for."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmission.exchange.fact_texts import fact_text
from openmission.exchange.hmis_fy2026.housing import STATUSES
from openmission.exchange.management.first_run import make_tables
from openmission.exchange.selectors.people import FoundPerson, everybody_found
from openmission.exchange.services.people import note_people_listed
from openmission.kernel.actors import SYSTEM


class Command(BaseCommand):
    help = "List people with a mental health and a substance use disorder, with their housing status and why"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help='print {"count": N, "people": [...]}')
        parser.add_argument("--housing", choices=STATUSES, default="", help="only those with this housing status")

    def handle(self, *, housing: str, **options: Any) -> None:
        make_tables()
        people = everybody_found(SYSTEM, housing=housing)
        note_people_listed(people=len(people), by=SYSTEM, at=timezone.now())
        if options["json"]:
            listed = [_as_json(person) for person in people]
            self.stdout.write(json.dumps({"count": len(listed), "people": listed}, indent=1))
            return
        for person in people:
            why = "; ".join(fact_text(fact) for fact in person.why)
            self.stdout.write(f"{person.personal_id}\t{person.housing}\t{why}")
        self.stdout.write(f"{len(people)} people")


def _as_json(person: FoundPerson) -> dict[str, Any]:
    return {
        "id": str(person.id),
        "source": person.source,
        "personal_id": person.personal_id,
        "name": person.name,
        "birth_date": person.birth_date and person.birth_date.isoformat(),
        "housing_status": person.housing,
        "housing_since": person.housing_since and person.housing_since.isoformat(),
        "died": person.died,
        "referred": person.client_id is not None,
        "why": [{**fact, "text": fact_text(fact)} for fact in person.why],
    }
