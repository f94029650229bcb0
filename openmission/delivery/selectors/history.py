"""One client's sessions: what was given, how they were, how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from openmission.care.latest import latest_contacts_of
from openmission.care.models import Appointment, Contact
from openmission.care.models.contact import WITHDRAWN, Outcome, WithWhom
from openmission.care.selectors.contacts import get_contact
from openmission.curricula.rules import Curriculum, Session
from openmission.curricula.selectors import curriculum as read_curriculum
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.answers import exam_in
from openmission.delivery.models import DeclinedBooster, Delivery, StatusExam
from openmission.delivery.rules.agenda import CourseFacts, offers_booster
from openmission.delivery.rules.course import Course, Turn, kinds_of, next_session, steps
from openmission.delivery.rules.exam import Exam
from openmission.delivery.selectors.courses import curricula_of, known_one
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept
from openmission.programs.selectors import program as read_program

PAGE, LATEST = 20, 13
SESSION = Q(contact__with_whom=WithWhom.CLIENT, contact__component=F("component"))
COUNTED = SESSION & ~Q(contact__outcome=WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Way:
    """One enrollment's way through one curriculum. `missed` and `next` as in the rules. `booster_after`: the day of the
    slip after which a booster is to be offered now.
    """

    curriculum: Curriculum
    course: Course
    next: Session | None
    booster_after: date | None

    @property
    def steps(self) -> list[tuple[Session, str, date | None]]:
        return steps(self.curriculum, self.course.done, self.course.missed)


@dataclass(frozen=True, slots=True)
class History:
    """A page of deliveries, newest first; `kinds`: what each was to the client (`rules.course.kinds_of`); `older`: from
    which on the next page starts, 0 when there is none.
    """

    deliveries: tuple[Delivery, ...]
    kinds: Mapping[UUID, str]
    older: int


def ways_of(viewer: Actor, enrollment: Enrollment, *, on: date) -> tuple[Way, ...]:
    """How far an enrollment is in each of its curricula on a day; the caller has it in reach. Two queries, and one for
    each curriculum whose titles are the agency's.
    """
    known, used_on = known_one(viewer, enrollment.id), _slip_of(enrollment)
    program = read_program(viewer, enrollment.program_version_id)
    ways = []
    for shipped in curricula_of(viewer, program, known):
        curriculum, course = read_curriculum(viewer, shipped.slug, shipped.version), known.course(shipped.slug)
        facts = CourseFacts(
            curriculum=curriculum, done=course.done, declined_after=known.declined_after.get(curriculum.slug)
        )
        after = used_on if offers_booster(facts, used_on, program, on) else None
        ways.append(Way(curriculum, course, next_session(curriculum, course.done.keys()), after))
    return tuple(ways)


def _slip_of(enrollment: Enrollment) -> date | None:
    """When the client of an enrollment that goes on last told of a slip."""
    if enrollment.state != Enrollment.State.ACTIVE:
        return None
    return latest_contacts_of([enrollment.id])[enrollment.id].slip_on


def declined_of(viewer: Actor, enrollment: Enrollment) -> QuerySet[DeclinedBooster]:
    """Boosters that were offered and not wanted, the latest twenty, newest first; the caller has it in reach."""
    rows = enrollment.declined_boosters.filter(taken_back_at=None)
    return rows.order_by("-after_on", "-said_at")[:PAGE]


def history(viewer: Actor, enrollment: Enrollment, *, start: int = 0) -> History:
    """The sessions of one enrollment that the caller has in reach: twenty, newest first, without the `start` newest.
    Three queries, however many there are: meetings come on their own, or PostgreSQL would read those of every group.
    """
    rows = _given(enrollment.id)[start : start + PAGE + 1] if start else _newest(enrollment.id)
    older = start + PAGE if len(rows) > PAGE else 0
    return History(tuple(rows[:PAGE]), kinds_in(viewer, enrollment.id), older)


def _given(enrollment_id: UUID) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(COUNTED, enrollment_id=enrollment_id)
    return rows.select_related("contact", "exam").prefetch_related("meeting").order_by("-contact__at", "-id")


@kept
def _newest(enrollment_id: UUID) -> QuerySet[Delivery]:
    return _given(enrollment_id)[: PAGE + 1]


def kinds_in(viewer: Actor, enrollment_id: UUID) -> dict[UUID, str]:
    """What each delivery of an enrollment, which the caller has in reach, was to the client; empty for one that they
    missed. One query, and as they stand now: one that is recorded late or withdrawn changes those after it.
    """
    given: list[Any] = _turns(enrollment_id)
    turns = [
        Turn(
            shipped_curriculum(viewer, slug, version),
            session,
            phase,
            met=outcome == Outcome.MET,
            in_group=bool(meeting),
        )
        for _id, slug, version, session, phase, outcome, meeting in given
    ]
    return {row[0]: kind for row, kind in zip(given, kinds_of(turns), strict=True)}


@kept
def _turns(enrollment_id: UUID) -> QuerySet[Delivery, Any]:
    rows = Delivery.objects.filter(COUNTED, enrollment_id=enrollment_id).order_by("contact__at", "id")
    return rows.values_list("id", "curriculum", "version", "session", "contact__phase", "contact__outcome", "meeting")


def latest_exams(viewer: Actor, enrollment_ids: list[UUID]) -> list[tuple[date, Exam]]:
    """The latest thirteen status exams of enrollments that the caller has in reach, oldest first, each with its day.
    One query.
    """
    latest: list[Any] = _latest(enrollment_ids) if enrollment_ids else []
    return [(on, exam_in(dict(zip(_EXAM, columns, strict=True)))) for on, *columns in reversed(latest)]


_EXAM = tuple(Exam.__slots__)


@kept
def _latest(ids: list[UUID]) -> QuerySet[StatusExam, Any]:
    rows = StatusExam.objects.filter(delivery__enrollment_id__in=ids, delivery__contact__outcome=Outcome.MET)
    rows = rows.filter(
        delivery__contact__component=F("delivery__component"), delivery__contact__with_whom=WithWhom.CLIENT
    )
    return rows.order_by("-delivery__contact__at").values_list("delivery__contact__on", *_EXAM)[:LATEST]


@kept
def delivered_in(viewer: Actor, contact_ids: list[UUID]) -> QuerySet[Delivery]:
    """Which sessions hang on these contacts, which the caller has in reach, as long as those say that it was one. One
    query.
    """
    rows = Delivery.objects.filter(SESSION, contact_id__in=contact_ids)
    return rows.only("contact_id", "curriculum", "version", "session")


def get_given(viewer: Actor, id: UUID, *, at: datetime) -> Delivery:
    """One delivery with its exam, and its contact as `get_contact` gives it; notes the look. Raises `NotFound`."""
    found = Delivery.objects.select_related("exam").filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such contact among those you may read."))
    found.contact = get_contact(viewer, found.contact_id, at=at)
    return found


def recorded_for(viewer: Actor, enrollment: Enrollment, contact_id: UUID, *, at: datetime) -> Contact:
    """A contact of this very enrollment, as `get_contact` gives it. Raises `NotFound`."""
    found = get_contact(viewer, contact_id, at=at)
    if found.enrollment_id != enrollment.id:
        raise NotFound(_("There is no such contact among those you may read."))
    return found


def may_be_session(
    viewer: Actor, contact: Contact, curriculum: Curriculum, session: str, *, form: UUID | None = None
) -> bool:
    """Whether a recorded contact may be this session, alone: a meeting with the client without a session yet, or with
    this very one (or it was that when the `form` came the first time). One query.
    """
    met = contact.outcome == Outcome.MET and contact.with_whom == WithWhom.CLIENT
    found = Delivery.objects.filter(contact_id=contact.id).first()
    if found is None or not met:
        return met and session in curriculum.slugs
    same = (found.curriculum, found.session) == (curriculum.slug, session)
    alone = found.meeting_id is None and contact.component == found.component
    return alone and (same or found.versions.filter(id=form).exists())


def session_on(viewer: Actor, contact_id: UUID) -> Delivery | None:
    """What hangs on a contact that the viewer has in reach, as long as it says that it was a session. One query."""
    return Delivery.objects.filter(SESSION, contact_id=contact_id).first()


def answered_by(viewer: Actor, enrollment_id: UUID, component: str, *, at: datetime) -> Appointment | None:
    """The appointment about these sessions that waits for its record, the latest one; the caller has it in reach."""
    rows = Appointment.objects.filter(enrollment_id=enrollment_id, state=Appointment.State.PLANNED, component=component)
    return rows.filter(at__lte=at).order_by("-at").first()
