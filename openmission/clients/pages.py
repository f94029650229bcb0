"""What the log's pages show: rows put into lines, with names and days."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from openmission.audit.models import Access, RecordedEvent

Names = dict[UUID, str]


@dataclass(frozen=True)
class Look:
    """One page that one person saw: whom it opened, whom it listed. `day` in the agency's time zone.

    `others`: how many more it listed who were no clients (people found in another system, not referred).
    """

    at: datetime
    day: date
    by_name: str
    page: str
    opened: list[str]
    listed: list[str]
    others: int
    break_glass: bool


@dataclass(frozen=True)
class Change:
    """One recorded event, with the name of the client it is about (empty when it is about none)."""

    at: datetime
    day: date
    by_name: str
    event: RecordedEvent
    client: str


def looks(rows: list[Access], names: Names) -> list[Look]:
    """Accesses in order, those of one page view as one line."""
    found = []
    for (at, _by, by_name, page), group in groupby(rows, key=lambda row: (row.at, row.by_id, row.by_name, row.page)):
        seen = list(group)
        found.append(
            Look(
                at=at,
                day=timezone.localdate(at),
                by_name=by_name,
                page=page,
                opened=[names.get(row.client_id, "") for row in seen if not row.listed],
                listed=[names[row.client_id] for row in seen if row.listed and row.client_id in names],
                others=sum(row.listed and row.client_id not in names for row in seen),
                break_glass=any(row.break_glass for row in seen),
            )
        )
    return found


def changes(rows: list[RecordedEvent], names: Names) -> list[Change]:
    return [
        Change(
            at=row.at,
            day=timezone.localdate(row.at),
            by_name=row.by_name,
            event=row,
            client=names.get(row.client_id, "") if row.client_id else "",
        )
        for row in rows
    ]
