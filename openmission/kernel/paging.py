"""Lists that come a page at a time."""

from django.http import HttpRequest


def start_in(request: HttpRequest) -> int:
    """The row with which the asked page starts: `?start=`, 0 where it says no number."""
    asked = request.GET.get("start", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0
