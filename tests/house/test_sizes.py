"""Sizes, and names that say nothing. What is larger today is listed with its size, and may only shrink."""

import ast
import re
from pathlib import Path

import yaml

from tests.house.source import PACKAGE, ROOT, modules

MODULE, FUNCTION, VIEW, TEMPLATE, SCRIPT, TEST = 300, 40, 25, 120, 150, 400
SAY_NOTHING = re.compile(r"(^|_)(utils?|helpers?|common|misc)(_|$)")
DEBT = ROOT / "tests" / "house" / "debt.yaml"


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _files(folder: Path, pattern: str) -> list[Path]:
    return [path for path in folder.rglob(pattern) if not {"vendor", "migrations"} & set(path.parts)]


def _too_large() -> dict[str, int]:
    """{path, or path::function: lines} of everything beyond its limit."""
    limits = [(path, MODULE) for path in _files(PACKAGE, "*.py")]
    limits += [(path, TEMPLATE) for path in _files(PACKAGE, "*.html")]
    limits += [(path, SCRIPT) for path in _files(PACKAGE, "*.js")]
    limits += [(path, TEST) for path in _files(ROOT / "tests", "*.py")]
    found = {str(path.relative_to(ROOT)): _lines(path) for path, limit in limits if _lines(path) > limit}
    for module in modules():
        limit = VIEW if module.kind == "views" else FUNCTION
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > limit:
                    found[f"{module.path.relative_to(ROOT)}::{node.name}"] = lines
    return found


def test_nothing_grows_beyond_its_size() -> None:
    debt = yaml.safe_load(DEBT.read_text()) or {}
    large = _too_large()
    grown = {name: lines for name, lines in large.items() if lines > debt.get(name, 0)}
    assert grown == {}, "make it smaller"
    paid = {name: lines for name, lines in debt.items() if large.get(name, 0) < lines}
    assert paid == {}, "smaller than its debt: lower it in tests/house/debt.yaml"


def test_names_say_something() -> None:
    named = [*_files(PACKAGE, "*"), *_files(ROOT / "tests", "*")]
    assert [str(path.relative_to(ROOT)) for path in named if SAY_NOTHING.search(path.stem)] == []
