"""The eligibility decision, the states of a referral, what comes next, and the checks of a signature."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Outlook(StrEnum):
    """What the answers so far allow."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    FIND_OUT = "find_out"


@dataclass(frozen=True)
class Assessment:
    """`outlook`, and the criteria that stand against it, in the program's order."""

    outlook: Outlook
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]


def assess(criteria: tuple[str, ...], answers: Mapping[str, Answer]) -> Assessment:
    """Every criterion met: eligible. Any not met: not eligible. Else something must be found out first.

    `criteria` are the slugs of the program version. An answer that was never given counts as unknown: nobody is turned
    away, or let in, on what is not known. Source: MISSION case manager guide, step 1 (all criteria are required).
    """
    given = {slug: answers.get(slug, Answer.UNKNOWN) for slug in criteria}
    not_met = tuple(slug for slug in criteria if given[slug] == Answer.NOT_MET)
    unknown = tuple(slug for slug in criteria if given[slug] == Answer.UNKNOWN)
    if not_met:
        return Assessment(Outlook.NOT_ELIGIBLE, not_met, unknown)
    return Assessment(Outlook.FIND_OUT if unknown else Outlook.ELIGIBLE, not_met, unknown)


@dataclass(frozen=True)
class KnownFact:
    """What somebody else's record says of a person, given with the referral.

    `about` names it as the criteria do (`hmis` of the program), `answer` is what it determines (unknown: it informs
    only), `kind` the kind of evidence; `text` says it by language, with its day and where it stands. `day`: up to which
    the record speaks (none: not known).
    """

    about: str
    answer: Answer
    kind: str
    text: Mapping[str, str]
    day: date | None = None


FACTS_SUGGEST_FOR = timedelta(days=90)
"""How old a fact may be, on the day of the referral, to suggest an answer. Our default, no rule of anybody: a record
brought once a quarter still helps, while where a person lives may well have changed since an older one."""


def may_suggest(fact: KnownFact, *, received_on: date) -> bool:
    """Whether a fact is recent enough to suggest an answer; one without a day is not."""
    return fact.day is not None and received_on - fact.day <= FACTS_SUGGEST_FOR


def suggested_answer(facts: Iterable[KnownFact]) -> Answer:
    """What the facts about one criterion determine when they agree; a worker still looks and saves."""
    said = {fact.answer for fact in facts} - {Answer.UNKNOWN}
    return said.pop() if len(said) == 1 else Answer.UNKNOWN


class ReferralState(StrEnum):
    RECEIVED = "received"
    CONTACTED = "contacted"
    SCREENED = "screened"
    WAITING = "waiting"
    ENROLLED = "enrolled"
    CLOSED = "closed"


TRANSITIONS: Mapping[ReferralState, frozenset[ReferralState]] = {
    ReferralState.RECEIVED: frozenset({ReferralState.CONTACTED, ReferralState.SCREENED, ReferralState.CLOSED}),
    ReferralState.CONTACTED: frozenset({ReferralState.SCREENED, ReferralState.CLOSED}),
    ReferralState.SCREENED: frozenset({ReferralState.WAITING, ReferralState.ENROLLED, ReferralState.CLOSED}),
    ReferralState.WAITING: frozenset({ReferralState.ENROLLED, ReferralState.CLOSED}),
    ReferralState.ENROLLED: frozenset(),
    ReferralState.CLOSED: frozenset(),
}
UNDECIDED = (ReferralState.RECEIVED, ReferralState.CONTACTED)
OPEN = (*UNDECIDED, ReferralState.SCREENED, ReferralState.WAITING)


def may_move(old: str, new: str) -> bool:
    """Whether a referral may go from one state to another; staying is always fine."""
    return old == new or ReferralState(new) in TRANSITIONS[ReferralState(old)]


class Next(StrEnum):
    """The one action that a referral waits for."""

    REACH = "reach"
    SCREEN = "screen"
    PLACE = "place"
    ENROLL = "enroll"
    OPEN = "open"
    ASK_AGAIN = "ask_again"


NEXT: Mapping[ReferralState, Next] = {
    ReferralState.RECEIVED: Next.REACH,
    ReferralState.CONTACTED: Next.SCREEN,
    ReferralState.SCREENED: Next.PLACE,
    ReferralState.WAITING: Next.ENROLL,
    ReferralState.ENROLLED: Next.OPEN,
    ReferralState.CLOSED: Next.ASK_AGAIN,
}

FULL_LOAD = 20


def is_full(clients: int) -> bool:
    """Whether somebody who serves so many clients has a full load already: another one would be above it.

    Source: Critical Time Intervention fidelity, at most 20 clients for a full-time worker.
    """
    return clients >= FULL_LOAD


def strokes_are_a_signature(strokes: list[list[list[float]]]) -> bool:
    """A drawn signature has at least 8 points in all; every point is two numbers between 0 and 2000."""
    points = [point for stroke in strokes for point in stroke]
    return 8 <= len(points) <= 20000 and all(len(p) == 2 and 0 <= p[0] <= 2000 and 0 <= p[1] <= 2000 for p in points)
