"""What script/bench is made of. No test takes the time of anything."""

import gzip

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from openmission.practice.bench import counting
from openmission.practice.bench.browser import Answer, named_in_sheet, read_form, static_parts
from openmission.practice.bench.report import growth, table
from openmission.staff.models import Agency

PAGE = """
<form action="/find/"><input name="q" value="x"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="abc">
<input type="radio" name="mode" value="a">
<input type="radio" name="mode" value="b" checked><input type="checkbox" name="slip"><textarea name="note">
Two lines &amp;
more</textarea>
<select name="place"><option value="1"><option value="2" selected></select></form>
<link href="/static/css/a.1.css"><use href="/static/icons.2.svg#plus"/><script src="/static/js/b.3.js"></script>
"""
FIGURES = {
    "pages": {"My day": {"p50": 20.0, "p95": 31.5, "ratio": 2.5, "queries": 13, "bytes": 5341}},
    "first_load_of_my_day_bytes": 87192,
    "repeat_load_of_my_day_bytes": 6201,
    "pages_per_second_with_8_browsers": 101.5,
    "machine_load": [0.1, 1.9],
}


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    assert read_form(PAGE) == [
        ("csrfmiddlewaretoken", "abc"),
        ("mode", "b"),
        ("note", "Two lines &\nmore"),
        ("place", "2"),
    ]


def test_everything_that_a_page_brings_along_is_found() -> None:
    assert static_parts(PAGE) == ["/static/css/a.1.css", "/static/icons.2.svg", "/static/js/b.3.js"]
    sheet = '@font-face{src:url("../vendor/f.4.woff2")} a{background:url(data:image/svg+xml,x)}'
    assert named_in_sheet("/static/css/a.1.css", sheet) == ["/static/vendor/f.4.woff2"]


def test_a_packed_answer_is_unpacked_to_be_read() -> None:
    assert Answer(200, {"content-encoding": "gzip"}, gzip.compress(b"good day"), 0.1, 30).text == "good day"


def test_the_table_shows_every_figure() -> None:
    shown = table("sqlite, 5,000 clients", FIGURES)
    for figure in ("20.0", "31.5", "2.5", "13", "5,341", "87,192", "6,201", "101.5"):
        assert figure in shown
    assert "1.00" in growth(FIGURES, FIGURES, 5000, 100_000)


@pytest.mark.django_db
def test_queries_are_counted_without_the_marks_of_transactions() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        Agency.objects.exists()
        with counting.connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            cursor.execute("RELEASE SAVEPOINT here")
        return HttpResponse(str(Agency.objects.count()))

    assert counting.count_queries(view)(HttpRequest()).headers[counting.HEADER] == "2"


def test_an_installation_counts_nothing_unless_told_to() -> None:
    assert not [name for name in settings.MIDDLEWARE if "bench" in name]
