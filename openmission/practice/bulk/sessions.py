"""Sessions of the curricula that a contact was about: delivery, status exam, what was saved."""

import json
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from openmission.curricula.rules import Curriculum
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.models import Delivery, DeliveryVersion, StatusExam
from openmission.delivery.rules.course import next_session
from openmission.delivery.rules.exam import Exam, exam_from_answers
from openmission.kernel.actors import SYSTEM
from openmission.practice.bulk.contacts import Meeting
from openmission.practice.bulk.people import Served, Worker
from openmission.practice.bulk.starts import say
from openmission.practice.bulk.tables import Tables, make_id
from openmission.practice.rules.sessions import answers


def curriculum_of(slug: str) -> Curriculum:
    return shipped_curriculum(SYSTEM, slug)


def deliver_alone(
    tables: Tables, served: Served, contact_id: UUID, meeting: Meeting, by: Worker, chance: Random
) -> None:
    """A contact that was about a curriculum was the next session of it; after the last one, any of them again."""
    if meeting.component not in served.done:
        return
    curriculum = curriculum_of(meeting.component)
    session = next_session(curriculum, served.done[curriculum.slug]) or chance.choice(curriculum.sessions)
    said: dict[str, Any] = {"attendance": "present", "note": meeting.note, "homework": session.homework[0].en}
    if curriculum.status_exam:
        said["exam"] = answers(chance)
    deliver(tables, served, contact_id, meeting, (curriculum, session.slug, None), said, by)


def deliver(
    tables: Tables,
    served: Served,
    contact_id: UUID,
    meeting: Meeting,
    what: tuple[Curriculum, str, UUID | None],
    said: dict[str, Any],
    by: Worker,
) -> None:
    """One delivery on a contact; `what`: curriculum, session and group meeting; `said`: what its first version says."""
    curriculum, session, group_meeting_id = what
    delivery_id, at = make_id(meeting.at), meeting.at + timedelta(minutes=40)
    tables.add(
        Delivery,
        id=delivery_id,
        enrollment_id=served.enrollment_id,
        client_id=served.client_id,
        contact_id=contact_id,
        meeting_id=group_meeting_id,
        curriculum=curriculum.slug,
        version=curriculum.version,
        session=session,
        component=curriculum.component,
        late=said["attendance"] == "late",
        homework=said.get("homework", ""),
    )
    if curriculum.status_exam:
        _exam(tables, delivery_id, said.get("exam", {}), meeting)
    _version(tables, delivery_id, said, by, at)
    delivered = {"enrollment_id": served.enrollment_id, "contact_id": contact_id, "session": session}
    say(tables, "delivery.SessionDelivered", served.client_id, by, at, curriculum=curriculum.slug, **delivered)
    if meeting.outcome == "met":
        served.done[curriculum.slug].add(session)


def _exam(tables: Tables, delivery_id: UUID, said: dict[str, Any], meeting: Meeting) -> None:
    exam = exam_from_answers(said)
    columns: dict[str, Any] = {name: getattr(exam, name) for name in Exam.__slots__}
    columns |= {name: sorted(columns[name]) for name in ("substances", "supports", "passed")}
    tables.add(StatusExam, id=make_id(meeting.at), delivery_id=delivery_id, **columns)


def _version(tables: Tables, delivery_id: UUID, said: dict[str, Any], by: Worker, at: datetime) -> None:
    tables.add(
        DeliveryVersion,
        id=make_id(at),
        delivery_id=delivery_id,
        revision=1,
        answers=json.dumps(said),
        at=at,
        by_id=by.id,
        by_name=by.name,
    )
