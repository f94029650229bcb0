"""What is recorded about one client at one session, as one dict: kept, compared and merged part by part.

attendance   present, late, excused or absent
exam         the status exam item by item (`rules.exam.exam_as_answers`)
note         free words about this client
homework     what this client takes home
session, how  of a session alone: which one it was; when, where, how long and who took part (`how_of`). Of a group's the
             meeting says it
worried      True when the worker is worried about this client's safety
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.care.details import FIELDS, ContactDetails
from openmission.care.models import Contact
from openmission.care.models.contact import Outcome, WithWhom
from openmission.curricula.rules import Curriculum
from openmission.delivery.models import Delivery, StatusExam
from openmission.delivery.rules.exam import Exam, exam_as_answers, exam_faults, exam_from_answers, worries
from openmission.kernel.errors import DomainError
from openmission.kernel.merging import Conflict, merge, tidied

ATTENDANCE = {
    "present": Outcome.MET,
    "late": Outcome.MET,
    "excused": Outcome.CANCELLED,
    "absent": Outcome.NO_SHOW,
}
HERE = ("present", "late")
USE = ("use", "substances")
ALONE = ("session", "how")
AWAY: dict[str, str] = {Outcome.NO_SHOW: "absent", Outcome.TRIED: "absent", Outcome.CANCELLED: "excused"}
BLANK: dict[str, Any] = {}  # before anything is recorded: nobody is here until somebody says so
LONGEST_HOMEWORK = 2000


class InvalidAnswer(DomainError):
    """An answer that cannot be; `field` is its part or its exam item."""

    def __init__(self, field: str):
        super().__init__(_("This answer cannot be. Choose again."), field=field)


def check_answers(answers: Mapping[str, Any], curriculum: Curriculum) -> dict[str, Any]:
    """The answers tidied; who was not there has no exam. Raises `InvalidAnswer`."""
    said: dict[str, Any] = tidied({part: _lines(value) for part, value in answers.items()})
    attendance = said.get("attendance", "present")
    if not said.get("worried"):
        said.pop("worried", None)
    if "how" in said:
        said["how"]["staff"] = sorted(said["how"].get("staff", ()))
    if said.get("session", curriculum.sessions[0].slug) not in curriculum.slugs:
        raise InvalidAnswer("session")
    if attendance not in ATTENDANCE:
        raise InvalidAnswer("attendance")
    if len(said.get("homework", "")) > LONGEST_HOMEWORK:
        raise InvalidAnswer("homework")
    if attendance not in HERE or not curriculum.status_exam:
        said.pop("exam", None)
    try:
        exam = exam_from_answers(said.get("exam", {}))
        faults = list(exam_faults(exam))
    except (AttributeError, TypeError) as fault:
        raise InvalidAnswer("exam") from fault
    for item in faults:
        raise InvalidAnswer(item)
    checked: dict[str, Any] = tidied({**said, "exam": exam_as_answers(exam)})
    return checked


def _lines(value: Any) -> Any:
    """A text with its lines ended in one way, as the service log keeps it: browsers send two letters for each end."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def merge_answers(
    base: Mapping[str, Any], stored: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """As `merge`; but whether somebody was there and how they were belong together. Where one side says that they were
    not and the other has answers of theirs, what is stored stands, and all that is not kept is told. Who says nothing
    of attendance leaves it as it is; who has answers says that they came. Use and what was used are one answer.
    """
    there = stored["attendance"] if stored["attendance"] in HERE or not mine.get("exam") else "present"
    mine = {"attendance": there, **mine}
    merged, conflicts = _one_use(stored, mine, *merge(base, stored, mine))
    supports = merged.get("exam", {}).get("supports", ())
    if len(supports) > 1:  # who was told of some goes before who was told of none
        merged["exam"]["supports"] = [each for each in supports if each != "none"]
    ours, theirs = (said["attendance"] in HERE for said in (mine, stored))
    away, answered = (stored, mine) if ours else (mine, stored)
    if ours == theirs or _same(base, away, "attendance") or _same(base, answered, "attendance", "exam"):
        return merged, conflicts
    merged |= {part: stored.get(part) for part in ("attendance", "exam")}
    told = [Conflict(("attendance",), stored["attendance"], mine["attendance"])]
    told += [Conflict(("exam", item), None, answer) for item, answer in mine.get("exam", {}).items()]
    others = (conflict for conflict in conflicts if conflict.place[0] not in ("attendance", "exam"))
    return tidied(merged), (*told, *others)


