"""Sessions of the curricula with one client, as contacts of the diary turn into them."""

from datetime import date, datetime, timedelta

from openmission.care.details import ContactDetails
from openmission.care.models import Appointment
from openmission.curricula.rules import Curriculum, Session
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.services.deliveries import NewDelivery, deliver_session
from openmission.kernel.actors import SYSTEM, Actor
from openmission.practice.rules.circles import circle_of
from openmission.practice.rules.diary import CASE_MANAGER, PEER, Entry
from openmission.practice.rules.sessions import answers
from openmission.practice.simulator.enrollment import Service

ABOUT = {"drt": (CASE_MANAGER, ("drt", "cti")), "peer": (PEER, ("peer",))}
APART = {"drt": timedelta(days=5), "peer": timedelta(days=9)}
USED = 0.03


def curriculum_of(slug: str) -> Curriculum:
    return shipped_curriculum(SYSTEM, slug)


def session_of(service: Service, entry: Entry) -> tuple[Curriculum, Session] | None:
    """The session that a contact was: an unhurried meeting about it with the client, days after the one before, while
    no group goes through them with the client. They come in order, and after the last one from the start again.
    """
    if entry.slip or entry.outcome != "met" or entry.with_whom != "client" or entry.mode not in ("in_person", "video"):
        return None
    for slug, (role, components) in ABOUT.items():
        curriculum = curriculum_of(slug)
        if role not in entry.roles or entry.component not in components or entry.minutes < 30:
            continue
        if curriculum.component not in service.program.components or entry.on >= _circle_begins(service, slug):
            continue
        given = service.given.setdefault(slug, [])
        if given and entry.on < given[-1] + APART[slug]:
            continue
        given.append(entry.on)
        return curriculum, curriculum.sessions[(len(given) - 1) % len(curriculum.sessions)]
    return None


def _circle_begins(service: Service, curriculum: str) -> date:
    circle = circle_of(service.life, curriculum)
    if circle is None:
        return date.max
    return circle.first_day(service.spans[0].starts_on, service.practice.today)


def deliver_alone(
    service: Service,
    curriculum: Curriculum,
    session: Session,
    details: ContactDetails,
    *,
    by: Actor,
    at: datetime,
    appointment: Appointment | None = None,
) -> None:
    """One session with one client: the seven questions, the note of the contact, what to try until next time."""
    said = {"attendance": "present", "note": details.note}
    homework = session.homework[0].es if service.life.language == "es" else session.homework[0].en
    exam = answers(service.rng, used=service.rng.random() < USED)
    given = {**said, "exam": exam, "homework": homework}
    new = NewDelivery(
        curriculum=curriculum, session=session.slug, answers=given, details=details, appointment=appointment
    )
    deliver_session(service.enrollment, new=new, by=by, at=at)
