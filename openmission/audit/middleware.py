"""Every page that showed a client leaves its access rows, or is not shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmission.audit import access, services


def access_log_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write what the selectors noted; forbid caches to keep any page that showed a client or a signed-in person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        access.begin()
        response = get_response(request)
        shown = access.collected()
        viewer = getattr(request, "viewer", None)
        if shown and viewer:
            match = request.resolver_match
            services.record_access(shown, page=match.view_name if match else "unknown", by=viewer, at=timezone.now())
        if viewer:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
