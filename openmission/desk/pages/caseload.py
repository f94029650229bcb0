"""The caseload: every client once, most in need first, with the reason."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.translation import get_language

from openmission.audit import access
from openmission.care.models.contact import Mode
from openmission.care.rules.agenda import DueItem, due_items
from openmission.care.selectors.agenda import day_rows, own_rows
from openmission.care.selectors.facts import Standing, standings
from openmission.care.selectors.timeline import Entry, latest_contacts
from openmission.care.sentences import what
from openmission.desk.pages.lines import TONES
from openmission.kernel.actors import Actor
from openmission.kernel.addresses import address
from openmission.kernel.languages import in_each_language
from openmission.programs.rules import PhaseSpan, Program, Severity, day_count, localized
from openmission.staff.roles import PAIR


@dataclass(frozen=True, slots=True)
class Caseload:
    """The rows, most in need first, and (for a supervisor) how many clients each worker serves."""

    rows: tuple["Row", ...]
    loads: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One client on the caseload. `phases` and `day` draw the rail; `reason` is the most pressing line, `others` how
    many there are besides; `last_how` says how the client was last met and by whom; `ways` are (component, the state of
    each session as one letter).
    """

    client_id: UUID
    url: str
    name: str
    phases: tuple[tuple[str, int], ...]
    day: int
    tone: str
    reason: str
    others: int
    pair: str
    last_on: date | None
    last_how: str
    next_on: date | None
    flags: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]


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
    top = replace(items[0], held=None) if items else None  # why it waits is not kept in memory
    last = contacts.get(facts.last_met.contact_id) if facts.last_met and facts.last_met.contact_id else None
    last_on = facts.last_met.on if facts.last_met else None
    coming = [appointment.on for appointment in facts.appointments if appointment.on >= on]
    row = _worded(
        client.id,
        client.short_name,
        standing.program,
        facts.spans,
        top,
        len(items),
        ", ".join(member.name for member in standing.members),
        last_on,
        last.contact.mode if last and last.contact else None,
        last.staff if last else (),
        min(coming, default=None),
        _flags(standing, on),
        _ways(standing),
        on,
    )
    severity = top.severity if top else Severity.WAITING
    waited = (on - (last_on or facts.starts_on)).days
    return (-severity, -(top.level if top else 0), -waited, row.name, str(client.id)), row


@in_each_language
def _worded(
    client_id: UUID,
    name: str,
    program: Program,
    spans: tuple[PhaseSpan, ...],
    top: DueItem | None,
    items: int,
    pair: str,
    last_on: date | None,
    last_mode: str | None,
    last_staff: tuple[str, ...],
    next_on: date | None,
    flags: tuple[str, ...],
    ways: tuple[tuple[str, str], ...],
    on: date,
) -> Row:
    language = get_language() or "en"
    return Row(
        client_id=client_id,
        url=address("desk:client", client_id),
        name=name,
        phases=tuple(
            (localized(program.phase(span.phase).title, language), (span.ends_on - span.starts_on).days)
            for span in spans
        ),
        day=day_count(on, spans).day,
        tone=TONES[top.severity] if top else "done",
        reason=what(top, name=name, program=program) if top else "",
        others=max(items - 1, 0),
        pair=pair,
        last_on=last_on,
        last_how=", ".join((str(Mode(last_mode).label), *last_staff)) if last_mode else "",
        next_on=next_on,
        flags=flags,
        ways=ways,
    )


def _ways(standing: Standing) -> tuple[tuple[str, str], ...]:
    """How far the client is in each curriculum: for each session the first letter of done, missed, next or open."""
    courses = standing.known.get("delivery", ())
    return tuple((c.curriculum.component, "".join(state[0] for _s, state, _on in c.steps)) for c in courses)


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
