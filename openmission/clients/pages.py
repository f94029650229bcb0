"""What the pages of the log and of a client's details show: rows put into lines, with names and days."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openmission.audit.models import Access, RecordedEvent
from openmission.clients.models import Client
from openmission.clients.templatetags.clients import detail_labels

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


def latest_changes(client: Client, changes: list[RecordedEvent], *, asked: str | None) -> dict[str, Any]:
    """`seen`: the latest change of the details, which the form carries. `meanwhile`: those after the one that the sent
    form knew of (`asked`; None: the page is opened), with what those fields say `now`.
    """
    meanwhile = changes if asked is not None else []
    fields = dict.fromkeys(name for change in meanwhile for name in change.data["fields"])
    now = [(detail_labels([name]), _says(client, name)) for name in fields]
    return {"seen": str(changes[0].id) if changes else asked or "", "meanwhile": meanwhile, "now": now}


def _says(client: Client, name: str) -> str:
    if name == "phones":
        return ", ".join(f"{phone.number} {phone.label}".strip() for phone in client.phones.all())
    if name == "aliases":
        return ", ".join(alias.name for alias in client.aliases.all())
    value = getattr(client, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "language":
        return str(_(dict(settings.LANGUAGES)[value]))
    return date_format(value, "j M Y") if isinstance(value, date) else value
