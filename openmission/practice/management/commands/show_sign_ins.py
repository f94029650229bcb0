"""Prints who to sign in as in the practice agency: one person for each role. Says nothing of a real agency."""

from typing import Any

from django.core.management.base import BaseCommand

from openmission.practice.rules.cast import PASSWORD, WORKERS
from openmission.staff.models import Agency
from openmission.staff.roles import ROLES


class Command(BaseCommand):
    help = "Print the practice agency's sign-ins"

    def handle(self, **options: Any) -> None:
        if not Agency.objects.filter(is_practice=True).exists():
            return
        first = {worker.role: worker for worker in reversed(WORKERS)}
        self.stdout.write("\nThe practice agency: everybody in it is invented. Sign in as")
        for role in ROLES.values():
            self.stdout.write(f"  practice {str(role.title).lower()}: {first[role.code].email} / {PASSWORD}")
