"""Publishes every curriculum, worksheet and checklist of the content folder; what is published already is left alone.
Says what is wrong with the agency's overlay, if anything, before anybody meets it on a page."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from yaml import YAMLError

from openmission.curricula.files import content_files, read_content
from openmission.curricula.rules import InvalidOverlay
from openmission.curricula.services import publish_content
from openmission.curricula.wording import refuse_strays, with_overlays
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Publish the curricula, worksheets and checklists of the content folder"

    def handle(self, **options: Any) -> None:
        content: Path = settings.CONTENT_DIR
        found = content_files(content)
        for kind, path in found:
            try:
                data = read_content(kind, path)
                publish_content(kind, data, by=SYSTEM, at=timezone.now())
                with_overlays(kind, data)
            except (DomainError, InvalidOverlay, YAMLError) as fault:
                raise CommandError(f"{path.relative_to(content)}: {fault}") from fault
        try:
            refuse_strays(content)
        except InvalidOverlay as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Curricula, worksheets and checklists: {len(found)} versions published.")
