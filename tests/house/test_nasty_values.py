"""Whatever stands in the question part of an address or in a date field: a page, never an error of the server."""

import ast
from typing import Any

import pytest
from django import forms
from django.test import Client as Browser

from openmission.kernel.forms import DayField
from tests.house.pages import pages
from tests.house.source import modules
from tests.world.cast import World

NASTY = {
    "the first moment": "0001-01-01T00:00:00+23:59",
    "the last moment": "9999-12-31T23:59:59-23:59",
    "a moment of no zone": "2026-11-20T10:00:00",
    "a moment of a second zone": "2026-11-20T10:00:00+00:00:30",
    "no moment": "2026-02-30T10:00:00Z",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "no day": "2026-02-30",
    "a NUL": "a\x00b",
    "a lone surrogate": "%ed%a0%80",
    "a number too large": "9" * 30,
    "a number without end": "9" * 5000,
    "a number of another script": "٣",
    "a raised number": "²",
    "less than nothing": "-1",
    "no id": "00000000-0000-0000-0000-00000000000",
    "an id of nobody": "00000000-0000-0000-0000-000000000000",
    "letters without end": "a b " * 2000,
    "markup": "'\"><script>%s{{",
    "an accent": "é́" * 60,
}
ASKED = {
    "curricula:agenda": ("format", "version"),
    "curricula:session": ("version",),
    "curricula:outline": ("language",),
    "desk:my_day": ("whose",),
    "desk:caseload": ("whose",),
    "desk:client": ("about", "before"),
    "desk:search": ("q",),
    "care:record": ("client", "appointment", "again", "outcome", "mode", "next"),
    "care:appointment_new": ("client", "appointment", "outcome", "next"),
    "care:appointment_move": ("next",),
    "care:appointment_cancel": ("next",),
    "clients:emergencies": ("start",),
    "clients:looks": ("q", "client", "person", "kind", "first", "last", "emergency", "after"),
    "clients:changes": ("q", "client", "person", "kind", "first", "last", "emergency", "after"),
    "delivery:session": ("session",),
    "exchange:people": ("housing", "q", "page"),
    "exchange:import": ("page",),
    "intake:board": ("column", "team"),
    "intake:waitlist": ("team",),
    "intake:sign": ("language",),
    "intake:screening": ("program",),
    "workbook:sheet": ("language", "taking"),
    "workbook:history": ("taking",),
    "workbook:sheet_print": ("language", "taking"),
    "workbook:book_print": ("language",),
    "workbook:blank": ("language",),
}
"""{page: what it reads of the question part}."""
CASES = [pytest.param(page, name, id=f"{page.name} {name}") for page in pages() for name in ASKED.get(page.name, ())]


def _read() -> set[str]:
    """What views and pages read by name of `request.GET`, and of `query`, as pages call it."""
    found = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"):
                continue
            if ast.unparse(node.func.value) in ("request.GET", "query") and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_every_name_that_a_page_reads_is_tried() -> None:
    assert _read() <= {name for names in ASKED.values() for name in names}
    assert set(ASKED) <= {page.name for page in pages()}


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "name"), CASES)
def test_a_nasty_question_gets_a_page(page: Any, name: str, world: World, signed_in: dict[Any, Browser]) -> None:
    browser = signed_in[sorted(page.door.roles)[0], False]
    answers = {what: browser.get(page.url(world), {name: value}).status_code for what, value in NASTY.items()}
    assert {what: status for what, status in answers.items() if status not in (200, 302, 404, 405)} == {}


def _forms(of: type[Any] = forms.BaseForm) -> set[type[Any]]:
    below = {form for form in of.__subclasses__() for form in (form, *_forms(form))}
    return {form for form in below if form.__module__.startswith("openmission.")}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "2026-02-30", "a\x00b"])
def test_no_form_takes_a_day_that_cannot_be_counted_with(day: str) -> None:
    fields = [
        (form, field)
        for form in _forms()
        for field in getattr(form, "base_fields", {}).values()
        if isinstance(field, (forms.DateField, forms.DateTimeField))
    ]
    assert len(fields) >= 10
    for form, field in fields:
        assert isinstance(field, DayField), form
        with pytest.raises(forms.ValidationError):
            field.clean(day)
