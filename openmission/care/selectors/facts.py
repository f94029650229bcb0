"""Filling the agenda engine's facts: as many queries for one enrollment as for thirty, whatever their history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from openmission.care.latest import (
    LatestContacts,
    Planned,
    done_in,
    latest_contacts_of,
    planned_in,
    read_concern,
    spans_of,
)
from openmission.care.models import Contact, Deferral
from openmission.care.models.contact import Outcome, WithWhom
from openmission.care.policies import handed_to_who_serves
from openmission.care.raised import Raised, raisers
from openmission.care.rules import agenda
from openmission.clients.models import Client
from openmission.clients.selectors import Member, care_teams
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.kept import kept
from openmission.programs.rules import Program
from openmission.programs.selectors import program as read_program
from openmission.staff.models import Cover
from openmission.staff.roles import CASE_MANAGER, PAIR, PEER_SPECIALIST

_NAMES = ("client__first_name", "client__last_name", "client__chosen_name")
LISTED = (
    "client_id",
    "team_id",
    "program_version_id",
    "months",
    "state",
    *_NAMES,
)  # all that lists read of an enrollment


@dataclass(frozen=True, slots=True)
class Standing:
    """One enrollment as the engine sees it, with what pages show beside it; `known` holds the facts of rooms above."""

    enrollment: Enrollment
    client: Client
    program: Program
    members: tuple[Member, ...]
    facts: agenda.EnrollmentFacts
    known: Mapping[str, Any] = field(default_factory=dict)


def standings(viewer: Actor, rows: list[Enrollment], *, on: date) -> list[Standing]:
    """The standings of these enrollments, each with its client, which the caller has narrowed to the viewer's reach.

    Six queries, one more when a line is handed on, and those of the rooms above that raise lines.
    """
    ids = [row.id for row in rows]
    members, spans, last, done = care_teams(viewer, ids), spans_of(ids), latest_contacts_of(ids), done_in(ids)
    planned, deferred = planned_in(ids), _deferred(ids, on)
    found = []
    for row in rows:
        facts = agenda.EnrollmentFacts(
            enrollment_id=row.id,
            spans=spans[row.id],
            closed=row.state != Enrollment.State.ACTIVE,
            roles=_roles(last[row.id], members[row.id]),
            topics_covered=done[row.id]["orientation"],
            documents_signed=done[row.id]["document"],
            assessments_done=done[row.id]["assessment"],
            appointments=tuple(_appointment(rows) for _id, rows in groupby(planned[row.id], key=attrgetter("id"))),
            phases_reviewed=done[row.id]["review"],
            concerns=tuple(sorted(map(_concern, done[row.id]["concern"]), key=attrgetter("on", "id"))),
            deferrals=tuple(deferred[row.id]),
            **_contacts(last[row.id]),
        )
        program = read_program(viewer, row.program_version_id)
        found.append(Standing(row, row.client, program, tuple(members[row.id]), facts))
    for room, raiser in raisers():
        raised = raiser.raised(viewer, found, on)
        found = [_with_raised(standing, room, raised.get(standing.enrollment.id)) for standing in found]
    return found


def _with_raised(standing: Standing, room: str, raised: Raised | None) -> Standing:
    if raised is None:
        return standing
    facts = replace(standing.facts, raised=standing.facts.raised + raised.items)
    return replace(standing, facts=facts, known={**standing.known, room: raised.facts})


def _contacts(last: LatestContacts) -> dict[str, Any]:
    miss = None
    if last.misses and last.missed_on:
        miss = agenda.Miss(last.missed_on, last.missed_how == Outcome.TRIED, last.missed_id)
    seen = _seen(last.met_on, last.met_id)
    return {"last_met": seen, "misses": last.misses, "last_miss": miss, "use_reported_on": last.slip_on}


def _seen(day: date | None, contact_id: UUID | None) -> agenda.Seen | None:
    return agenda.Seen(day, contact_id) if day else None


def _roles(last: LatestContacts, members: Iterable[Member]) -> tuple[agenda.RoleFacts, ...]:
    holders: dict[str, set[UUID]] = {role: set() for role in PAIR}
    for member in members:
        holders.setdefault(member.role, set()).add(member.user_id)
    met = {
        CASE_MANAGER: _seen(last.case_manager_on, last.case_manager_id),
        PEER_SPECIALIST: _seen(last.peer_on, last.peer_id),
    }
    return tuple(
        agenda.RoleFacts(role=role, holders=frozenset(held), last_met=met.get(role)) for role, held in holders.items()
    )


def _appointment(rows: Iterable[Planned]) -> agenda.Appointment:
    """The rows of one appointment as the engine sees it, on the agency's clock."""
    first, *_others = expected = list(rows)
    at = timezone.localtime(first.at)
    return agenda.Appointment(
        id=first.id,
        on=at.date(),
        starts_at=at.time(),
        staff=frozenset(row.staff_id for row in expected if row.staff_id),
        mode=first.mode,
        place=first.place,
        component=first.component,
    )


def _concern(text: str) -> agenda.Concern:
    id, on, contact_id, because = read_concern(text)
    return agenda.Concern(id, on, because, contact_id)


@kept
def _decided(ids: list[UUID], on: date) -> QuerySet[Deferral, Any]:
    columns = ("id", "enrollment_id", "item_key", "until_on", "weight", "need_on", "at", "by_id", "by_name", "reason")
    rows = Deferral.objects.filter(enrollment_id__in=ids, until_on__gt=on, undone_at=None).order_by("at")
    return rows.values_list(*columns, "to_user_id", "to_user__name")


_MET_SINCE = Contact.objects.filter(outcome=Outcome.MET, with_whom=WithWhom.CLIENT, at__gt=OuterRef("at"))
_RUNNING = Q(ended_at=None) | Q(ended_at__gt=OuterRef("at"))
_COVERING = Cover.objects.filter(_RUNNING, starts_on__lte=OuterRef("on"), ends_on__gte=OuterRef("on"))
_INSTEAD = _COVERING.filter(absent_id=OuterRef(OuterRef("to_user_id"))).values("covering_id")
_BY_THEM = Q(staff__user_id=OuterRef("to_user_id")) | Q(staff__user_id__in=_INSTEAD)  # or who covered them that day
_TO_MET = Exists(_MET_SINCE.filter(_BY_THEM, enrollment_id=OuterRef("enrollment_id")))


def _deferred(ids: list[UUID], on: date) -> dict[UUID, list[agenda.Deferral]]:
    """What is put off or handed on, in the order it was decided. One query, and one more when a line is handed on."""
    found = _decided(ids, on)
    handed = [row[0] for row in found if row[-2]]
    serving = dict(handed_to_who_serves(on).filter(id__in=handed).values_list("id", _TO_MET)) if handed else {}
    deferred: dict[UUID, list[agenda.Deferral]] = defaultdict(list)
    for id, enrollment_id, item_key, until_on, weight, need_on, at, by, by_name, reason, to, to_name in found:
        deferred[enrollment_id].append(
            agenda.Deferral(
                item_key=item_key,
                until_on=until_on,
                weight=weight,
                need_on=need_on,
                at=at,
                by=by,
                to=to,
                to_serves=id in serving,
                to_met=serving.get(id, False),
                by_name=by_name,
                to_name=to_name or "",
                reason=reason,
            )
        )
    return deferred
