"""Sheets on paper: tagged PDF by typst, readable by a screen reader, with the answers or to write on."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst


@cache
def _template() -> bytes:
    return Path(__file__).with_name("book.typ").read_bytes()


def book_pdf(data: dict[str, Any]) -> bytes:
    """The PDF of sheets. `data` holds the texts that `book.typ` names; nothing in it is markup.

    PDF/UA-1 wants a drawn form of every letter. Where no font of this server has one, the PDF is made without that
    promise: a box stands in the letter's place.
    """
    inputs = {"data": json.dumps(data)}
    try:
        return typst.compile(_template(), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        return typst.compile(_template(), sys_inputs=inputs)
