"""Fills an empty installation with thousands of invented clients, to measure with; prints who signs in, as JSON."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from openmission.practice.bulk import fill_bulk


class Command(BaseCommand):
    help = "Fill an empty installation with thousands of invented clients, for measurement"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, default=5000, help="enrolled clients (5000)")
        parser.add_argument("--contacts-of-one", type=int, default=700, help="history of the longest (700)")

    def handle(self, *, clients: int, contacts_of_one: int, **options: Any) -> None:
        for command in ("load_content", "load_curricula"):
            call_command(command, verbosity=0, stdout=self.stderr)
        measured = fill_bulk(clients=clients, contacts_of_one=contacts_of_one, today=timezone.localdate())
        self.stdout.write(json.dumps(asdict(measured)))
