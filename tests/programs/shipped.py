"""The programs that the repository ships, as the tests of programs, care and desk use them."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from openmission.programs.rules import Program, parse_program

CONTENT = Path(__file__).resolve().parents[2] / "content"
FILES = sorted((CONTENT / "programs").glob("*/*.yaml"))


@cache
def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text())


def content_of(slug: str) -> dict[str, Any]:
    """Version 1 as the file holds it: a copy that a test may change."""
    return deepcopy(_read(CONTENT / "programs" / slug / "v1.yaml"))


@cache
def program_of(slug: str) -> Program:
    return parse_program(content_of(slug))
