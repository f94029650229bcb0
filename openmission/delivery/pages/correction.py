"""The page on which a session alone is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from openmission.care.models import Contact
from openmission.curricula.rules import Curriculum
from openmission.curricula.selectors import curriculum as read_curriculum
from openmission.delivery.answers import stored_answers
from openmission.delivery.forms.exam import exam_initial
from openmission.delivery.forms.session import CorrectForm
from openmission.delivery.models import Delivery
from openmission.delivery.pages.titles import session_choices
from openmission.delivery.pages.told import mine_of, told
from openmission.kernel.actors import Actor
from openmission.kernel.merging import Conflict
from openmission.staff.roles import CARE
from openmission.staff.selectors import colleagues


@dataclass(frozen=True)
class CorrectionPage:
    """`people`: who may have taken part, who is recorded among them though they have left; `told`: what a colleague
    said meanwhile, in words.
    """

    delivery: Delivery
    curriculum: Curriculum
    people: list[tuple[str, str]]
    initial: dict[str, Any]
    told: list[str] = field(default_factory=list)

    @property
    def contact(self) -> Contact:
        return self.delivery.contact

    @property
    def draft(self) -> str:
        return f"session-correct:{self.delivery.id}"

    def form(self, data: QueryDict | None) -> CorrectForm:
        titles, minutes = session_choices(self.curriculum), self.contact.minutes
        return CorrectForm(data, curriculum=self.curriculum, titles=titles, minutes=minutes, initial=self.initial)


def correction_page(
    viewer: Actor, delivery: Delivery, *, at: datetime, conflicts: Sequence[Conflict] = ()
) -> CorrectionPage:
    """What is recorded; of `conflicts` the person's own answers, to be saved again or changed. The caller has the
    contact in reach.
    """
    curriculum = read_curriculum(viewer, delivery.curriculum, delivery.version)
    contact = delivery.contact
    teams = frozenset({contact.enrollment.team_id})
    people = {
        person.id: person.name for person in colleagues(viewer, team_ids=teams, on=timezone.localdate(at), roles=CARE)
    }
    people |= {member.user_id: member.user.name for member in contact.staff.all()}
    titles = session_choices(curriculum)
    return CorrectionPage(
        delivery=delivery,
        curriculum=curriculum,
        people=[(str(id), name) for id, name in people.items()],
        initial=_initial(delivery, mine_of(conflicts)),
        told=[told(conflict, titles) for conflict in conflicts],
    )


def _initial(delivery: Delivery, mine: dict[str, Any]) -> dict[str, Any]:
    stored = stored_answers(delivery, delivery.contact)
    said, how = {**stored, **mine}, {**stored.get("how", {}), **mine.get("how", {})}
    exam = {**stored.get("exam", {}), **mine.get("exam", {})}
    began = timezone.localtime(datetime.fromisoformat(how["at"]) if how else delivery.contact.at)
    mode, _slash, place = how.get("where", "").partition("/")
    return {
        "seen": delivery.revision,
        "session": said.get("session", delivery.session),
        "day": began.date(),
        "time": began.time(),
        "mode": mode,
        "place": place,
        "minutes": how.get("minutes"),
        "staff": how.get("staff", []),
        "note": said.get("note", ""),
        "homework": said.get("homework", ""),
        "agenda": exam.get("agenda", ""),
        **exam_initial(exam),
    }
