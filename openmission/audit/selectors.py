"""Reading the two logs: for the privacy officer only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from openmission.audit.models import Access, RecordedEvent
from openmission.audit.policies import can_read_log
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.kept import kept

PAGE = 50


@dataclass(frozen=True)
class LogFilter:
    """What the privacy officer asked to see; None, empty or False means any."""

    client_id: UUID | None = None
    by_id: UUID | None = None
    kind: str = ""
    first_on: date | None = None
    last_on: date | None = None
    break_glass: bool = False


@dataclass(frozen=True)
class LogPage:
    """Rows, newest first; `older` is the row after which older ones follow, None when there are none."""

    rows: list[Any]
    older: UUID | None


def events(viewer: Actor, asked: LogFilter, *, after: UUID | None = None) -> LogPage:
    """Changes, newest first, from the row `after` on. Raises `Refused`."""
    require(can_read_log(viewer))
    rows = RecordedEvent.objects.all()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return _page(rows, asked, after)


def accesses(viewer: Actor, asked: LogFilter, *, after: UUID | None = None) -> LogPage:
    """Looks at clients, newest first, from the row `after` on. Raises `Refused`."""
    require(can_read_log(viewer))
    rows = Access.objects.all()
    if asked.break_glass:
        rows = rows.filter(break_glass=True)
    return _page(rows, asked, after)


def _page(rows: QuerySet[Any], asked: LogFilter, after: UUID | None) -> LogPage:
    moment = rows.filter(id=after).values_list("at", flat=True).first() if after else None
    if moment:
        rows = rows.filter(Q(at__lt=moment) | Q(at=moment, id__lt=after))
    found = list(_narrow(rows, asked).order_by("-at", "-id")[: PAGE + 1])
    return LogPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def _narrow(rows: QuerySet[Any], asked: LogFilter) -> QuerySet[Any]:
    if asked.client_id:
        rows = rows.filter(client_id=asked.client_id)
    if asked.by_id:
        rows = rows.filter(by_id=asked.by_id)
    if asked.first_on:
        rows = rows.filter(at__gte=_midnight(asked.first_on))
    if asked.last_on:
        rows = rows.filter(at__lt=_midnight(asked.last_on + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Span:
    """One person's time with one client."""

    client_id: UUID
    by_id: UUID
    since: datetime
    until: datetime


def opened_under_glass(viewer: Actor, spans: Iterable[Span]) -> dict[Span, list[Access]]:
    """What each person opened of the client by emergency access in each span, oldest first. Raises `Refused`."""
    require(can_read_log(viewer))
    found: dict[Span, list[Access]] = {span: [] for span in spans}
    any_of = Q(pk=None)
    for span in found:
        any_of |= Q(client_id=span.client_id, by_id=span.by_id, at__gte=span.since, at__lt=span.until)
    for row in Access.objects.filter(any_of, break_glass=True).order_by("at"):
        for span in found:
            if (row.client_id, row.by_id) == (span.client_id, span.by_id) and span.since <= row.at < span.until:
                found[span].append(row)
    return found


def events_since(viewer: Actor, client_id: UUID, kind: str, *, seen: str) -> list[RecordedEvent]:
    """A client's events of a kind after the one with the id `seen` (empty: all), newest first, at most a page of them.
    The caller has the client in reach.
    """
    rows = RecordedEvent.objects.filter(client_id=client_id, kind=kind).order_by("-at", "-id")
    return list(takewhile(lambda event: str(event.id) != seen, rows[:PAGE]))


def timeline_events(viewer: Actor, client_id: UUID, *, before: datetime | None, most: int) -> list[RecordedEvent]:
    """A client's events that belong on the timeline, newest first. The caller has the client in reach."""
    return _on_timeline(client_id, before, most)


@kept
def _on_timeline(client_id: UUID, before: datetime | None, most: int) -> QuerySet[RecordedEvent]:
    rows = RecordedEvent.objects.filter(client_id=client_id, on_timeline=True)
    if before:
        rows = rows.filter(at__lt=before)
    return rows.order_by("-at", "-id")[:most]
