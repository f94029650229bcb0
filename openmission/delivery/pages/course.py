"""One client's sessions on a page: how far, what was given, and the trend of mood, use and motivation."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openmission.care.models.contact import Outcome
from openmission.care.selectors.contacts import correctable
from openmission.curricula.rules import Session
from openmission.delivery.answers import exam_of
from openmission.delivery.models import DeclinedBooster, Delivery
from openmission.delivery.rules.course import BOOSTER, FIRST, MAKE_UP, REPEAT
from openmission.delivery.rules.exam import Exam
from openmission.delivery.rules.homework import homework_in
from openmission.delivery.rules.trend import Trend, trend_of
from openmission.delivery.selectors.history import Way, declined_of, history, latest_exams, ways_of
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor

KINDS = {FIRST: _("First time"), REPEAT: _("Repeat"), MAKE_UP: _("Make-up"), BOOSTER: _("Booster")}


@dataclass(frozen=True, slots=True)
class Row:
    """One delivery with its session (None: the enrollment's version has no such one), its exam where there is one, and
    what the client took home, of the group too, where it is the session's own homework in their `language` (empty:
    nobody can know it); `kind` in words; `correct`: was alone, and the viewer may correct it.
    """

    delivery: Delivery
    session: Session | None
    met: bool
    kind: str | Promise
    exam: Exam | None
    homework: str
    language: str
    correct: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """A booster that was offered and not wanted; `last`: the one that can be taken back."""

    row: DeclinedBooster
    session: Session | None
    last: bool


@dataclass(frozen=True, slots=True)
class CoursePage:
    enrollment: Enrollment
    ways: tuple[Way, ...]
    rows: tuple[Row, ...]
    declined: tuple[Declined, ...]
    older: str
    trend: Trend


def course_page(viewer: Actor, enrollment: Enrollment, *, on: date, start: int = 0) -> CoursePage:
    """The caller has the enrollment in reach. `start`: the row to begin with; `older`: the address of the next ones."""
    ways, found = ways_of(viewer, enrollment, on=on), history(viewer, enrollment, start=start)
    sessions = {(way.curriculum.slug, each.slug): each for way in ways for each in way.curriculum.sessions}
    mine = correctable(viewer, enrollment, [row.contact for row in found.deliveries if not row.meeting_id])
    rows = tuple(
        _row(row, found.kinds[row.id], sessions.get((row.curriculum, row.session)), enrollment.client.language, mine)
        for row in found.deliveries
    )
    going_on = enrollment.state == Enrollment.State.ACTIVE
    declined = tuple(
        Declined(row, sessions.get((row.curriculum, row.session)), going_on and number == 0)
        for number, row in enumerate(declined_of(viewer, enrollment))
    )
    trend = trend_of(latest_exams(viewer, [enrollment.id]))
    return CoursePage(enrollment, ways, rows, declined, f"?start={found.older}" if found.older else "", trend)


def _row(row: Delivery, kind: str, session: Session | None, language: str, mine: Set[UUID]) -> Row:
    met = row.contact.outcome == Outcome.MET
    exam = exam_of(row.exam) if met and hasattr(row, "exam") else None
    written = row.homework or (row.meeting.homework if met and row.meeting else "")
    homework, spoken = homework_in(session, written, language)
    return Row(row, session, met, KINDS.get(kind, ""), exam, homework, spoken, met and row.contact_id in mine)
