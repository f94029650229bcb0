"""Publishes every program version of the content folder; what is published already is left alone."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from yaml import YAMLError

from openmission.kernel.actors import SYSTEM
from openmission.kernel.content import InvalidContent, load_yaml
from openmission.kernel.errors import DomainError
from openmission.programs.services import publish_program


class Command(BaseCommand):
    help = "Publish the program versions of the content folder"

    def handle(self, **options: Any) -> None:
        paths = sorted(settings.CONTENT_DIR.glob("programs/*/*.yaml"))
        for path in paths:
            try:
                publish_program(_read(path), by=SYSTEM, at=timezone.now())
            except (DomainError, YAMLError) as fault:
                raise CommandError(f"{path.relative_to(settings.CONTENT_DIR)}: {fault}") from fault
        self.stdout.write(f"Programs: {len(paths)} versions published.")


def _read(path: Path) -> dict[str, Any]:
    """The content of programs/<slug>/v<version>.yaml. Raises `InvalidContent` when it lies in another place."""
    data = load_yaml(path, schema="program")
    place = f"{data['slug']}/v{data['version']}.yaml"
    if place != f"{path.parent.name}/{path.name}":
        raise InvalidContent(f"this is {data['slug']} version {data['version']}: its place is programs/{place}")
    return data
