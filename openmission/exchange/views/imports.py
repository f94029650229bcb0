"""Bringing an export, watching it, deciding about its faults."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmission.exchange import services
from openmission.exchange.fault_texts import fault_text, unreadable_text, warning_text
from openmission.exchange.forms import UploadForm
from openmission.exchange.policies import HMIS_ROLES
from openmission.exchange.reports import ImportReport
from openmission.exchange.selectors import imports as selectors
from openmission.kernel.faults import faults_on, faults_told
from openmission.staff.doors import door


@door(*HMIS_ROLES)
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The newest imports, and the form that brings another export."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        with faults_on(form):
            taken = services.imports.receive_import(
                brought=file, file_name=file.name, by=request.viewer, at=timezone.now()
            )
            return redirect("exchange:import", taken.id)
    context = {"form": form, "imports": selectors.recent_imports(request.viewer)}
    return render(request, "exchange/import_list.html", context, status=422 if form.is_bound else 200)


@door(*HMIS_ROLES)
@require_GET
def one_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How far it is; what was found wrong and who decides; what was added. Asked again by itself while it runs."""
    taken = selectors.get_import(request.viewer, import_id)
    if request.htmx and taken.is_unfinished:
        return render(request, "exchange/_import_progress.html", {"taken": taken})
    report = ImportReport.of(taken)
    number = request.GET.get("page", "")
    asked = int(number) if number.isdecimal() and len(number) < 7 else 1
    page = selectors.fault_page(request.viewer, report, page=asked)
    context = {
        "taken": taken,
        "report": report,
        "page": page,
        "faults": [(fault, fault_text(fault)) for fault in page.faults],
        "warnings": [(warned, warning_text(warned)) for warned in report.warnings],
        "unreadable": unreadable_text(*report.unreadable) if report.unreadable[0] else "",
    }
    response = render(request, "exchange/import_detail.html", context)
    if request.htmx:
        response.headers["HX-Refresh"] = "true"
    return response


@door(*HMIS_ROLES)
@require_POST
def decide(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Go on without the rows that were listed, or import nothing."""
    taken = selectors.get_import(request.viewer, import_id)
    chosen = {"leave_out": services.imports.leave_rows_out, "cancel": services.imports.cancel_import}
    service = chosen.get(request.POST.get("choice", ""))
    if service:
        with faults_told(request):
            service(taken, by=request.viewer, at=timezone.now())
    return redirect("exchange:import", import_id)
