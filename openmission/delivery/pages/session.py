"""The page on which one session with one client is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.models import Appointment, Contact
from openmission.care.policies import can_correct_contact
from openmission.curricula.rules import Curriculum, Session
from openmission.delivery.forms.session import SessionForm
from openmission.delivery.pages.titles import session_choices
from openmission.delivery.selectors.history import Way, answered_by, may_be_session, ways_of
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.days import short_time
from openmission.kernel.errors import NotFound
from openmission.kernel.ids import new_id
from openmission.programs.rules import localized
from openmission.staff.roles import CARE
from openmission.staff.selectors import colleagues


@dataclass(frozen=True)
class SessionPage:
    """`session`: the one asked for, else the first that was missed, else the next. `appointment`: the planned one that
    this record answers.
    """

    enrollment: Enrollment
    way: Way
    session: Session
    appointment: Appointment | None
    people: list[tuple[str, str]]
    initial: dict[str, Any]

    @property
    def curriculum(self) -> Curriculum:
        return self.way.curriculum

    def answers_on(self, day: date) -> Appointment | None:
        """The appointment, for a session of its own day."""
        planned = self.appointment
        return planned if planned and timezone.localdate(planned.at) == day else None

    def same_ones(
        self, viewer: Actor, found: Sequence[Contact], session: str, *, at: datetime
    ) -> list[tuple[str, str]]:
        """Of the contacts at that time those that may be this very session, as choices. What is recorded as being
        about something else becomes one only for who may correct it.
        """
        return [
            (str(each.id), _same(viewer, each))
            for each in found
            if may_be_session(viewer, each, self.curriculum, session)
            and (each.component == self.curriculum.component or can_correct_contact(viewer, each, at))
        ]

    @property
    def offered(self) -> bool:
        """This session is the booster that is to be offered after a slip."""
        return self.way.booster_after is not None and self.session.slug == self.curriculum.after_use

    @property
    def draft(self) -> str:
        return f"session:{self.enrollment.id}:{self.curriculum.slug}"

    def form(self, data: QueryDict | None) -> SessionForm:
        titles = session_choices(self.curriculum)
        return SessionForm(data, curriculum=self.curriculum, titles=titles, initial=self.initial)


def session_page(viewer: Actor, enrollment: Enrollment, curriculum: str, *, asked: str, at: datetime) -> SessionPage:
    """The caller has the enrollment in reach. Raises `NotFound` for a curriculum that the program does not have."""
    way = next(
        (way for way in ways_of(viewer, enrollment, on=timezone.localdate(at)) if way.curriculum.slug == curriculum),
        None,
    )
    if way is None:
        raise NotFound(_("The client's program does not have these sessions."))
    by_slug = {session.slug: session for session in way.curriculum.sessions}
    missed = next((slug for slug in by_slug if slug in way.course.missed), "")
    session = by_slug.get(asked) or by_slug.get(missed) or way.next or way.curriculum.sessions[0]
    appointment = answered_by(viewer, enrollment.id, way.curriculum.component, at=at)
    team = colleagues(viewer, team_ids=frozenset({enrollment.team_id}), on=timezone.localdate(at), roles=CARE)
    began = timezone.localtime(appointment.at if appointment else at)
    initial = {
        "id": new_id(),
        "session": session.slug,
        "day": began.date(),
        "time": began.time().replace(second=0, microsecond=0),
        "staff": [str(viewer.id)],
        "homework": localized(session.homework[0], enrollment.client.language),
    }
    if appointment:
        initial |= {"mode": appointment.mode, "place": appointment.place}
    people = [(str(person.id), person.name) for person in team]
    return SessionPage(enrollment, way, session, appointment, people, initial)


def _same(viewer: Actor, contact: Contact) -> str:
    """`Yes, what Pat Lee recorded, Mon 23 Nov, 14:30 (DRT session)`"""
    text = _("Yes: what %(name)s recorded, %(when)s, %(about)s")
    if contact.recorded_by == viewer.id:
        text = _("Yes: what I recorded, %(when)s, %(about)s")
    about = contact.get_component_display() if contact.component else contact.get_mode_display()
    return text % {"name": contact.recorded_by_name, "when": short_time(contact.at), "about": about}
