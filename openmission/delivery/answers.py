"""What is recorded about one client at one session, as one dict: kept, compared and merged part by part.

attendance   present, late, excused or absent
exam         the status exam item by item (`rules.exam.exam_as_answers`)
note         free words about this client
homework     what this client takes home
worried      True when the worker is worried about this client's safety
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from openmission.care.details import ContactDetails
from openmission.care.models import Contact
from openmission.care.models.contact import Outcome
from openmission.curricula.rules import Curriculum
from openmission.delivery.models import Delivery, StatusExam
from openmission.delivery.rules.exam import Exam, exam_as_answers, exam_faults, exam_from_answers
from openmission.kernel.errors import DomainError
from openmission.kernel.merging import tidied

ATTENDANCE = {
    "present": Outcome.MET,
    "late": Outcome.MET,
    "excused": Outcome.CANCELLED,
    "absent": Outcome.NO_SHOW,
}
HERE = ("present", "late")
BLANK: dict[str, Any] = {"attendance": "present"}
LONGEST_HOMEWORK = 2000


class InvalidAnswer(DomainError):
    """An answer that cannot be; `field` is its part or its exam item."""

    def __init__(self, field: str):
        super().__init__(_("This answer cannot be. Choose again."), field=field)


def check_answers(answers: Mapping[str, Any], curriculum: Curriculum) -> dict[str, Any]:
    """The answers tidied; who was not there has no exam. Raises `InvalidAnswer`."""
    said: dict[str, Any] = tidied({**BLANK, **answers})
    if said["attendance"] not in ATTENDANCE:
        raise InvalidAnswer("attendance")
    if len(said.get("homework", "")) > LONGEST_HOMEWORK:
        raise InvalidAnswer("homework")
    if said["attendance"] not in HERE or not curriculum.status_exam:
        said.pop("exam", None)
    try:
        exam = exam_from_answers(said.get("exam", {}))
    except TypeError as fault:
        raise InvalidAnswer("exam") from fault
    for item in exam_faults(exam):
        raise InvalidAnswer(item)
    return said


def details_of(said: Mapping[str, Any], details: ContactDetails) -> ContactDetails:
    """The contact that these answers make of `details`: whether the client was met, the note, the slip."""
    outcome = ATTENDANCE[said["attendance"]]
    met = outcome == Outcome.MET
    exam = exam_from_answers(said.get("exam", {}))
    return replace(
        details,
        outcome=outcome,
        minutes=details.minutes if met else 0,
        note=said.get("note", ""),
        slip=details.slip or exam.used,
    )


def stored_answers(delivery: Delivery, contact: Contact) -> dict[str, Any]:
    """What the record says now: the contact's word goes before the delivery's."""
    attendance = {Outcome.NO_SHOW: "absent", Outcome.CANCELLED: "excused"}.get(Outcome(contact.outcome), "present")
    if attendance == "present" and delivery.late:
        attendance = "late"
    exam = getattr(delivery, "exam", None)
    answers = {
        "attendance": attendance,
        "exam": exam_as_answers(exam_of(exam)) if exam else {},
        "note": contact.note,
        "homework": delivery.homework,
    }
    found: dict[str, Any] = tidied(answers)
    return found


def exam_of(row: StatusExam) -> Exam:
    """A stored exam as the rules know it."""
    columns = {name: getattr(row, name) for name in Exam.__slots__}
    columns |= {name: tuple(columns[name]) for name in ("substances", "supports")}
    return Exam(**{**columns, "passed": frozenset(columns["passed"])})
