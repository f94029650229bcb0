"""Enrollment documents on paper."""

from pathlib import Path
from typing import Any

from openmission.kernel.paper import pdf


def document_pdf(data: dict[str, Any]) -> bytes:
    """The PDF of a document. `data` holds the texts that `document.typ` names. The names as typed are in its
    properties, whatever the fonts.
    """
    return pdf(Path(__file__).with_name("document.typ"), data)


def signature_svg(strokes: list[list[list[float]]]) -> str:
    """A drawn signature as SVG, cropped to its ink. Strokes are lists of [x, y] points that passed the rule's check."""
    xs = [x for stroke in strokes for x, _y in stroke]
    ys = [y for stroke in strokes for _x, y in stroke]
    left, top = min(xs) - 4, min(ys) - 4
    width, height = max(xs) - left + 4, max(ys) - top + 4
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in stroke)}"/>' for stroke in strokes if stroke
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}">'
        '<g fill="none" stroke="#111" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">'
        f"{lines}</g></svg>"
    )
