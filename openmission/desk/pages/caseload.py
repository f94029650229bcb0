"""The caseload: every client once, most in need first, with the reason."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.translation import get_language

from openmission.audit import access
from openmission.care.rules.agenda import due_items
from openmission.care.selectors.agenda import day_rows, own_rows
from openmission.care.selectors.facts import Standing, standings
from openmission.care.selectors.timeline import Entry, latest_contacts
from openmission.care.sentences import what
from openmission.clients.selectors import Member
from openmission.desk.pages.lines import TONES, place_of
from openmission.kernel.actors import Actor
from openmission.kernel.addresses import address
from openmission.programs.rules import Severity, day_count, localized
from openmission.staff.roles import PAIR


@dataclass(frozen=True, slots=True)
class Caseload:
    """The rows, most in need first, and (for a supervisor) how many clients each worker serves."""

    rows: tuple["Row", ...]
    loads: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One client on the caseload. `phases` and `day` draw the rail; `reason` is the most pressing line."""

    client_id: UUID
    url: str
    name: str
    program: str
    place: str
    phases: tuple[tuple[str, int], ...]
    day: int
    tone: str
    reason: str
    others: int
    pair: tuple[Member, ...]
    last: Entry | None
    last_on: date | None
    next_on: date | None
    flags: tuple[str, ...]


def caseload(viewer: Actor, *, on: date, team: bool = False) -> Caseload:
    """Own clients (and those covered), or with `team` all of the teams that the viewer supervises."""
    found = standings(viewer, day_rows(viewer) if team else own_rows(viewer), on=on)
    seen = {s.facts.last_met.contact_id for s in found if s.facts.last_met} - {None}
    contacts = latest_contacts(viewer, [contact_id for contact_id in seen if contact_id])
    access.note(standing.client.id for standing in found)
    sorted_rows = sorted((_row(standing, contacts, on) for standing in found), key=lambda pair: pair[0])
    return Caseload(rows=tuple(row for _key, row in sorted_rows), loads=_loads(found) if team else ())


def _row(standing: Standing, contacts: dict[UUID, Entry], on: date) -> tuple[tuple[object, ...], Row]:
    """The row with its key for sorting: severity, strength of outreach, days without contact, name."""
    facts, client = standing.facts, standing.client
    items = [item for item in due_items(facts, standing.program, on) if not item.put_off]
    top = items[0] if items else None
    last_on = facts.last_met.on if facts.last_met else None
    coming = [appointment.on for appointment in facts.appointments if appointment.on >= on]
    row = Row(
        client_id=client.id,
        url=address("desk:client", client.id),
        name=client.short_name,
        program=localized(standing.program.title, get_language() or "en"),
        place=place_of(standing, on),
        phases=_rail(standing),
        day=day_count(on, facts.spans).day,
        tone=TONES[top.severity] if top else "done",
        reason=what(top, name=client.short_name, program=standing.program) if top else "",
        others=max(len(items) - 1, 0),
        pair=standing.members,
        last=contacts.get(facts.last_met.contact_id) if facts.last_met and facts.last_met.contact_id else None,
        last_on=last_on,
        next_on=min(coming, default=None),
        flags=_flags(standing, on),
    )
    severity = top.severity if top else Severity.WAITING
    waited = (on - (last_on or facts.starts_on)).days
    return (-severity, -(top.level if top else 0), -waited, row.name, str(client.id)), row


def _rail(standing: Standing) -> tuple[tuple[str, int], ...]:
    language = get_language() or "en"
    return tuple(
        (localized(standing.program.phase(span.phase).title, language), (span.ends_on - span.starts_on).days)
        for span in standing.facts.spans
    )


def _flags(standing: Standing, on: date) -> tuple[str, ...]:
    """Codes of what deserves a mark beside the name: `slip` while support is closer, `new` in the first two weeks."""
    flags = []
    slip_on = standing.facts.use_reported_on
    if slip_on and (on - slip_on).days < standing.program.closer_contact.for_days:
        flags.append("slip")
    if (on - standing.facts.starts_on).days < 14:
        flags.append("new")
    return tuple(flags)


def _loads(found: list[Standing]) -> tuple[tuple[str, str, int], ...]:
    """(name, role, clients) for each worker of the pairs, most first."""
    members = sorted(
        (member.role, member.name) for standing in found for member in standing.members if member.role in PAIR
    )
    counted = [(name, role, len(list(group))) for (role, name), group in groupby(members)]
    return tuple(sorted(counted, key=lambda load: (load[1], -load[2], load[0])))
