"""The log for the privacy officer: who looked at whom, and what was changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openmission.audit.selectors import LogPage, accesses, events
from openmission.clients import pages, selectors
from openmission.clients.forms import NO_SUCH, LogForm
from openmission.clients.models import Client
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
    asked = form.asked()
    client, found = _whom(request, form)
    answered = form.is_valid() and bool(client or not form.cleaned_data["q"])
    page = LogPage([], None)
    if answered:
        page = read(request.viewer, replace(asked, client_id=client and client.id), after=form.cleaned_data["after"])
    names = selectors.audited_names(request.viewer, {row.client_id for row in page.rows if row.client_id})
    older = _address(request, client, after=page.older) if page.older else ""
    context = {"tab": tab, "lines": lines(page.rows, names), "older": older}
    if request.htmx:
        return render(request, "clients/_log_lines.html", context)
    choices = [(one, _address(request, one)) for one in found]
    context |= _question(request, form, client, FILTERS[tab])
    return render(request, "clients/log.html", {**context, "answered": answered, "client": client, "found": choices})


def _whom(request: HttpRequest, form: LogForm) -> tuple[Client | None, list[Client]]:
    """The client whose log is asked for, by the address or by a name that only they fit; else whom to choose from."""
    client_id, typed = form.cleaned_data.get("client"), form.cleaned_data.get("q")
    if not client_id:
        return selectors.audited_clients(request.viewer, typed) if typed else (None, [])
    client = selectors.audited_client(request.viewer, client_id)
    if not client:
        form.add_error("client", NO_SUCH)
    return client, []


def _question(request: HttpRequest, form: LogForm, client: Client | None, filters: tuple[str, ...]) -> dict[str, Any]:
    """The part of the page that asks."""
    return {
        "form": form,
        "filters": [form[name] for name in filters],
        "narrowed": any(form[name].data for name in (*filters, "emergency")),
        "question": _address(request, client),
        "everybody": _address(request, None, client=None, q=None),
    }


def _address(request: HttpRequest, about: Client | None, **other: UUID | None) -> str:
    """The question as it stands in the address, about the client if there is one, with some parts other."""
    question = {name: value for name, value in request.GET.items() if name != "after"}
    question |= {"q": "", "client": str(about.id)} if about else {}
    question |= {name: str(value or "") for name, value in other.items()}
    address = urlencode({name: value for name, value in question.items() if value})
    return f"?{address}"
