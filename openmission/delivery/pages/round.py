"""The page on which a group is run."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openmission.curricula.rules import Curriculum, Session
from openmission.curricula.selectors import curriculum as read_curriculum
from openmission.delivery.forms.rounds import Round
from openmission.delivery.models import GroupMeeting
from openmission.delivery.pages.titles import session_choices
from openmission.delivery.pages.told import mine_of, told
from openmission.delivery.pages.when import usual_after
from openmission.delivery.rules.course import suggested
from openmission.delivery.selectors.courses import known_of
from openmission.delivery.selectors.overview import planned_after
from openmission.delivery.selectors.rounds import Expected, expected_members, former_members
from openmission.kernel.actors import Actor
from openmission.kernel.ids import new_id
from openmission.kernel.merging import Conflict
from openmission.programs.rules import localized
from openmission.staff.roles import CARE
from openmission.staff.selectors import colleagues

POSTED = re.compile(r"m-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(?!seen)\w+")
FOR_ALL = ("exam", "agenda")
NOTHING_SAVED = {
    "withdrawn": lazy("A colleague withdrew this record: nothing of yours is saved. Save again to record it anew."),
    "gone": lazy("They left the group meanwhile: nothing of them is saved."),
}


@dataclass(frozen=True)
class RoundPage:
    """`conflicts` by enrollment (None: the homework): what a colleague said meanwhile, in words. `people`: who may have
    led it; `planned`: the next meeting, where one is planned already.
    """

    meeting: GroupMeeting
    curriculum: Curriculum
    session: Session
    round: Round
    people: list[tuple[str, str]]
    planned: GroupMeeting | None
    conflicts: Mapping[UUID | None, list[str]] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[str, list[str]]]:
        """The conflicts with the name of whom each is about."""
        names = {each.enrollment.id: each.client.short_name for each, _form in self.round.members}
        return [(names[id] if id else _("For everybody"), lines) for id, lines in self.conflicts.items()]

    @property
    def draft(self) -> str:
        return f"round:{self.meeting.id}"


def round_page(
    viewer: Actor,
    meeting: GroupMeeting,
    data: QueryDict | None,
    *,
    at: datetime,
    conflicts: Mapping[UUID | None, tuple[Conflict, ...]] | None = None,
) -> RoundPage:
    """The forms as they were sent (`data`), or with what is recorded; of `conflicts` the person's own answers stand in
    them, to be saved again or changed. The caller leads the group.
    """
    conflicts = _told_once(conflicts or {})
    curriculum = read_curriculum(viewer, meeting.group.curriculum, meeting.version)
    expected = expected_members(viewer, meeting, opened_at=at)
    others = (_posted(data) | {id for id in conflicts if id}) - {each.enrollment.id for each in expected}
    gone = former_members(viewer, meeting, others, opened_at=at)
    planned = planned_after(viewer, meeting)
    following = _following(viewer, expected, curriculum, meeting)
    forms = Round(
        data,
        viewer=viewer,
        meeting=meeting,
        expected=[*gone, *expected],
        curriculum=curriculum,
        titles=session_choices(curriculum),
        initial=_initial(expected, meeting, curriculum, planned, conflicts.get(None, ()), following),
        mine={id: mine_of(found) for id, found in conflicts.items() if id},
    )
    team = colleagues(viewer, team_ids=frozenset({meeting.group.team_id}), on=timezone.localdate(at), roles=CARE)
    return RoundPage(
        meeting=meeting,
        curriculum=curriculum,
        session=curriculum.session(meeting.session),
        round=forms,
        people=[(str(person.id), person.name) for person in team],
        planned=planned,
        conflicts={id: [_line(conflict) for conflict in found] for id, found in conflicts.items()},
    )


def _told_once(conflicts: Mapping[UUID | None, tuple[Conflict, ...]]) -> dict[UUID | None, tuple[Conflict, ...]]:
    """What is asked once for everybody is told once, with the homework."""
    everybody = dict.fromkeys(conflicts.get(None, ()))
    rest: dict[UUID | None, tuple[Conflict, ...]] = {}
    for id, found in conflicts.items():
        if id:
            everybody |= dict.fromkeys(each for each in found if each.place == FOR_ALL and each.stored)
            rest[id] = tuple(each for each in found if each.place != FOR_ALL)
    told: dict[UUID | None, tuple[Conflict, ...]] = {None: tuple(everybody), **rest}
    return {id: found for id, found in told.items() if found}


def _posted(data: QueryDict | None) -> set[UUID]:
    """Of whom something is said in the form as it was sent."""
    found = (POSTED.fullmatch(name) for name, value in (data or {}).items() if value)
    return {UUID(match[1]) for match in found if match}


def _line(conflict: Conflict) -> str:
    """A conflict in words, or why nothing was saved of somebody."""
    why = NOTHING_SAVED.get(conflict.place[0] if conflict.place else "")
    return str(why) if why else told(conflict)


def _following(viewer: Actor, expected: list[Expected], curriculum: Curriculum, meeting: GroupMeeting) -> str:
    """What suits the group after this meeting."""
    known = known_of(viewer, [each.enrollment.id for each in expected])
    done = [{meeting.session} | set(facts.course(curriculum.slug).done) for facts in known.values()]
    return suggested(curriculum, done, meeting.session).session.slug


def _initial(
    expected: list[Expected],
    meeting: GroupMeeting,
    curriculum: Curriculum,
    planned: GroupMeeting | None,
    disputed: tuple[Conflict, ...],
    following_session: str,
) -> dict[str, Any]:
    following = timezone.localtime(usual_after(meeting))
    usual = localized(curriculum.session(meeting.session).homework[0], get_language() or "en")
    held = meeting.state == GroupMeeting.State.HELD
    shown, mine = meeting.homework if held else usual, {each.place: each.mine for each in disputed}
    initial: dict[str, Any] = {
        "minutes": meeting.minutes,
        "staff": [str(leader.user_id) for leader in meeting.group.leaders.all()],
        "homework": mine.get((), shown),
        "homework_seen": shown,
        "next_id": new_id(),
        "next_session": following_session,
    }
    said = Counter(each.stored.get("exam", {}).get("agenda", "") for each in expected)
    initial["agenda"] = next((answer for answer, _n in said.most_common() if answer in ("together", "not_yet")), "")
    if not planned and not held and not meeting.group.ended_on:
        initial |= {"next_day": following.date(), "next_time": following.time()}
    return initial
