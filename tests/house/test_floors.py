"""Rooms stand on floors. import-linter keeps the imports (.importlinter); here: tables and pages."""

import ast
import configparser

from django.apps import apps
from django.conf import settings

from tests.house.source import ROOT, modules

PRIVATE_TO_A_ROOM = {"views", "forms", "jobs", "handlers", "pages", "management"}


def _floors() -> dict[str, int]:
    """{room: floor} as .importlinter draws them, the ground floor 0."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = contracts["importlinter:contract:floors"]["layers"].split("\n")
    floors = [line for line in reversed(layers) if line.strip()]
    return {
        name.strip().strip("()").removeprefix("openmission."): number
        for number, line in enumerate(floors)
        for name in line.split("|")
    }


def test_every_room_has_a_floor() -> None:
    assert set(settings.ROOMS) | {"config"} == set(_floors())


def test_foreign_keys_never_climb() -> None:
    floors = _floors()
    climbing = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if model.__module__.startswith("openmission.")
        and floors.get(field.related_model._meta.app_label, 0) > floors[model._meta.app_label]
    ]
    assert climbing == []


def test_nobody_imports_the_pages_and_jobs_of_another_room() -> None:
    reached = []
    for module in modules():
        for node in ast.walk(module.tree):
            for name in _imported(node):
                parts = name.split(".")
                private = len(parts) > 2 and parts[0] == "openmission" and parts[2] in PRIVATE_TO_A_ROOM
                private = private and parts[1] != "kernel"  # its forms are widgets for every room
                if private and module.room not in (parts[1], "config"):
                    reached.append(f"{module.at(node)} imports {name}")
    assert reached == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