def _one_use(
    stored: Mapping[str, Any], mine: Mapping[str, Any], merged: dict[str, Any], conflicts: tuple[Conflict, ...]
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """What was used goes with use alone: where one side named something and the other says otherwise of use, what is
    stored stands in both, and both are told.
    """
    theirs, ours, found = ({part: said.get("exam", {}).get(part) for part in USE} for said in (stored, mine, merged))
    if not found["substances"] or found["use"] == "used" or found in (theirs, ours):
        return merged, conflicts
    told = [Conflict(("exam", part), theirs[part], ours[part]) for part in USE if theirs[part] != ours[part]]
    others = [conflict for conflict in conflicts if conflict.place not in {("exam", part) for part in USE}]
    return tidied({**merged, "exam": {**merged["exam"], **theirs}}), (*told, *others)


def unsaved(because: str, said: Mapping[str, Any]) -> tuple[Conflict, ...]:
    """All that was said and cannot be saved, with why ("withdrawn", "gone") before it: the person is told, and finds it
    in the form.
    """
    parts = [Conflict((part,), None, said[part]) for part in ("attendance", "note") if said.get(part)]
    exam = said.get("exam", {}).items()
    items = [Conflict(("exam", item), None, answer) for item, answer in exam if item != "agenda"]
    return (Conflict((because,), None, None), *parts, *items)


def worrying(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Why these answers open the safety steps; nothing when they do not."""
    own = ("worried",) if said.get("worried") else ()
    return (*own, *worries(exam_from_answers(said.get("exam", {}))))


def _same(before: Mapping[str, Any], after: Mapping[str, Any], *parts: str) -> bool:
    return all(before.get(part) == after.get(part) for part in parts)


def how_of(details: ContactDetails | Contact) -> dict[str, Any]:
    """When (to the minute, as forms say it), how and where, how long, with which workers."""
    at = details.at.astimezone(UTC).replace(second=0, microsecond=0)
    staff = details.staff_ids if isinstance(details, ContactDetails) else (row.user_id for row in details.staff.all())
    return {
        "at": at.isoformat(),
        "where": f"{details.mode}/{details.place}",
        "minutes": details.minutes,
        "staff": sorted(map(str, staff)),
    }


def _with_how(details: ContactDetails, how: Mapping[str, Any]) -> ContactDetails:
    """Undo `how_of`; a moment that is the same to the minute stays to the second."""
    at = details.at if how_of(details)["at"] == how["at"] else datetime.fromisoformat(how["at"])
    mode, _slash, place = how["where"].partition("/")
    staff_ids = tuple(map(UUID, how.get("staff", ())))
    return replace(details, at=at, mode=mode, place=place, minutes=how["minutes"], staff_ids=staff_ids)


def details_of(said: Mapping[str, Any], details: ContactDetails) -> ContactDetails:
    """The contact that these answers make of `details`: whether the client was met, the note, the slip, and what they
    say of when, where and with whom.
    """
    outcome = ATTENDANCE[said["attendance"]]
    met = outcome == Outcome.MET
    exam = exam_from_answers(said.get("exam", {}))
    if "how" in said:
        details = _with_how(details, said["how"])
    return replace(
        details,
        outcome=outcome,
        minutes=details.minutes if met else 0,
        note=said.get("note", ""),
        slip=details.slip or exam.used,
    )


def details_now(contact: Contact) -> ContactDetails:
    """What a contact says."""
    staff_ids = tuple(contact.staff.values_list("user_id", flat=True))
    return ContactDetails(**{name: getattr(contact, name) for name in FIELDS}, staff_ids=staff_ids)


def stored_answers(delivery: Delivery, contact: Contact) -> dict[str, Any]:
    """What the record says now: the contact's word goes before the delivery's, and who was not there has no exam. A
    record that was withdrawn says nothing.
    """
    if contact.withdrawn_at:
        return {}
    attendance = AWAY.get(contact.outcome, "present")
    if attendance == "present" and delivery.late:
        attendance = "late"
    exam = getattr(delivery, "exam", None)
    answers = {
        "attendance": attendance,
        "exam": exam_as_answers(exam_of(exam)) if exam and attendance in HERE else {},
        "note": contact.note,
        "homework": delivery.homework,
    }
    if not delivery.meeting_id:
        answers |= {"session": delivery.session, "how": how_of(contact)}
    found: dict[str, Any] = tidied(answers)
    return found


def exam_of(row: StatusExam) -> Exam:
    """A stored exam as the rules know it."""
    return exam_in({name: getattr(row, name) for name in Exam.__slots__})


def exam_in(columns: Mapping[str, Any]) -> Exam:
    """The same of its columns by name."""
    tuples = {name: tuple(columns[name]) for name in ("substances", "supports")}
    return Exam(**{**columns, **tuples, "passed": frozenset(columns["passed"])})


def is_session(delivery: Delivery) -> bool:
    """Whether its contact still says that it was one, and that the client came."""
    contact = delivery.contact
    said = (contact.outcome, contact.with_whom, contact.component)
    return said == (Outcome.MET, WithWhom.CLIENT, delivery.component)
