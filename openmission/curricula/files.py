"""The files of curricula, worksheets and checklists in a content folder: where they lie, and reading them."""

from pathlib import Path
from typing import Any

from openmission.curricula.models import PublishedContent
from openmission.kernel.content import InvalidContent, load_yaml

Kind = PublishedContent.Kind
PLACES = {
    Kind.CURRICULUM: "curricula/*/*/manifest.yaml",
    Kind.WORKSHEET: "worksheets/*/*.yaml",
    Kind.CHECKLIST: "checklists/*/*.yaml",
}


def content_files(folder: Path) -> list[tuple[Kind, Path]]:
    """(kind, file) of every version in a content folder; of a curriculum its manifest."""
    return [(kind, path) for kind, places in PLACES.items() for path in sorted(folder.glob(places))]


def read_content(kind: str, path: Path) -> dict[str, Any]:
    """What a file holds, checked against its schema; a curriculum with its sessions in the place of their slugs. Raises
    `InvalidContent`, also when it lies in another place than its slug and version say.
    """
    if kind == Kind.CURRICULUM:
        return _read_curriculum(path)
    data = load_yaml(path, schema=kind)
    place = f"{data['slug']}/v{data['version']}.yaml"
    if place != f"{path.parent.name}/{path.name}":
        raise InvalidContent(f"this is {data['slug']} version {data['version']}: its place is {kind}s/{place}")
    return data


def _read_curriculum(manifest: Path) -> dict[str, Any]:
    data = load_yaml(manifest, schema="curriculum")
    folder = manifest.parent
    place = f"{data['slug']}/v{data['version']}"
    if place != f"{folder.parent.name}/{folder.name}":
        raise InvalidContent(f"this is {data['slug']} version {data['version']}: its place is curricula/{place}")
    named = {f"{number:02}-{slug}.yaml" for number, slug in enumerate(data["sessions"], 1)}
    there = {path.name for path in folder.glob("*.yaml")} - {"manifest.yaml"}
    if named != there:
        raise InvalidContent(f"missing: {sorted(named - there)}; not in the manifest: {sorted(there - named)}")
    sessions = [load_yaml(folder / name, schema="session") for name in sorted(named)]
    if [session["slug"] for session in sessions] != data["sessions"]:
        raise InvalidContent("a session's slug is not that of its file")
    return {**data, "sessions": sessions}
