"""Fills an empty installation with the practice agency; where there is an agency, changes nothing."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from openmission.curricula.selectors import Kind, newest_versions
from openmission.kernel.actors import SYSTEM
from openmission.practice.simulator import fill
from openmission.staff.models import Agency


class Command(BaseCommand):
    help = "Fill an empty installation with the practice agency"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another number, other chances")
        parser.add_argument("--today", type=date.fromisoformat, help="the day on which it stands (YYYY-MM-DD)")

    def handle(self, *, seed: int, today: date | None, **options: Any) -> None:
        if Agency.objects.exists():
            self.stdout.write("There is an agency already; nothing was changed.")
            return
        call_command("load_content", verbosity=0)
        if not newest_versions(SYSTEM, Kind.CURRICULUM):
            call_command("load_curricula", verbosity=0)
        practice = fill(today=today or timezone.localdate(), seed=seed)
        self.stdout.write(f"{practice.agency.name}: filled for {practice.today}.")
