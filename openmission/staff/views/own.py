"""What everybody has: their own page, their language, staying signed in."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openmission.staff import selectors, services
from openmission.staff.doors import for_everyone, public


@for_everyone
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Name, roles, language, and the ways to sign in."""
    context = {
        "roles": selectors.own_roles(request.viewer),
        "second_factor": is_mfa_enabled(request.user),
        "languages": settings.LANGUAGES,
    }
    return render(request, "staff/me.html", context)


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language: remembered on the account, or in a cookie before sign-in."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if translation.check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        if request.viewer:
            services.accounts.change_preferences(request.user, language=chosen, by=request.viewer, at=timezone.now())
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, httponly=True, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
        )
    return response


@for_everyone
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the session alive when the person answers the time-out warning."""
    request.session["seen"] = int(timezone.now().timestamp())
    return HttpResponse(status=204)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old or the session changed: say so, and that what was typed is kept on the device."""
    text = _("This page was open too long, or you signed in again. Reload the form and send it once more.")
    return render(request, "403.html", {"reason": text}, status=403)
