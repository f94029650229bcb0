"""Pages that show the published curricula, readable by everyone at work, and what is printed of them."""

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openmission.curricula import pages, paper, selectors
from openmission.curricula.forms import TitleForm
from openmission.curricula.policies import can_rename_session
from openmission.curricula.services import rename_session
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door, for_everyone
from openmission.staff.roles import PROGRAM_MANAGER


@for_everyone
@require_GET
def curriculum_list(request: HttpRequest) -> HttpResponse:
    """The newest version of each curriculum, and all worksheets."""
    context = {
        "curricula": selectors.all_curricula(request.viewer),
        "worksheets": selectors.all_worksheets(request.viewer),
    }
    return render(request, "curricula/curriculum_list.html", context)


@for_everyone
@require_GET
def curriculum_detail(request: HttpRequest, curriculum: str) -> HttpResponse:
    """One curriculum: its sessions in order, its groups, and what brings a line to My day."""
    viewer = request.viewer
    found = selectors.curriculum(viewer, curriculum)
    context = {
        "curriculum": found,
        "rows": pages.session_rows(found, selectors.shipped_curriculum(viewer, curriculum)),
        "phases": pages.phase_titles(viewer, found, found.phases),
        "booster_phases": pages.phase_titles(viewer, found, found.booster_phases),
        "after_use": found.session(found.after_use) if found.after_use else None,
        "citing": pages.cited_in(found),
        "may_rename": can_rename_session(viewer, found).allowed,
        "languages": settings.LANGUAGES,
    }
    return render(request, "curricula/curriculum_detail.html", context)


@for_everyone
@require_GET
def session_detail(request: HttpRequest, curriculum: str, session: str) -> HttpResponse:
    """One session as who leads it reads it, in the newest version or another (?version=1)."""
    version = pages.version_asked(request.GET.get("version", ""))
    found, one = selectors.curriculum_session(request.viewer, curriculum, session, version)
    context = {
        "curriculum": found,
        "session": one,
        "around": pages.neighbours(found, one),
        "pinned": f"?version={version}" if version else "",
        "worksheets": [selectors.worksheet(request.viewer, slug) for slug in one.worksheets],
        "may_rename": can_rename_session(request.viewer, found).allowed,
    }
    return render(request, "curricula/session_detail.html", context)


@door(PROGRAM_MANAGER)
@require_http_methods(["GET", "POST"])
def session_title(request: HttpRequest, curriculum: str, session: str) -> HttpResponse:
    """The agency's own title of a session, beside the shipped one, which a button puts back."""
    found, one = selectors.curriculum_session(request.viewer, curriculum, session)
    require(can_rename_session(request.viewer, found))
    shipped = selectors.shipped_curriculum(request.viewer, curriculum).session(session)
    form = TitleForm(request.POST or None, initial={"en": one.title.en, "es": one.title.es})
    if form.is_valid():
        with faults_on(form):
            rename_session(found, session, **form.cleaned_data, by=request.viewer, at=timezone.now())
            messages.success(request, _("Saved. The session has this title from now on."))
            return redirect("curricula:detail", curriculum)
    context = {"curriculum": found, "session": one, "shipped": shipped, "form": form}
    return render(request, "curricula/session_title.html", context, status=422 if form.is_bound else 200)


@for_everyone
@require_GET
@csp({"frame-ancestors": [NONE]})
def agenda(request: HttpRequest, curriculum: str, session: str) -> HttpResponse:
    """The sheet of who leads a session, for a group or for one person (?format=individual), as PDF."""
    version = pages.version_asked(request.GET.get("version", ""))
    found, one = selectors.curriculum_session(request.viewer, curriculum, session, version)
    sheets = [selectors.worksheet(request.viewer, slug) for slug in one.worksheets]
    form = "individual" if request.GET.get("format") == "individual" else "group"
    made = paper.agenda_pdf(found, one, sheets, form=form, language=get_language() or "en")
    return _shown(made, f"{curriculum}-{one.number}-{form}")


@for_everyone
@require_GET
@csp({"frame-ancestors": [NONE]})
def outline(request: HttpRequest, curriculum: str) -> HttpResponse:
    """The poster for the wall: what each member may say in turn, in the reader's language or another (?language=es)."""
    found = selectors.curriculum(request.viewer, curriculum)
    if not found.round_robin:
        raise Http404
    asked = request.GET.get("language")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or "en"
    with override(language):
        return _shown(paper.outline_pdf(found, language=language), f"{curriculum}-outline-{language}")


def _shown(pdf: bytes, name: str) -> HttpResponse:
    disposition = f'inline; filename="{name.replace("_", "-")}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})
