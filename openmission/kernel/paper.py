"""Paper: a tagged PDF by typst, readable by a screen reader, printable."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst


@cache
def _read(template: Path) -> bytes:
    return template.read_bytes()


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF that a typst template makes of `data`, which holds the texts that the template names; nothing in it is
    markup.

    PDF/UA-1 wants a drawn form of every letter. Where no font of this server has one, the PDF is made without that
    promise: a box stands in the letter's place.
    """
    inputs = {"data": json.dumps(data)}
    try:
        made: bytes = typst.compile(_read(template), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        made = typst.compile(_read(template), sys_inputs=inputs)
    return made
