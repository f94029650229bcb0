"""The sheets that the repository ships, as the tests of the workbook use them."""

from functools import cache
from pathlib import Path

import yaml

from openmission.curricula.rules import Worksheet, parse_worksheet

SHEETS = Path(__file__).resolve().parents[2] / "content" / "worksheets"


@cache
def sheet(slug: str) -> Worksheet:
    return parse_worksheet(yaml.safe_load((SHEETS / slug / "v1.yaml").read_text()))
