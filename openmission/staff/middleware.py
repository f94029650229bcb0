"""Who is looking, and whether the door opens."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from openmission.kernel.errors import NotFound, Refused
from openmission.staff.doors import Door
from openmission.staff.viewers import actor_for

SEEN = "seen"
TOUCH_SECONDS = 60
ALWAYS_OPEN = ("mfa_", "account_", "staff:language", "staff:stay")  # to who still has to set up a second factor


def viewer_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.viewer` (an Actor or None), the agency's time zone and the person's language; end idle sessions."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = None  # type: ignore[attr-defined]
        user = request.user
        if user.is_authenticated and not _still_awake(request, user.agency.session_minutes):
            logout(request)
            user = request.user
        if user.is_authenticated:
            timezone.activate(ZoneInfo(user.agency.time_zone))
            request.viewer = actor_for(user, on=timezone.localdate())  # type: ignore[attr-defined]
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        translation.activate(language)
        try:
            response = get_response(request)
        finally:
            timezone.deactivate()
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    return middleware


def _still_awake(request: HttpRequest, minutes: int) -> bool:
    """False when nothing was asked for longer than the agency's limit; the mark is renewed at most once a minute."""
    now = int(timezone.now().timestamp())
    seen = request.session.get(SEEN, now)
    if now - seen > minutes * 60:
        return False
    if SEEN not in request.session or now - seen >= TOUCH_SECONDS:
        request.session[SEEN] = now
    return True


class DoorMiddleware:
    """Deny by default: a view opens only to the roles on its door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        mark: Door | None = getattr(view, "door", None)
        if mark and mark.public:
            return None
        viewer = request.viewer  # type: ignore[attr-defined]
        if viewer is None:
            return _to_sign_in(request)
        if mark is None or not viewer.has(*mark.roles):
            reason = _("Your role does not open this page.")
            return render(request, "403.html", {"reason": reason}, status=403)
        return self._second_factor(request, mark)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Out of reach looks like not there; what a policy refuses says why."""
        if isinstance(exception, NotFound):
            return render(request, "404.html", status=404)
        if isinstance(exception, Refused):
            return render(request, "403.html", {"reason": exception.message}, status=403)
        return None

    def _second_factor(self, request: HttpRequest, mark: Door) -> HttpResponse | None:
        """Where the agency requires a second factor, somebody without one is led to set it up first."""
        page = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.agency.second_factor_required or page.startswith(ALWAYS_OPEN):
            return None
        return None if is_mfa_enabled(request.user) else HttpResponseRedirect(reverse("mfa_index"))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    target = f"{reverse('account_login')}?{urlencode({'next': back})}"
    if getattr(request, "headers", {}).get("HX-Request"):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)
