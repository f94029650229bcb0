"""The log for the privacy officer: who looked at whom, and what was changed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openmission.audit.selectors import LogPage, accesses, events
from openmission.clients import pages, selectors
from openmission.clients.forms import LogForm
from openmission.staff.doors import door
from openmission.staff.roles import PRIVACY_OFFICER
from openmission.staff.selectors import everybody

FILTERS = {"looks": ("person", "first", "last"), "changes": ("person", "kind", "first", "last")}


@door(PRIVACY_OFFICER)
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at whom."""
    return _log(request, "looks", accesses, pages.looks)


@door(PRIVACY_OFFICER)
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """What was changed, by whom."""
    return _log(request, "changes", events, pages.changes)


def _log(
    request: HttpRequest, tab: str, read: Callable[..., LogPage], lines: Callable[[list[Any], pages.Names], list[Any]]
) -> HttpResponse:
    form = LogForm(request.GET, people=everybody(request.viewer))
    page = read(request.viewer, form.asked(), after=form.cleaned_data.get("after"))
    names = selectors.audited_names(request.viewer, {row.client_id for row in page.rows if row.client_id})
    older = _address(request, after=page.older) if page.older else ""
    context = {"tab": tab, "lines": lines(page.rows, names), "older": older}
    if request.htmx:
        return render(request, "clients/_log_lines.html", context)
    return render(request, "clients/log.html", context | _question(request, form, FILTERS[tab]))


def _question(request: HttpRequest, form: LogForm, filters: tuple[str, ...]) -> dict[str, Any]:
    """The part of the page that asks: the form, the client chosen, and people to choose from for a name typed."""
    client_id, typed = form.cleaned_data.get("client"), form.cleaned_data.get("q")
    found = selectors.audited_clients(request.viewer, typed) if typed else []
    return {
        "form": form,
        "filters": [form[name] for name in filters],
        "narrowed": any(form[name].data for name in (*filters, "emergency")),
        "client": selectors.audited_client(request.viewer, client_id) if client_id else None,
        "found": [(client, _address(request, client=client.id)) for client in found],
        "question": _address(request),
        "everybody": _address(request, client=None),
    }


def _address(request: HttpRequest, **other: UUID | None) -> str:
    """The question as it stands in the address, with some parts other; empty parts and the search are left out."""
    question = {name: value for name, value in request.GET.items() if name not in ("q", "after")}
    question |= {name: str(value or "") for name, value in other.items()}
    return "?" + urlencode({name: value for name, value in question.items() if value})
