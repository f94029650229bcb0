"""The application's own source, read once: what the house tests look at."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "openmission"


@dataclass(frozen=True)
class Module:
    """One Python file: `name` is dotted (openmission.staff.services.cover), `room` its second part."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.split(".")[1]

    @property
    def kind(self) -> str:
        """The part that says what it is inside its room: services, models, views ..., or "" for the door plate."""
        return self.name.split(".")[2] if self.name.count(".") > 1 else ""

    def functions(self) -> list[ast.FunctionDef]:
        """Functions at the top of the module."""
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the application but its migrations."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" in parts or len(parts) < 2:
            continue
        name = ".".join(part for part in parts if part != "__init__")
        if name.count("."):
            found.append(Module(name, path, ast.parse(path.read_text())))
    return tuple(found)


def of_kind(kind: str) -> list[Module]:
    """Modules of one kind in every room: of_kind("services") finds services.py and services/*.py."""
    return [module for module in modules() if module.kind == kind]


def public(functions: list[ast.FunctionDef]) -> list[ast.FunctionDef]:
    return [function for function in functions if not function.name.startswith("_")]
