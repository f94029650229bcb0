"""The workbook on paper: one sheet, the whole book, a sheet to write on."""

from typing import Any
from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from openmission.curricula.selectors import worksheet
from openmission.staff.doors import door, for_everyone
from openmission.staff.roles import CARE
from openmission.workbook.pages.paper import blank_paper, filled_paper, whole_book
from openmission.workbook.pages.sheet import known_language, taking_of
from openmission.workbook.paper import book_pdf
from openmission.workbook.selectors import book as books
from openmission.workbook.selectors.entries import open_sheet


@door(*CARE)
@require_GET
@csp({"frame-ancestors": [NONE]})
def sheet(request: HttpRequest, enrollment_id: UUID, sheet: str) -> HttpResponse:
    """One sheet with the client's answers, in their language or the one asked for."""
    viewer, at = request.viewer, timezone.now()
    opened = open_sheet(viewer, enrollment_id, sheet, at=at, taking=taking_of(request.GET))
    language = known_language(request.GET.get("language"), opened.enrollment.client.language)
    return _answer(filled_paper([opened], agency=_agency(request), language=language), "worksheet")


@door(*CARE)
@require_GET
@csp({"frame-ancestors": [NONE]})
def book(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Every sheet that was begun, in the client's language or the one asked for."""
    found = books.book(request.viewer, enrollment_id, at=timezone.now())
    language = known_language(request.GET.get("language"), found.enrollment.client.language)
    sheets = whole_book(request.viewer, found.enrollment, found.entries)
    return _answer(filled_paper(sheets, agency=_agency(request), language=language), "workbook")


@for_everyone
@require_GET
@csp({"frame-ancestors": [NONE]})
def blank(request: HttpRequest, sheet: str) -> HttpResponse:
    """A sheet to write on by hand, in the reader's language or the one asked for."""
    language = known_language(request.GET.get("language"), get_language() or "")
    paper = blank_paper(worksheet(request.viewer, sheet), agency=_agency(request), language=language)
    return _answer(paper, "worksheet")


def _agency(request: HttpRequest) -> str:
    return str(request.user.agency.name)


def _answer(paper: dict[str, Any], name: str) -> HttpResponse:
    """The PDF; its file name says nothing about anybody."""
    response = HttpResponse(book_pdf(paper), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
