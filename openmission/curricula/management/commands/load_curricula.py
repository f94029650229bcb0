"""Publishes every curriculum, worksheet and checklist of the content folder; what is published already is left alone.
Says what is wrong with the agency's overlay, if anything, before anybody meets it on a page."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from yaml import YAMLError

from openmission.curricula.models import PublishedContent
from openmission.curricula.rules import InvalidOverlay
from openmission.curricula.services import publish_content
from openmission.curricula.wording import with_overlays
from openmission.kernel.actors import SYSTEM
from openmission.kernel.content import InvalidContent, load_yaml
from openmission.kernel.errors import DomainError

Kind = PublishedContent.Kind


class Command(BaseCommand):
    help = "Publish the curricula, worksheets and checklists of the content folder"

    def handle(self, **options: Any) -> None:
        content: Path = settings.CONTENT_DIR
        found = [(Kind.CURRICULUM, path) for path in sorted(content.glob("curricula/*/*/manifest.yaml"))]
        found += [(Kind.WORKSHEET, path) for path in sorted(content.glob("worksheets/*/*.yaml"))]
        found += [(Kind.CHECKLIST, path) for path in sorted(content.glob("checklists/*/*.yaml"))]
        for kind, path in found:
            try:
                data = read_curriculum(path) if kind == Kind.CURRICULUM else read_content(path, kind)
                publish_content(kind, data, by=SYSTEM, at=timezone.now())
                with_overlays(kind, data)
            except (DomainError, InvalidOverlay, YAMLError) as fault:
                raise CommandError(f"{path.relative_to(content)}: {fault}") from fault
        self.stdout.write(f"Curricula, worksheets and checklists: {len(found)} versions published.")


def read_content(path: Path, kind: str) -> dict[str, Any]:
    """The content of <kind>s/<slug>/v<version>.yaml. Raises `InvalidContent`, also when it lies in another place."""
    data = load_yaml(path, schema=kind)
    place = f"{data['slug']}/v{data['version']}.yaml"
    if place != f"{path.parent.name}/{path.name}":
        raise InvalidContent(f"this is {data['slug']} version {data['version']}: its place is {kind}s/{place}")
    return data


def read_curriculum(manifest: Path) -> dict[str, Any]:
    """The manifest of curricula/<slug>/v<version> with its sessions in the place of their slugs. Raises
    `InvalidContent`.
    """
    data = load_yaml(manifest, schema="curriculum")
    folder = manifest.parent
    if f"{folder.parent.name}/{folder.name}" != f"{data['slug']}/v{data['version']}":
        raise InvalidContent(f"this is {data['slug']} version {data['version']}: its folder has another name")
    named = {f"{number:02}-{slug}.yaml" for number, slug in enumerate(data["sessions"], 1)}
    there = {path.name for path in folder.glob("*.yaml")} - {"manifest.yaml"}
    if named != there:
        raise InvalidContent(f"missing: {sorted(named - there)}; not in the manifest: {sorted(there - named)}")
    sessions = [load_yaml(folder / name, schema="session") for name in sorted(named)]
    if [session["slug"] for session in sessions] != data["sessions"]:
        raise InvalidContent("a session's slug is not that of its file")
    return {**data, "sessions": sessions}
