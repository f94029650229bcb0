"""Filling the agenda engine's facts: as many queries for one enrollment as for thirty, whatever their history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from openmission.care.models import Appointment, Contact, Deferral, PhaseReview
from openmission.care.models.contact import Outcome, WithWhom
from openmission.care.rules import agenda
from openmission.clients.models import Client
from openmission.clients.selectors import Member, care_teams
from openmission.intake.models import ChecklistMark, Enrollment, EnrollmentPhase, SignedDocument
from openmission.kernel.actors import Actor
from openmission.programs.rules import PhaseSpan, Program
from openmission.programs.selectors import program as read_program

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MET = Contact.objects.filter(enrollment=OuterRef("pk"), outcome=Outcome.MET, with_whom=WithWhom.CLIENT)
_MISSED = Contact.objects.filter(
    enrollment=OuterRef("pk"), outcome__in=[Outcome.NO_SHOW, Outcome.TRIED], with_whom=WithWhom.CLIENT
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One enrollment as the engine sees it, with what pages show beside it."""

    enrollment: Enrollment
    client: Client
    program: Program
    members: tuple[Member, ...]
    facts: agenda.EnrollmentFacts


def _latest(rows: QuerySet[Contact], column: str) -> Subquery:
    return Subquery(rows.order_by("-at").values(column)[:1])


def _with_last_contacts(enrollments: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """Each enrollment with its latest meetings, misses and slip: every one a single look into an index."""
    latest = {
        "met": _MET,
        "met_case_manager": _MET.filter(by_case_manager=True),
        "met_peer": _MET.filter(by_peer=True),
        "missed": _MISSED.filter(at__gt=Coalesce(OuterRef("last_met_at"), Value(LONG_AGO))),
    }
    columns: dict[str, Any] = {"last_met_at": _latest(_MET, "at")}
    for name, rows in latest.items():
        columns |= {f"{name}_on": _latest(rows, "on"), f"{name}_id": _latest(rows, "id")}
    count = latest["missed"].order_by().values("enrollment").annotate(n=Count("id")).values("n")
    columns |= {
        "missed_how": _latest(latest["missed"], "outcome"),
        "misses": Coalesce(Subquery(count), Value(0)),
        "slip_on": _latest(Contact.objects.filter(enrollment=OuterRef("pk"), slip=True), "on"),
    }
    return enrollments.select_related("client").annotate(**columns)


def standings(viewer: Actor, enrollments: QuerySet[Enrollment], *, on: date) -> list[Standing]:
    """The standings of these enrollments, which the caller has narrowed to the viewer's reach. Six or seven queries."""
    rows = list(_with_last_contacts(enrollments))
    ids = [row.id for row in rows]
    members, spans, done = care_teams(viewer, ids), _spans(ids), _done(ids)
    planned, deferred = _planned(ids), _deferred(ids, on)
    found = []
    for row in rows:
        facts = agenda.EnrollmentFacts(
            enrollment_id=row.id,
            spans=spans[row.id],
            closed=row.state != Enrollment.State.ACTIVE,
            roles=_roles(row, members[row.id]),
            topics_covered=frozenset(done[row.id, "orientation"]),
            documents_signed=frozenset(done[row.id, "document"]),
            assessments_done=frozenset(done[row.id, "assessment"]),
            appointments=tuple(planned[row.id]),
            phases_reviewed=frozenset(done[row.id, "review"]),
            deferrals=tuple(deferred[row.id]),
            **_contacts(row),
        )
        program = read_program(viewer, row.program_version_id)
        found.append(Standing(row, row.client, program, tuple(members[row.id]), facts))
    return found


def _contacts(row: Any) -> dict[str, Any]:
    """What the annotations of `_with_last_contacts` say."""
    miss = agenda.Miss(row.missed_on, row.missed_how == Outcome.TRIED, row.missed_id) if row.misses else None
    return {"last_met": _seen(row, "met"), "misses": row.misses, "last_miss": miss, "use_reported_on": row.slip_on}


def _seen(row: Any, name: str) -> agenda.Seen | None:
    day = getattr(row, f"{name}_on")
    return agenda.Seen(day, getattr(row, f"{name}_id")) if day else None


def _roles(row: Any, members: Iterable[Member]) -> tuple[agenda.RoleFacts, ...]:
    holders: dict[str, set[UUID]] = {"case_manager": set(), "peer_specialist": set()}
    for member in members:
        holders.setdefault(member.role, set()).add(member.user_id)
    last = {"case_manager": _seen(row, "met_case_manager"), "peer_specialist": _seen(row, "met_peer")}
    return tuple(
        agenda.RoleFacts(role=role, holders=frozenset(users), last_met=last.get(role))
        for role, users in holders.items()
    )


def _spans(ids: list[UUID]) -> dict[UUID, tuple[PhaseSpan, ...]]:
    spans: dict[UUID, list[PhaseSpan]] = defaultdict(list)
    rows = EnrollmentPhase.objects.filter(enrollment_id__in=ids).order_by("enrollment_id", "position")
    for enrollment_id, slug, starts_on, ends_on in rows.values_list("enrollment_id", "slug", "starts_on", "ends_on"):
        spans[enrollment_id].append(PhaseSpan(slug, starts_on, ends_on))
    return {enrollment_id: tuple(found) for enrollment_id, found in spans.items()}


def _done(ids: list[UUID]) -> dict[tuple[UUID, str], set[str]]:
    """What is ticked, signed and reviewed, in one query: {(enrollment, kind): slugs}."""

    def column(text: str) -> Any:
        return Value(text, output_field=CharField())

    columns = ("enrollment_id", "kind", "what")
    marks = ChecklistMark.objects.filter(enrollment_id__in=ids).annotate(kind=F("list"), what=F("slug"))
    signed = SignedDocument.objects.filter(enrollment_id__in=ids, revoked_at=None)
    signed = signed.annotate(kind=column("document"), what=F("slug"))
    reviewed = PhaseReview.objects.filter(enrollment_id__in=ids).exclude(decision=PhaseReview.Decision.STAY)
    reviewed = reviewed.annotate(kind=column("review"), what=F("phase"))
    done: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    rows = marks.values_list(*columns).union(signed.values_list(*columns), reviewed.values_list(*columns), all=True)
    for enrollment_id, kind, what in rows:
        done[enrollment_id, kind].add(what)
    return done


def _planned(ids: list[UUID]) -> dict[UUID, list[agenda.Appointment]]:
    planned: dict[UUID, list[agenda.Appointment]] = defaultdict(list)
    rows = Appointment.objects.filter(enrollment_id__in=ids, state=Appointment.State.PLANNED)
    for row in rows.prefetch_related("staff").order_by("at"):
        at = timezone.localtime(row.at)
        planned[row.enrollment_id].append(
            agenda.Appointment(
                id=row.id,
                on=at.date(),
                starts_at=at.time(),
                staff=frozenset(member.user_id for member in row.staff.all()),
                mode=row.mode,
                place=row.place,
                component=row.component,
            )
        )
    return planned


def _deferred(ids: list[UUID], on: date) -> dict[UUID, list[agenda.Deferral]]:
    deferred: dict[UUID, list[agenda.Deferral]] = defaultdict(list)
    for row in Deferral.objects.filter(enrollment_id__in=ids, until_on__gt=on, undone_at=None).order_by("at"):
        deferred[row.enrollment_id].append(
            agenda.Deferral(row.item_key, row.until_on, row.weight, row.at, row.by_id, row.to_user_id)
        )
    return deferred
