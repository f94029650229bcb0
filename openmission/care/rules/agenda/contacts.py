"""Contacts expected by phase and role, and the first contact of each of the pair.

Guide, Table 3: weekly in phase 1, as needed and tapering in phase 2; "Assertive Outreach": support rises when someone
drifts; a slip is not punished. The numbers are the program version's.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from openmission.care.rules.agenda.facts import EnrollmentFacts, RoleFacts, Seen
from openmission.care.rules.agenda.items import Action, DueItem, Fact, Message, severity_on
from openmission.programs.rules import Program, phase_on


@dataclass(frozen=True, slots=True)
class Expected:
    """The next contact is due on the day; `every_days` and `phase` say why, `closer` that a slip brought it nearer."""

    due_on: date
    every_days: int
    phase: str
    closer: bool


def expected_contact(last_met_on: date, roles: tuple[str, ...], facts: EnrollmentFacts, program: Program) -> Expected:
    """When one of the roles is next due to meet a client last met on that day.

    The phase of the last meeting counts, so that a line which is due stays due when the calendar turns to a calmer
    phase. After a reported slip the day only ever comes nearer.
    """
    phase = program.phase(phase_on(last_met_on, facts.spans).phase)
    every_days = min((contact.every_days for contact in phase.contacts if contact.role in roles), default=0)
    due_on = last_met_on + timedelta(days=every_days) if every_days else date.max
    slip, closer = facts.use_reported_on, program.closer_contact
    if slip and last_met_on <= slip + timedelta(days=closer.for_days):
        after_slip = max(last_met_on, slip) + timedelta(days=closer.every_days)
        if after_slip < due_on:
            return Expected(after_slip, closer.every_days, phase.slug, closer=True)
    return Expected(due_on, every_days, phase.slug, closer=False)


def expected_first_contact(role: str, facts: EnrollmentFacts, program: Program) -> date:
    """The day by which the role meets a new client."""
    within = next(row.first_contact_within_days for row in program.pair if row.role == role)
    due_on = facts.starts_on + timedelta(days=within)
    if facts.use_reported_on:
        after_slip = max(facts.starts_on, facts.use_reported_on) + timedelta(days=program.closer_contact.every_days)
        due_on = min(due_on, after_slip)
    return due_on


def contact_items(facts: EnrollmentFacts, program: Program, on: date) -> list[DueItem]:
    """A line for each filled role whose contact is due. A role that nobody holds is the pair rule's matter.

    An appointment with that role, on or before the due day, stands for the line until its own day has passed.
    """
    items = []
    for row in program.pair:
        role = facts.role(row.role)
        if role.holders:
            item = (
                _contact(role, role.last_met, facts, program, on) if role.last_met else _first(role, facts, program, on)
            )
            if item and not _planned(role, item.due_on, facts, on):
                items.append(item)
    return items


def _contact(role: RoleFacts, last: Seen, facts: EnrollmentFacts, program: Program, on: date) -> DueItem | None:
    rule = program.due_rules["contact"]
    expected = expected_contact(last.on, (role.role,), facts, program)
    severity = severity_on(rule, expected.due_on, on)
    if severity is None:
        return None
    days = (on - last.on).days
    params = {"role": role.role, "days": days, "due_on": expected.due_on}
    return DueItem(
        key=f"contact:{role.role}",
        rule=rule.slug,
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=expected.due_on,
        action=Action.RECORD_CONTACT,
        what=Message("contact.due" if on >= expected.due_on else "contact.coming", params),
        why=(met_fact(role.role, last), *expectation_facts(expected, facts)),
        rule_text=program.closer_contact.text if expected.closer else rule.text,
        source=program.closer_contact.source if expected.closer else rule.source,
        for_roles=(role.role,),
        since_on=last.on,
    )


def _first(role: RoleFacts, facts: EnrollmentFacts, program: Program, on: date) -> DueItem | None:
    rule = program.due_rules["first_contact"]
    due_on = expected_first_contact(role.role, facts, program)
    severity = severity_on(rule, due_on, on)
    if severity is None:
        return None
    params = {"role": role.role, "days": (on - facts.starts_on).days, "due_on": due_on}
    return DueItem(
        key=f"first_contact:{role.role}",
        rule=rule.slug,
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=due_on,
        action=Action.RECORD_CONTACT,
        what=Message("first_contact.due", params),
        why=(met_fact(role.role, None), Fact(Message("enrolled", {"on": facts.starts_on}))),
        rule_text=rule.text,
        source=rule.source,
        for_roles=(role.role,),
    )


def _planned(role: RoleFacts, due_on: date, facts: EnrollmentFacts, on: date) -> bool:
    return any(a.staff & role.holders and on <= a.on <= due_on for a in facts.appointments)


def met_fact(role: str, last: Seen | None) -> Fact:
    """When the role (empty: anyone) last met the client, or that it never has."""
    if last is None:
        return Fact(Message("never_met", {"role": role}))
    return Fact(Message("last_met", {"role": role, "on": last.on}), "contact", last.contact_id)


def expectation_facts(expected: Expected, facts: EnrollmentFacts) -> tuple[Fact, ...]:
    """What the expected day rests on: the interval of the phase, or the reported slip that shortened it."""
    if expected.closer:
        params = {"on": facts.use_reported_on, "days": expected.every_days}
        return (Fact(Message("closer_contact", params)),)
    return (Fact(Message("expected_every", {"days": expected.every_days, "phase": expected.phase})),)
