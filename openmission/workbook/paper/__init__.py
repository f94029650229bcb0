"""Sheets on paper, with the answers or to write on."""

from pathlib import Path
from typing import Any

from openmission.kernel.paper import pdf


def book_pdf(data: dict[str, Any]) -> bytes:
    """The PDF of sheets. `data` holds the texts that `book.typ` names."""
    return pdf(Path(__file__).with_name("book.typ"), data)
