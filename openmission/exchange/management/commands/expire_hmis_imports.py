"""Removes uploaded exports whose import nobody finished. The worker does it every hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmission.exchange.services.imports import expire_imports
from openmission.kernel.actors import SYSTEM


class Command(BaseCommand):
    help = "Remove uploaded HMIS exports that have waited for a week"

    def handle(self, **options: Any) -> None:
        expire_imports(by=SYSTEM, at=timezone.now())
