"""Days and moments in words, each put once: a page says the same few again and again."""

from datetime import date, datetime, tzinfo

from django.utils import timezone
from django.utils.formats import date_format

from openmission.kernel.languages import in_each_language


def short_day(day: date) -> str:
    """`Mon 23 Nov` in the reader's language."""
    return _put(day, "D j M")


def short_time(at: datetime) -> str:
    """`Mon 23 Nov, 14:30` in the reader's language, on the agency's clock."""
    local = timezone.localtime(at)
    return f"{short_day(local.date())}, {local:%H:%M}"


def long_time(at: datetime) -> str:
    """`Mon 23 Nov 2026, 14:30` in the reader's language, on the agency's clock."""
    local = timezone.localtime(at)
    return f"{_put(local.date(), 'D j M Y')}, {local:%H:%M}"


def plain_day(day: date) -> str:
    """`23 Nov 2026` in the reader's language."""
    return _put(day, "j M Y")


def zoned_time(at: datetime, zone: tzinfo) -> str:
    """`23 Nov 2026, 14:30 EST` in the language in use, on the clock of a zone that is named: for paper, which goes to
    people elsewhere. A zone without letters of its own is `UTC-03:00`.
    """
    local = at.astimezone(zone)
    name, offset = f"{local:%Z}", f"{local:%z}"
    return f"{plain_day(local.date())}, {local:%H:%M} {name if name.isalpha() else f'UTC{offset[:3]}:{offset[3:5]}'}"


@in_each_language
def _put(day: date, look: str) -> str:
    return date_format(day, look)


def imaginable(day: date) -> bool:
    """Whether one can go a day, a time zone or a program on and back from it on every database."""
    return 1900 <= day.year <= 2199
