"""Enrollment documents: read and signed on screen, kept as PDF, opened again, taken back."""

from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmission.intake import services
from openmission.intake.forms import SignatureForm
from openmission.intake.models import Enrollment
from openmission.intake.pages.papers import Paper, blanks, paper
from openmission.intake.selectors.documents import get_document
from openmission.intake.selectors.enrollments import first_days, get_enrollment
from openmission.kernel.faults import faults_on
from openmission.programs.rules import DocumentSpec
from openmission.staff.doors import door
from openmission.staff.roles import CARE, INTAKE_WORKER


@door(*CARE, INTAKE_WORKER)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, enrollment_id: UUID, document: str) -> HttpResponse:
    """Read a document in the client's language or another, and sign it by drawing or by typing the name."""
    found = get_enrollment(request.viewer, enrollment_id)
    first = first_days(request.viewer, found)
    spec = next((one for one in first.program.documents if one.slug == document), None)
    if spec is None:
        raise Http404
    shown = paper(spec, request.GET.get("language") or found.client.language)
    form = SignatureForm(request.POST or None, spec=spec, language=shown.language)
    if form.is_valid():
        with faults_on(form):
            services.documents.sign_document(
                found, slug=spec.slug, language=shown.language, **form.signed(), by=request.viewer, at=timezone.now()
            )
            messages.success(request, _("Signed, and kept as a PDF."), extra_tags=_draft(found, spec))
            return redirect("intake:enrollment", enrollment_id)
    context = {"enrollment": found, "client": found.client, "paper": shown, "form": form, "draft": _draft(found, spec)}
    context["blanks"] = [form[slug] for slug in form.blanks]
    context["signed"] = first.signed.get(spec.slug) if spec.required else None
    return render(request, "intake/document_sign.html", context, status=422 if form.is_bound else 200)


def _draft(enrollment: Enrollment, spec: DocumentSpec) -> str:
    return f"sign:{enrollment.id}:{spec.slug}"


@door(*CARE, INTAKE_WORKER)
@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """What was signed, by whom, when, and whether the kept PDF is still the same."""
    opened = get_document(request.viewer, document_id)
    enrollment = opened.document.enrollment
    program = first_days(request.viewer, enrollment).program
    spec = next(one for one in program.documents if one.slug == opened.document.slug)
    shown: Paper = paper(spec, opened.document.language)
    context = {"opened": opened, "document": opened.document, "enrollment": enrollment, "client": enrollment.client}
    context |= {"paper": shown, "blanks": blanks(spec, opened.document)}
    return render(request, "intake/document_page.html", context)


@door(*CARE, INTAKE_WORKER)
@require_GET
@csp({"frame-ancestors": [NONE]})
def document_pdf(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The PDF itself; the browser's own reader needs no stricter policy. One that was altered is not handed out."""
    opened = get_document(request.viewer, document_id)
    if not opened.intact:
        return redirect("intake:document", document_id)
    response = HttpResponse(opened.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{opened.document.slug.replace("_", "-")}.pdf"'
    return response


@door(*CARE, INTAKE_WORKER)
@require_POST
def revoke(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Take back a release: from now on nothing more is shared on it; what was signed stays on record."""
    opened = get_document(request.viewer, document_id)
    services.documents.revoke_document(opened.document, by=request.viewer, at=timezone.now())
    messages.success(request, _("Taken back. From now on nothing more may be shared on it."))
    return redirect("intake:document", document_id)
