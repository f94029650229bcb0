"""Where a page leads when its work is done."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

HOME = "/"


def back_url(request: HttpRequest) -> str:
    """The page of ours that `next` names, else the start page (My day)."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") else HOME
