"""The rows of somebody who comes to the door, and of a first day: client, referral, screening, enrollment, papers."""

from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from openmission.audit.models import RecordedEvent
from openmission.clients import rules
from openmission.clients.models import CareTeamMember, Client, ClientTeam, Phone, SearchKey
from openmission.intake.models import (
    ChecklistMark,
    CriterionAnswer,
    Enrollment,
    EnrollmentPhase,
    Referral,
    Screening,
    SignedDocument,
)
from openmission.kernel.events import Event, event_classes
from openmission.practice.bulk.people import BEGIN, END, FIRST, MONTHS, Served, Staff, Worker, noon
from openmission.practice.bulk.tables import Tables, make_id
from openmission.practice.rules.notes import EVIDENCE, REFERRED
from openmission.programs.selectors import PublishedProgram

AT_THE_DOOR = ("received", "received", "contacted", "contacted", "screened", "waiting")


def say(tables: Tables, kind: str, client_id: UUID, by: Worker, at: datetime, **data: Any) -> None:
    """The row that a service's event would leave."""
    tables.add(
        RecordedEvent,
        id=make_id(at),
        kind=kind,
        at=at,
        by_id=by.id,
        by_name=by.name,
        client_id=client_id,
        on_timeline=_kinds()[kind].on_timeline,
        data=data,
    )


@cache
def _kinds() -> dict[str, type[Event]]:
    return event_classes()


