"""Assertive outreach: rises with misses in a row and with days without contact, in every phase; never a sanction.

Guide, "Assertive Outreach": outreach is increased when someone begins to miss appointments or to disengage; Table 3,
phase 2: a relapse is not punished. The levels are the program version's.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from openmission.care.rules.agenda.contacts import (
    Expected,
    expectation_facts,
    expected_contact,
    expected_first_contact,
    met_fact,
)
from openmission.care.rules.agenda.facts import EnrollmentFacts
from openmission.care.rules.agenda.items import Action, DueItem, Fact, Message
from openmission.care.rules.agenda.people import SUPERVISOR, pair_or_supervisor
from openmission.programs.rules import OutreachLevel, Program, Severity

RULE = "outreach"
NEVER = date(1900, 1, 1)  # before any meeting that could be recorded


def outreach_item(facts: EnrollmentFacts, program: Program, on: date, contacts: Sequence[DueItem]) -> DueItem | None:
    """The pair's one line for a client who drifts; it takes the place of `contacts` and presses at least as much, also
    the colleague whom one of them was handed to.

    A try that found nobody is followed by the next after the level's `retry_days`; until then the line rests in this
    week. Meeting the client, whoever does, clears it.
    """
    expected = _expected_by_anyone(facts, program)
    number = _level(facts, program, (on - expected.due_on).days)
    if number == 0:
        return None
    level = program.outreach.levels[number - 1]
    severity = max([level.severity, *(item.severity for item in contacts)])
    due_on = expected.due_on
    if facts.last_miss:
        due_on = facts.last_miss.on
        if facts.last_miss.tried:
            due_on += timedelta(days=level.retry_days)
            severity = severity if on >= due_on else Severity.WEEK
    last = facts.last_seen
    days = (on - (last.on if last else facts.starts_on)).days
    code = f"outreach.{level.reach}" if last else f"outreach.{level.reach}.never_met"
    for_roles = pair_or_supervisor(facts, program)
    return DueItem(
        key=RULE,
        rule=RULE,
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=due_on,
        action=Action.REACH_OUT,
        what=Message(code, {"days": days, "misses": facts.misses, "due_on": due_on, "waiting": on < due_on}),
        why=_why(facts, expected, level),
        rule_text=program.outreach.text,
        source=program.outreach.source,
        for_roles=(*for_roles, SUPERVISOR) if level.reach == "team" and SUPERVISOR not in for_roles else for_roles,
        for_users=frozenset(item.in_hand_of for item in contacts if item.in_hand_of),
        level=number,
        since_on=last.on if last else NEVER,
    )


def _expected_by_anyone(facts: EnrollmentFacts, program: Program) -> Expected:
    roles = tuple(row.role for row in program.pair)
    if facts.last_seen:
        return expected_contact(facts.last_seen.on, roles, facts, program)
    due_on = min(expected_first_contact(role, facts, program) for role in roles)
    return Expected(due_on, (due_on - facts.starts_on).days, facts.spans[0].phase, closer=False)


def _level(facts: EnrollmentFacts, program: Program, overdue: int) -> int:
    """The highest level reached, counted from 1; 0 for none."""
    reached = [
        number
        for number, level in enumerate(program.outreach.levels, start=1)
        if facts.misses >= level.misses or (level.overdue_days is not None and overdue >= level.overdue_days)
    ]
    return max(reached, default=0)


def _why(facts: EnrollmentFacts, expected: Expected, level: OutreachLevel) -> tuple[Fact, ...]:
    why = [met_fact("", facts.last_seen)]
    if facts.last_miss:
        miss = facts.last_miss
        params = {"count": facts.misses, "on": miss.on, "tried": miss.tried}
        why.append(Fact(Message("missed", params), "contact", miss.contact_id))
    if facts.last_seen:
        why += expectation_facts(expected, facts)
    else:
        why += [Fact(Message("enrolled", {"on": facts.starts_on})), Fact(Message("first_by", {"on": expected.due_on}))]
    why.append(Fact(Message(f"reach.{level.reach}", {"retry_days": level.retry_days})))
    return tuple(why)
