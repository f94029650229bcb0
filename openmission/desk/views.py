"""The desk's pages: load through a selector, show."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openmission.care.models.contact import Component
from openmission.clients.selectors import outside_reach
from openmission.clients.selectors import search as search_clients
from openmission.desk.pages.caseload import caseload as caseload_for
from openmission.desk.pages.chart import chart
from openmission.desk.pages.day import my_day as day_for
from openmission.staff.doors import door, for_everyone
from openmission.staff.roles import CARE, INTAKE, PAIR, SUPERVISOR
from openmission.staff.services import accounts

HOMES = (
    (CARE, "desk:my_day"),
    (("intake_worker",), "intake:board"),
    (("privacy_officer",), "clients:looks"),
    (("administrator",), "staff:accounts"),
    (("program_manager",), "programs:list"),
)


@for_everyone
def home(request: HttpRequest) -> HttpResponse:
    """Each role's own first page."""
    page = next(name for roles, name in HOMES if request.viewer.has(*roles))
    return redirect(page)


@door(*CARE)
def my_day(request: HttpRequest) -> HttpResponse:
    """What needs doing today, for oneself or (`whose=pair`) for the pair."""
    viewer, on = request.viewer, timezone.localdate()
    paired = viewer.has(*PAIR)
    whole_pair = paired and request.GET.get("whose") == "pair"
    url = reverse("desk:my_day")
    tabs = [(url, _("Mine"), not whole_pair), (f"{url}?whose=pair", _("Our pair"), whole_pair)]
    page = {"day": day_for(viewer, on=on, whole_pair=whole_pair), "on": on, "tabs": tabs if paired else []}
    return render(request, "desk/my_day.html", page)


@door(*CARE)
def caseload(request: HttpRequest) -> HttpResponse:
    """Everybody served, most in need first; a supervisor sees the team."""
    viewer, on = request.viewer, timezone.localdate()
    supervises, paired = viewer.has(SUPERVISOR), viewer.has(*PAIR)
    team = supervises and (not paired or request.GET.get("whose") == "team")
    url = reverse("desk:caseload")
    tabs = [(url, _("Mine"), not team), (f"{url}?whose=team", _("The team"), team)]
    page = {
        "caseload": caseload_for(viewer, on=on, team=team),
        "on": on,
        "team": team,
        "tabs": tabs if supervises and paired else [],
        "look": request.user.caseload_view,
    }
    return render(request, "desk/caseload.html", page)


@door(*CARE)
@require_POST
def caseload_look(request: HttpRequest) -> HttpResponse:
    """Cards or table: the worker's choice is remembered."""
    look = request.POST.get("look", "")
    accounts.change_preferences(request.user, caseload_view=look, by=request.viewer, at=timezone.now())
    return redirect("desk:caseload")


@door(*CARE)
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One client: how to reach, what is next, progress, timeline. `before` brings the timeline's next page."""
    component = request.GET.get("about", "")
    component = component if component in Component.values else ""
    before = _moment(request.GET.get("before", ""))
    shown = chart(request.viewer, client_id, at=timezone.now(), component=component, before=before)
    page = {"chart": shown, "component": component, "filters": _filters(shown, client_id, component), "before": before}
    part = bool(request.htmx and before)
    return render(request, "desk/_timeline.html" if part else "desk/client.html", page)


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _filters(shown: object, client_id: UUID, component: str) -> list[tuple[str, str, bool]]:
    """Everything, or one component of those that the client's programs have on."""
    on = {slug for course in shown.courses for slug in course.components}  # type: ignore[attr-defined]
    url = reverse("desk:client", args=[client_id])
    choices = [(slug, label) for slug, label in Component.choices if slug in on]
    return [(url, _("Everything"), not component)] + [
        (f"{url}?about={slug}#timeline", str(label), slug == component) for slug, label in choices
    ]


@door(*{*CARE, *INTAKE})
def search(request: HttpRequest) -> HttpResponse:
    """Find a client in reach by name in any order, nickname, sound, phone or birth date."""
    text = request.GET.get("q", "").strip()[:100]
    hits = search_clients(request.viewer, text) if text else []
    gives_care = request.viewer.has(*CARE)
    outside_id = outside_reach(request.viewer, text) if text and not hits and gives_care else None
    page = {"text": text, "hits": hits, "outside_id": outside_id}
    page |= {"may_add": request.viewer.has(*INTAKE), "gives_care": gives_care}
    return render(request, "desk/_hits.html" if request.htmx else "desk/search.html", page)
