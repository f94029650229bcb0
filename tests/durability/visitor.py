"""A browser without a screen: one session that signs in, opens the form of a contact and sends it."""

import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.client import HTTPException, HTTPResponse
from http.cookiejar import CookieJar
from itertools import count
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from openmission.kernel.ids import new_id
from tests.world.cast import PASSWORD

UNANSWERED = (urllib.error.URLError, ConnectionError, TimeoutError, HTTPException)


class _Stay(urllib.request.HTTPRedirectHandler):
    """The answer of a form is the redirect itself."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


_DAYS = count(7)


class Visitor:
    """`address` may change when the server comes back elsewhere; the session stays. Without a name: not signed in."""

    def __init__(self, address: str, name: str):
        self.address, self.name, self.token = address, name, ""
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Stay()).open
        self.get("/sign-in/")
        assert not name or self.post("/sign-in/", {"login": f"{name}@example.org", "password": PASSWORD})[0] == 302

    def get(self, path: str) -> str:
        _status, page, _headers = self._ask(path)
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
        return page

    def post(self, path: str, data: Mapping[str, Any]) -> tuple[int, str]:
        """(status, where it leads). Raises one of `UNANSWERED` when no answer comes."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.token}, doseq=True).encode()
        status, _page, headers = self._ask(path, body)
        return status, headers.get("Location", "")

    def _ask(self, path: str, body: bytes | None = None) -> tuple[int, str, Mapping[str, str]]:
        try:
            answer: HTTPResponse = self._open(urllib.request.Request(self.address + path, body), timeout=20)
            return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), refused.headers


def meeting(who: str, **changed: Any) -> dict[str, Any]:
    """What the form of a contact sends for a meeting now: with the family, so that nobody is asked whether it is the
    one that a colleague recorded.
    """
    now = datetime.now(ZoneInfo("America/New_York"))
    given = {"id": str(new_id()), "who": who, "outcome": "met", "mode": "in_person", "place": "office", "minutes": "45"}
    given |= {
        "component": "cti",
        "with_whom": "family",
        "day": f"{now:%Y-%m-%d}",
        "time": f"{now:%H:%M}",
        "note": "Met.",
    }
    return given | changed


def coming() -> dict[str, str]:
    """A next time on a day of its own, so that nobody is asked about another appointment at that time."""
    return {"next": "other", "next_day": _own_day()}


def planned(who: str) -> dict[str, Any]:
    """What the form of an appointment sends, for a day of its own."""
    given = {"id": str(new_id()), "who": who, "next_day": _own_day(), "next_time": "10:00", "mode": "phone"}
    return given | {"minutes": "30", "component": "cti"}


def _own_day() -> str:
    return (datetime.now(ZoneInfo("America/New_York")) + timedelta(days=next(_DAYS))).date().isoformat()
