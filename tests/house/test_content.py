"""Content: valid against its schema, its licence named, its titles in every language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from openmission.kernel.content import load_yaml
from tests.house.source import ROOT

SCHEMAS = {
    "programs": "program",
    "codes": "codes",
    "curricula": "session",
    "worksheets": "worksheet",
    "checklists": "checklist",
}
MANIFEST = "curriculum"
FILES = [path for path in sorted((ROOT / "content").rglob("*.yaml")) if "schemas" not in path.parts]
IDS = [str(path.relative_to(ROOT / "content")) for path in FILES]
LANGUAGES = {code for code, _ in settings.LANGUAGES}

each_file = pytest.mark.parametrize("path", FILES, ids=IDS)


def _folder(path: Path) -> str:
    return path.relative_to(ROOT / "content").parts[0]


def _schema(path: Path) -> str:
    return MANIFEST if path.name == "manifest.yaml" else SCHEMAS[_folder(path)]


def _single_language(value: Any, place: str = "") -> Iterator[str]:
    """Places of texts that are given in some languages but not in all."""
    if isinstance(value, dict):
        if value and set(value) <= LANGUAGES and set(value) != LANGUAGES:
            yield place
        for key, inner in value.items():
            yield from _single_language(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _single_language(inner, f"{place}/{number}")


@each_file
def test_names_its_licence(path: Path) -> None:
    assert yaml.safe_load(path.read_text()).get("licence")


@each_file
def test_texts_are_in_every_language(path: Path) -> None:
    assert list(_single_language(yaml.safe_load(path.read_text()))) == []


@pytest.mark.parametrize(
    "path", [path for path in FILES if _folder(path) in SCHEMAS], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_fits_its_schema(path: Path) -> None:
    load_yaml(path, schema=_schema(path))


def test_every_schema_is_used() -> None:
    assert {path.stem for path in (ROOT / "content" / "schemas").glob("*.json")} <= {*SCHEMAS.values(), MANIFEST}
