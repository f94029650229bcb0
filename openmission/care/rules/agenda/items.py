"""What the engine answers: due items, each with the rule and the facts that raised it. Codes, no sentences."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from openmission.care.rules.agenda.facts import Deferral
from openmission.programs.rules import DueRule, Severity, Source, Text


class Action(StrEnum):
    """What a line asks for: recording it clears the line."""

    RECORD_CONTACT = "record_contact"
    REACH_OUT = "reach_out"
    COVER_ORIENTATION = "cover_orientation"
    SIGN_DOCUMENT = "sign_document"
    DO_ASSESSMENT = "do_assessment"
    ASSIGN_PAIR = "assign_pair"
    REVIEW_PHASE = "review_phase"
    PLAN_DISCHARGE = "plan_discharge"
    DISCHARGE = "discharge"
    RECORD_APPOINTMENT = "record_appointment"
    TAKE_SAFETY_STEPS = "take_safety_steps"
    OPEN = "open"  # the page of the room above that raised the line (`care.raised`)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be: a code and what goes into it (days, dates, slugs of the program)."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, frozenset(self.params)))


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a "Why?", with the row it rests on: `link` is contact or appointment, or empty."""

    message: Message
    link: str = ""
    link_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """Something a client needs by a day.

    `key` stays the same while the need is the same. `level` is how strong the outreach is (0 for other
    rules, above all for safety).
    `since_on` is the day of the meeting from which the need counts (None where none does).
    `rule_text` and `source` tell which rule speaks. `severity` is the line's own; `held` is the deferral in force, if
    any, and `in_hand_of` the colleague who is to do what was handed on. Who sees it, and how pressing it is for them:
    `severity_for`.
    """

    key: str
    rule: str
    enrollment_id: UUID
    severity: Severity
    due_on: date
    action: Action
    what: Message
    why: tuple[Fact, ...]
    rule_text: Text
    source: Source
    for_roles: tuple[str, ...] = ()
    for_users: frozenset[UUID] = frozenset()
    level: int = 0
    since_on: date | None = None
    held: Deferral | None = None
    in_hand_of: UUID | None = None

    @property
    def weight(self) -> int:
        """How much the line presses; what a deferral remembers to notice that it got worse."""
        return self.severity * 10 + self.level

    @property
    def need_on(self) -> date:
        """The day that tells this need from others of the same key: the next one, once this is met, has a later day,
        and what was said of this one says nothing of that.
        """
        return self.since_on or self.due_on

    @property
    def put_off(self) -> bool:
        return self.held is not None and self.held.to is None

    def severity_for(self, *, users: Set[UUID], roles: Set[str]) -> Severity | None:
        """How the line presses somebody with these ids (their own and those they cover) and roles on the care team.

        None: it is not theirs. What was put off waits for all; what was handed on waits for those who gave it away and
        is never out of their sight.
        """
        if self.in_hand_of in users:
            return self.severity
        if not self.for_users & users and roles.isdisjoint(self.for_roles):
            return None
        return Severity.WAITING if self.held else self.severity


def severity_on(rule: DueRule, due_on: date, on: date) -> Severity | None:
    """The severity that the rule's steps give on the day; None before the first step."""
    passed = (on - due_on).days
    return max([severity for day, severity in rule.steps if day <= passed], default=None)
