"""Reading the two logs: for the privacy officer only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openmission.audit.models import Access, RecordedEvent
from openmission.audit.policies import can_read_log
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require

PAGE = 50


@dataclass(frozen=True)
class LogFilter:
    """What the privacy officer asked to see; None means any."""

    client_id: UUID | None = None
    by_id: UUID | None = None
    kind: str = ""
    first_on: date | None = None
    last_on: date | None = None
    break_glass: bool = False


def _narrow(rows: QuerySet[Any], asked: LogFilter, before: datetime | None) -> QuerySet[Any]:
    if asked.client_id:
        rows = rows.filter(client_id=asked.client_id)
    if asked.by_id:
        rows = rows.filter(by_id=asked.by_id)
    if asked.first_on:
        rows = rows.filter(at__gte=_midnight(asked.first_on))
    if asked.last_on:
        rows = rows.filter(at__lt=_midnight(asked.last_on + timedelta(days=1)))
    if before:
        rows = rows.filter(at__lt=before)
    return rows.order_by("-at", "-id")[: PAGE + 1]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def events(viewer: Actor, asked: LogFilter, *, before: datetime | None = None) -> list[RecordedEvent]:
    """Changes, newest first, one more than a page when there are older ones. Raises `Refused`."""
    require(can_read_log(viewer))
    rows = RecordedEvent.objects.all()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return list(_narrow(rows, asked, before))


def accesses(viewer: Actor, asked: LogFilter, *, before: datetime | None = None) -> list[Access]:
    """Looks at clients, newest first, one more than a page when there are older ones. Raises `Refused`."""
    require(can_read_log(viewer))
    rows = Access.objects.all()
    if asked.break_glass:
        rows = rows.filter(break_glass=True)
    return list(_narrow(rows, asked, before))
