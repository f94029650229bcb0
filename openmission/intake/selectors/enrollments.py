"""Enrollments, what is open on their first day, and the load of the people who serve."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.clients.models import CareTeamMember
from openmission.clients.selectors import note_opened
from openmission.intake.models import Enrollment, EnrollmentPhase, SignedDocument
from openmission.intake.policies import enrollments_in_reach
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.programs.rules import Program
from openmission.programs.selectors import program as read_program
from openmission.staff.roles import PAIR
from openmission.staff.selectors import colleagues


def get_enrollment(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Enrollment:
    """One enrollment with client and team; notes the look. Raises `NotFound` out of reach."""
    rows = enrollments_in_reach(viewer, at or timezone.now()).select_related(
        "client", "team__agency", "program_version", "referral"
    )
    enrollment = rows.filter(id=id).first()
    if enrollment is None:
        raise NotFound(_("There is no such enrollment among those you serve."))
    note_opened(viewer, enrollment.client_id, at=at)
    return enrollment


def lock_enrollment(viewer: Actor, id: UUID) -> Enrollment:
    """The enrollment's row as it is now, locked for the caller's transaction; then the policy is asked.

    Everybody locks in the order of the story, so that no two wait for each other: a person of an HMIS export, referral
    (with its screening), team, group, enrollment (with its phases), appointment, contact.
    """
    return Enrollment.objects.select_for_update(no_key=True).get(id=id)


@dataclass(frozen=True)
class FirstDays:
    """Where an enrollment's opening stands: what is signed, covered, done; by slug."""

    program: Program
    signed: dict[str, SignedDocument]
    orientation: dict[str, date]
    assessments: dict[str, date]
    pair: dict[str, str]
    phases: tuple[EnrollmentPhase, ...]


def first_days(viewer: Actor, enrollment: Enrollment) -> FirstDays:
    """What is open of documents, orientation, assessments and the pair. Four queries."""
    documents = enrollment.documents.filter(revoked_at=None).order_by("signed_at")
    marks: dict[str, dict[str, date]] = {"orientation": {}, "assessment": {}}
    for which, slug, day in enrollment.marks.values_list("list", "slug", "done_on"):
        marks[which][slug] = day
    members = CareTeamMember.objects.filter(enrollment_id=enrollment.id, until=None)
    return FirstDays(
        program=read_program(viewer, enrollment.program_version_id),
        signed={document.slug: document for document in documents},
        orientation=marks["orientation"],
        assessments=marks["assessment"],
        pair=dict(members.values_list("role", "user__name")),
        phases=tuple(enrollment.phases.order_by("position")),
    )


@dataclass(frozen=True)
class Load:
    """A colleague who could take a client, with how many they serve in each role now."""

    user_id: UUID
    name: str
    role: str
    clients: int


def loads(viewer: Actor, *, team_id: UUID, on: date) -> dict[str, list[Load]]:
    """For each role of the pair: who holds it in the team and how many clients they serve, fewest first."""
    people = colleagues(viewer, team_ids=frozenset({team_id}), on=on, roles=PAIR)
    rows = CareTeamMember.objects.filter(user_id__in=[person.id for person in people], until=None)
    served = Counter(rows.filter(Q(role__in=PAIR)).values_list("user_id", "role"))
    return {
        role: sorted(
            (Load(p.id, p.name, role, served[(p.id, role)]) for p in people if role in p.roles),
            key=lambda load: (load.clients, load.name),
        )
        for role in PAIR
    }
