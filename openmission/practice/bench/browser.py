"""A browser as small as can be: one connection kept alive, cookies, gzip, forms. Measures each answer."""

import gzip
import re
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urljoin

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """`seconds` from the first byte sent to the last one read; `size` in bytes on the wire, headers too."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    size: int

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


def expect(status: int, answer: Answer) -> Answer:
    """The answer. Raises `RuntimeError` for another status."""
    if answer.status != status:
        raise RuntimeError(f"expected {status}, got {answer.status}: {answer.text[:500]}")
    return answer


class Browser:
    def __init__(self, port: int):
        self._port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        return self._ask("POST", path, urlencode(fields).encode())

    def sign_in(self, email: str, password: str) -> None:
        """Raises `RuntimeError` when the server does not let us in."""
        fields = dict(read_form(self.get("/sign-in/").text))
        answer = self.post("/sign-in/", list({**fields, "login": email, "password": password}.items()))
        if answer.status != 302:
            raise RuntimeError(f"{email} could not sign in: {answer.status}")

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        headers = {"Accept-Encoding": "gzip", "Host": "localhost"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = FORM
        try:
            return self._exchange(method, path, body, headers)
        except (
            HTTPException,
            ConnectionError,
        ):  # the server closed a connection that was idle: a browser opens another
            self._connection.close()
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
            return self._exchange(method, path, body, headers)

    def _exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        begun = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - begun
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, kept = value.split(";", 1)[0].partition("=")
                self._cookies[cookie] = kept
        received = {name.lower(): value for name, value in response.getheaders()}
        size = len(content) + sum(len(name) + len(value) + 4 for name, value in response.getheaders()) + 17
        return Answer(response.status, received, content, seconds, size)


def read_form(html: str) -> list[tuple[str, str]]:
    """Names and values of the form that a browser would send as it stands: the last one with a CSRF token."""
    reader = _FormReader()
    reader.feed(html)
    return next(fields for fields in reversed(reader.forms) if any(name == "csrfmiddlewaretoken" for name, _ in fields))


def static_parts(html: str) -> list[str]:
    """Addresses of the style sheets, scripts, icons and pictures that the page loads."""
    return sorted(set(re.findall(r'(?:src|href)="(/static/[^"#]+)', html)))


def named_in_sheet(path: str, sheet: str) -> list[str]:
    """Addresses of the fonts and pictures that a style sheet at `path` names."""
    return sorted(
        {urljoin(path, found) for found in re.findall(r'url\("?([^")]+)', sheet) if not found.startswith("data:")}
    )


class _FormReader(HTMLParser):
    """Gathers the fields of each form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._select = self._area = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append([])
        elif not self.forms:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1].append((self._select, given.get("value", "")))
        elif tag == "textarea" and name:
            self._area, self._text = name, ""
        elif tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.forms[-1].append((name, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            self.forms[-1].append((self._area, self._text.removeprefix("\n")))
            self._area = ""
