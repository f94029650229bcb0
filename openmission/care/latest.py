"""The look-ups that every line of every list rests on, in SQL of our own.

Written by hand because they run on every page: each column is one look into a partial index (the conditions repeat the
indexes' own, word for word), so the cost does not grow with the history. The same text serves both databases.
"""

from datetime import date, datetime
from re import findall
from typing import Any, NamedTuple
from uuid import UUID

from openmission.kernel import sql
from openmission.programs.rules import PhaseSpan

_MET = "FROM care_contact c WHERE c.enrollment_id = e.id AND c.outcome = 'met' AND c.with_whom = 'client'"
_MISSED = f"""FROM care_contact c
    WHERE c.enrollment_id = e.id AND c.outcome IN ('no_show', 'tried') AND c.with_whom = 'client'
    AND c.at > COALESCE((SELECT c.at {_MET} ORDER BY c.at DESC LIMIT 1), '1970-01-01')"""
_SLIP = "FROM care_contact c WHERE c.enrollment_id = e.id AND c.slip"


def _last(column: str, rows: str) -> str:
    return f'(SELECT c."{column}" {rows} ORDER BY c.at DESC LIMIT 1)'


_LATEST = f"""\
SELECT e.id, {_last("on", _MET)}, {_last("id", _MET)},
    {_last("on", _MET + " AND c.by_case_manager")}, {_last("id", _MET + " AND c.by_case_manager")},
    {_last("on", _MET + " AND c.by_peer")}, {_last("id", _MET + " AND c.by_peer")},
    (SELECT COUNT(*) {_MISSED}), {_last("on", _MISSED)}, {_last("outcome", _MISSED)}, {_last("id", _MISSED)},
    {_last("on", _SLIP)}
FROM intake_enrollment e WHERE e.id {{ids}}"""
_DONE = """\
SELECT enrollment_id, list, {slugs} FROM intake_checklistmark WHERE enrollment_id {ids} GROUP BY enrollment_id, list
UNION ALL SELECT enrollment_id, 'document', {slugs} FROM intake_signeddocument
    WHERE revoked_at IS NULL AND enrollment_id {ids} GROUP BY enrollment_id
UNION ALL SELECT enrollment_id, 'review', {phases} FROM care_phasereview
    WHERE decision <> 'stay' AND enrollment_id {ids} GROUP BY enrollment_id
UNION ALL SELECT enrollment_id, 'concern', {concerns} FROM care_safetyconcern
    WHERE closed_at IS NULL AND enrollment_id {ids} GROUP BY enrollment_id"""
# One open concern in a text: its id, day, contact (or -) and codes, which as JSON have commas between.
_CONCERN = """CAST(id AS TEXT) || ' ' || CAST("on" AS TEXT) || ' ' || COALESCE(CAST(contact_id AS TEXT), '-')
    || ' ' || REPLACE(CAST(because AS TEXT), ',', '')"""
_NOTHING_DONE: dict[str, frozenset[str]] = dict.fromkeys(
    ("orientation", "assessment", "document", "review", "concern"), frozenset()
)
_SPANS = """SELECT enrollment_id, slug, starts_on, ends_on FROM intake_enrollmentphase
    WHERE enrollment_id {ids} ORDER BY enrollment_id, position"""
_PLANNED = """SELECT a.enrollment_id, a.id, a.at, a.mode, a.place, a.component, s.user_id
    FROM care_appointment a LEFT JOIN care_appointmentstaff s ON s.appointment_id = a.id
    WHERE a.state = 'planned' AND a.enrollment_id {ids} ORDER BY a.at, a.id"""


class LatestContacts(NamedTuple):
    """The latest meetings with the client, by anyone and by role; misses since; the latest slip told of."""

    met_on: date | None
    met_id: UUID | None
    case_manager_on: date | None
    case_manager_id: UUID | None
    peer_on: date | None
    peer_id: UUID | None
    misses: int
    missed_on: date | None
    missed_how: str | None
    missed_id: UUID | None
    slip_on: date | None


def _rows(question: str, ids: list[UUID]) -> dict[UUID, list[list[Any]]]:
    """{id: the rest of each of its rows}, where every `{ids}` asks for these ids. No id, no query."""
    if not ids:
        return {}
    keys = dict(zip(sql.written(*ids), ids, strict=True))
    found: dict[Any, list[list[Any]]] = {id: [] for id in keys}
    condition, values = sql.among(ids)
    lists = {"slugs": "slug", "phases": "phase", "concerns": _CONCERN}
    asked = question.format(ids=condition, **{name: sql.gathered(column) for name, column in lists.items()})
    for id, *rest in sql.fetch(asked, values * question.count("{ids}")):
        found[id].append(rest)
    return {keys[id]: rows for id, rows in found.items()}


def latest_contacts_of(ids: list[UUID]) -> dict[UUID, LatestContacts]:
    """The latest contacts of each enrollment. One query."""
    return {id: LatestContacts(**_read(rows[0])) for id, rows in _rows(_LATEST, ids).items()}


def _read(values: list[Any]) -> dict[str, Any]:
    """Days, moments and ids as Python knows them."""
    found = dict(zip(LatestContacts._fields, values, strict=True))
    for name, value in found.items():
        if value is not None and (read := _READERS.get(name[-3:])):
            found[name] = read(value)
    return found


_READERS: dict[str, Any] = {"_on": sql.day, "_id": sql.key}


def spans_of(ids: list[UUID]) -> dict[UUID, tuple[PhaseSpan, ...]]:
    """The phases of each enrollment as they stand. One query."""
    return {
        id: tuple(PhaseSpan(slug, sql.day(starts_on), sql.day(ends_on)) for slug, starts_on, ends_on in rows)
        for id, rows in _rows(_SPANS, ids).items()
    }


def done_in(ids: list[UUID]) -> dict[UUID, dict[str, frozenset[str]]]:
    """What is ticked (orientation, assessment), signed (document), reviewed (review) and open of safety concerns
    (concern, as `read_concern` takes them): {enrollment: {kind: slugs}}. One query.
    """
    found = _rows(_DONE, ids).items()
    return {id: _NOTHING_DONE | {kind: frozenset(slugs.split(",")) for kind, slugs in rows} for id, rows in found}


def read_concern(text: str) -> tuple[UUID, date, UUID | None, tuple[str, ...]]:
    """The id, day, contact and codes of one open concern of `done_in`."""
    id, on, contact, codes = text.split(" ", 3)
    return UUID(id), sql.day(on), None if contact == "-" else UUID(contact), tuple(findall(r"\w+", codes))


class Planned(NamedTuple):
    """A planned appointment and one of the workers expected (`staff_id`): a row for each, one with None for nobody."""

    id: UUID
    at: datetime
    mode: str
    place: str
    component: str
    staff_id: UUID | None


def planned_in(ids: list[UUID]) -> dict[UUID, list[Planned]]:
    """The planned appointments of each enrollment in the order of time. One query."""
    return {
        id: [
            Planned(sql.key(row), sql.moment(at), mode, place, component, sql.key(user) if user else None)
            for row, at, mode, place, component, user in rows
        ]
        for id, rows in _rows(_PLANNED, ids).items()
    }
