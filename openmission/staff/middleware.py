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
SINCE = "since"
LONGEST_SECONDS = 12 * 3600
TOUCH_SECONDS = 60
ALWAYS_OPEN = ("account_", "mfa_reauthenticate", "staff:language", "staff:stay")  # whatever is still to be set up


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


def seconds_left(request: HttpRequest) -> int:
    """Of the longest life of a session; it begins with the first page after sign-in."""
    now = int(timezone.now().timestamp())
    return LONGEST_SECONDS - (now - int(request.session.setdefault(SINCE, now)))


def _still_awake(request: HttpRequest, minutes: int) -> bool:
    """False when nothing was asked for longer than the agency's limit, and at the end of the longest life whatever was
    done; the mark is renewed at most once a minute.
    """
    now = int(timezone.now().timestamp())
    seen = request.session.get(SEEN, now)
    if now - seen > minutes * 60 or seconds_left(request) <= 0:
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
        return self._own_sign_in(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Out of reach looks like not there; what a policy refuses says why."""
        if isinstance(exception, NotFound):
            return render(request, "404.html", {"reason": exception.message}, status=404)
        if isinstance(exception, Refused):
            return render(request, "403.html", {"reason": exception.message}, status=403)
        return None

    def _own_sign_in(self, request: HttpRequest) -> HttpResponse | None:
        """Who has a password that somebody else knows is led to change it first; where the agency requires a second
        factor, who has none to set it up.
        """
        page = request.resolver_match.view_name if request.resolver_match else ""
        user = request.user
        if page.startswith(ALWAYS_OPEN):
            return None
        if user.must_change_password:
            return HttpResponseRedirect(reverse("account_change_password"))
        if page.startswith("mfa_"):
            return None
        if user.agency.second_factor_required and not is_mfa_enabled(user):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    target = f"{reverse('account_login')}?{urlencode({'next': back})}"
    if getattr(request, "headers", {}).get("HX-Request"):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)
