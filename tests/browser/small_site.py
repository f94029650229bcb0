"""A very small site for tests of the scripts: kernel pages and static files, and answers that the test chooses."""

import base64
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.template import engines

STATIC = Path(__file__).resolve().parents[2] / "openmission" / "kernel" / "static"
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"
FORM = """{% extends "base.html" %}{% block title %}Form{% endblock %}{% block content %}<h1>Form</h1>
<form method="post" data-draft="contact:1" {{ marks }}><input type="hidden" name="id" value="{{ id }}">
<label>Note <textarea name="note">{{ note }}</textarea></label>
<label><input type="radio" name="how" value="visit"> Visit</label>
<label><input type="radio" name="how" value="phone"> Phone</label>
<label><input type="checkbox" name="joint"> Joint</label>
<button>Save</button>{% still "ui/draft.html" %}</form>{% endblock %}"""
SAVED = """{% extends "base.html" %}{% block content %}<h1>Saved page</h1>{% endblock %}"""
SIGN_IN = '<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1>'


class SmallSite:
    """`answer` is given to each POST: (status, where to go); 200 gives the form back, bound; 403 and 404 give their
    page, with the reason that stands in the second place, or nothing. `posted`: what arrived.
    """

    def __init__(self) -> None:
        self.person = "a"
        self.session_seconds = 1800
        self.session_longest = 43_200
        self.marks = ""
        self.loads = 0
        self.answer: tuple[int, str] = (302, "/saved/")
        self.posted: list[dict[str, str]] = []

    def page(self, path: str, note: str = "", marks: str = "") -> str:
        context = {
            "draft_key": base64.b64encode(self.person.encode() * 32).decode(),
            "draft_owner": self.person,
            "session_seconds": self.session_seconds,
            "session_longest": self.session_longest,
            "session_ping_url": "/stay/",
            "id": f"id-{self.loads}",
            "note": note,
            "marks": f"{self.marks} {marks}",
            "draft_saved": "contact:1" if path == "/saved/" else "",
        }
        return engines["django"].from_string(SAVED if path == "/saved/" else FORM).render(context)


def _handler(site: SmallSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path.startswith("/static/"):
                file = STATIC / path.removeprefix("/static/")
                return self.send(200, file.read_bytes(), mimetypes.guess_type(path)[0] or "font/woff2")
            site.loads += path == "/"
            return self.send(200, (SIGN_IN if path == "/sign-in/" else site.page(path)).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            if self.path == "/stay/":
                return self.send(204, b"")
            site.posted.append(_fields(body, self.headers["Content-Type"]))
            status, place = site.answer
            if status == 200:
                return self.send(200, site.page("/", note=site.posted[-1]["note"], marks="data-bound").encode())
            if place and status in (403, 404):
                page = engines["django"].get_template(f"{status}.html").render({"reason": place})
                return self.send(status, page.encode())
            return self.send(status, b"", place=place)

        def send(self, status: int, body: bytes, kind: str = "text/html; charset=utf-8", place: str = "") -> None:
            self.send_response(status)
            if place:
                self.send_header("Location", place)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", CSP)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def _fields(body: str, kind: str) -> dict[str, str]:
    """The fields of a posted form, of either encoding."""
    if "boundary=" not in kind:
        return {name: values[0] for name, values in parse_qs(body).items()}
    parts = [part.partition("\r\n\r\n") for part in body.split("--" + kind.partition("boundary=")[2])[1:-1]]
    return {head.partition('name="')[2].partition('"')[0]: value.removesuffix("\r\n") for head, _, value in parts}


@contextmanager
def small_site() -> Iterator[tuple[SmallSite, str]]:
    """The site and its address, on a free port of this machine."""
    site = SmallSite()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
