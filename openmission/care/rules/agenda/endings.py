"""A phase ends with a review, the program with a plan and a discharge that honors the work (guide, Table 3)."""

from datetime import date, timedelta

from openmission.care.rules.agenda.facts import EnrollmentFacts
from openmission.care.rules.agenda.items import Action, DueItem, Fact, Message, severity_on
from openmission.care.rules.agenda.people import leader_or_supervisor
from openmission.programs.rules import DueRule, Program


def review_item(facts: EnrollmentFacts, program: Program, on: date) -> DueItem | None:
    """The earliest phase that is not reviewed: it cannot pass silently. The last phase ends with the discharge."""
    rule = program.due_rules.get("review")
    span = next((span for span in facts.spans[:-1] if span.phase not in facts.phases_reviewed), None)
    if rule is None or span is None:
        return None
    passed, params = on > span.last_on, {"phase": span.phase, "on": span.last_on}
    why = (Fact(Message("phase_ended" if passed else "phase_ends", params)),)
    what = Message("review.passed" if passed else "review.coming", params)
    return _item(f"review:{span.phase}", rule, Action.REVIEW_PHASE, span.last_on, what, why, facts, program, on)


def discharge_item(facts: EnrollmentFacts, program: Program, on: date) -> DueItem | None:
    """First the plan for afterwards, from some weeks before the end; once it is made, the discharge itself.

    A program without the plan rule goes straight to the discharge.
    """
    planning = program.due_rules.get("discharge_plan")
    state, params = "passed" if on > facts.last_on else "coming", {"on": facts.last_on}
    end = (Fact(Message("program_ended" if state == "passed" else "program_ends", params)),)
    if planning and facts.spans[-1].phase not in facts.phases_reviewed:
        due_on = max(facts.spans[-1].starts_on, facts.last_on - timedelta(days=planning.within_days))
        what = Message(f"discharge_plan.{state}", params)
        why = (*end, Fact(Message("plan_open")))
        return _item("discharge_plan", planning, Action.PLAN_DISCHARGE, due_on, what, why, facts, program, on)
    rule = program.due_rules["discharge"]
    what = Message(f"discharge.{state}", params)
    return _item("discharge", rule, Action.DISCHARGE, facts.last_on, what, end, facts, program, on)


def _item(
    key: str,
    rule: DueRule,
    action: Action,
    due_on: date,
    what: Message,
    why: tuple[Fact, ...],
    facts: EnrollmentFacts,
    program: Program,
    on: date,
) -> DueItem | None:
    severity = severity_on(rule, due_on, on)
    if severity is None:
        return None
    return DueItem(
        key=key,
        rule=rule.slug,
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=due_on,
        action=action,
        what=what,
        why=why,
        rule_text=rule.text,
        source=rule.source,
        for_roles=leader_or_supervisor(facts, program),
    )