def come_to_the_door(
    tables: Tables, staff: Staff, days: int, day: date, published: PublishedProgram, chance: Random
) -> None:
    """One person at each team's door on each of the last days, further on the longer ago."""
    for team_id, intake in staff.intake.items():
        at = noon(day)
        client_id, referral_id = make_id(at), make_id(at)
        last = chance.choice(BEGIN) + chance.choice(END)
        _client(tables, client_id, chance.choice(FIRST), last, intake, at, chance)
        state = AT_THE_DOOR[min(days // 3, len(AT_THE_DOOR) - 1)]
        _referral(tables, referral_id, client_id, team_id, intake, at, state, chance)
        _tie(tables, client_id, team_id, "referral", referral_id, at)
        if state in ("screened", "waiting"):
            _screening(tables, referral_id, intake, at, published)


def start(tables: Tables, served: Served, published: PublishedProgram, chance: Random) -> None:
    """Everything up to the evening of the first day."""
    at, by = noon(served.starts_on), served.intake
    referral_id = make_id(at)
    _client(tables, served.client_id, served.first, served.last, by, at, chance)
    _referral(tables, referral_id, served.client_id, served.pair.team_id, by, at, "enrolled", chance)
    _tie(tables, served.client_id, served.pair.team_id, "referral", referral_id, at, until=at)
    _tie(tables, served.client_id, served.pair.team_id, "enrollment", served.enrollment_id, at)
    _screening(tables, referral_id, by, at, published)
    _enrollment(tables, served, referral_id, published, at)
    _phases_and_pair(tables, served, at)
    _papers(tables, served, published, at)
    _marks(tables, served, published, at)


def _client(tables: Tables, id: UUID, first: str, last: str, by: Worker, at: datetime, chance: Random) -> None:
    born = date(chance.randint(1950, 2005), chance.randint(1, 12), chance.randint(1, 28))
    digits = f"413555{chance.randint(0, 9999):04d}"
    tables.add(
        Client, id=id, first_name=first, last_name=last, birth_date=born, may_text=True, created_at=at, created_by=by.id
    )
    tables.add(Phone, id=make_id(at), client_id=id, number=digits, digits=digits, label="mobile")
    words = rules.words(first, last)
    keys = {("w", word) for word in words} | {("s", heard) for word in words for heard in rules.sounds(word)}
    keys |= {("p", digits[-length:]) for length in (10, 7, 4)} | {("b", born.isoformat())}
    for kind, key in sorted(keys):
        tables.add(SearchKey, client_id=id, kind=kind, key=key)
    say(tables, "clients.ClientCreated", id, by, at)


def _referral(
    tables: Tables, id: UUID, client_id: UUID, team_id: UUID, by: Worker, at: datetime, state: str, chance: Random
) -> None:
    tables.add(
        Referral,
        id=id,
        client_id=client_id,
        team_id=team_id,
        source=chance.choice(("shelter", "outreach", "hospital", "self")),
        reason=chance.choice(REFERRED),
        state=state,
        received_at=at,
        received_by=by.id,
        waiting_since=at if state == "waiting" else None,
    )
    say(tables, "intake.ReferralReceived", client_id, by, at, referral_id=id, team_id=team_id, source="shelter")


def _tie(
    tables: Tables,
    client_id: UUID,
    team_id: UUID,
    because: str,
    source_id: UUID,
    at: datetime,
    until: datetime | None = None,
) -> None:
    tables.add(
        ClientTeam,
        id=make_id(at),
        client_id=client_id,
        team_id=team_id,
        because=because,
        source_id=source_id,
        since=at,
        until=until,
    )


def _screening(tables: Tables, referral_id: UUID, by: Worker, at: datetime, published: PublishedProgram) -> None:
    screening_id = make_id(at)
    tables.add(
        Screening,
        id=screening_id,
        referral_id=referral_id,
        program_version_id=published.id,
        started_at=at,
        decision="eligible",
        reason="Meets every criterion.",
        decided_at=at,
        decided_by=by.id,
        decided_by_name=by.name,
    )
    for criterion in published.program.eligibility:
        tables.add(
            CriterionAnswer,
            id=make_id(at),
            screening_id=screening_id,
            criterion=criterion.slug,
            answer="met",
            evidence_kind=criterion.evidence_kinds[0],
            evidence=EVIDENCE[criterion.slug],
        )


def _enrollment(tables: Tables, served: Served, referral_id: UUID, published: PublishedProgram, at: datetime) -> None:
    tables.add(
        Enrollment,
        id=served.enrollment_id,
        client_id=served.client_id,
        team_id=served.pair.team_id,
        program_version_id=published.id,
        referral_id=referral_id,
        months=MONTHS,
        starts_on=served.starts_on,
        ends_on=served.spans[-1].ends_on,
        state="active",
        enrolled_at=at,
        enrolled_by=served.intake.id,
    )
    say(
        tables,
        "intake.ClientEnrolled",
        served.client_id,
        served.intake,
        at,
        enrollment_id=served.enrollment_id,
        program=published.program.title.en,
        months=MONTHS,
        starts_on=served.starts_on,
        team_id=served.pair.team_id,
    )


def _phases_and_pair(tables: Tables, served: Served, at: datetime) -> None:
    for position, span in enumerate(served.spans):
        tables.add(
            EnrollmentPhase,
            id=make_id(at),
            enrollment_id=served.enrollment_id,
            position=position,
            slug=span.phase,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
        )
    for worker in (served.pair.case_manager, served.pair.peer):
        tables.add(
            CareTeamMember,
            id=make_id(at),
            client_id=served.client_id,
            user_id=worker.id,
            role=worker.role,
            enrollment_id=served.enrollment_id,
            since=at,
        )
        joined = {"user_id": worker.id, "user_name": worker.name, "role": worker.role}
        say(
            tables,
            "clients.CareTeamJoined",
            served.client_id,
            served.intake,
            at,
            **joined,
            enrollment_id=served.enrollment_id,
        )


def _papers(tables: Tables, served: Served, published: PublishedProgram, at: datetime) -> None:
    """Signed papers, without the PDF behind them."""
    by, program = served.pair.case_manager, published.program
    for paper in program.required_documents:
        document_id = make_id(at)
        tables.add(
            SignedDocument,
            id=document_id,
            enrollment_id=served.enrollment_id,
            slug=paper.slug,
            language="en",
            fields="{}",
            signed_name=f"{served.first} {served.last}",
            signature_kind="typed",
            signature=f"{served.first} {served.last}",
            signed_at=at,
            witness_id=by.id,
            witness_name=by.name,
            sha256="0" * 64,
        )
        signed = {"document_id": document_id, "slug": paper.slug, "title": paper.title.en, "sha256": "0" * 64}
        say(
            tables,
            "intake.DocumentSigned",
            served.client_id,
            by,
            at,
            enrollment_id=served.enrollment_id,
            **signed,
        )


def _marks(tables: Tables, served: Served, published: PublishedProgram, at: datetime) -> None:
    """Orientation covered and assessments done on the third day."""
    by, program = served.pair.case_manager, published.program
    marks = [("orientation", topic.slug) for topic in program.orientation.topics]
    marks += [("assessment", assessment.slug) for assessment in program.assessments]
    for which, slug in marks:
        tables.add(
            ChecklistMark,
            id=make_id(at),
            enrollment_id=served.enrollment_id,
            list=which,
            slug=slug,
            done_on=served.starts_on + timedelta(days=2),
            by_id=by.id,
            by_name=by.name,
        )
    for which in ("orientation", "assessment"):
        done = [slug for name, slug in marks if name == which]
        say(
            tables,
            "intake.ChecklistMarked",
            served.client_id,
            by,
            at,
            enrollment_id=served.enrollment_id,
            list=which,
            done=done,
            undone=[],
        )
