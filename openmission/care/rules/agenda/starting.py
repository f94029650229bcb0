"""Getting started: the pair, the papers, the orientation, the assessments (guide, steps 1 and 2, Table 2)."""

from datetime import date, timedelta

from openmission.care.rules.agenda.facts import EnrollmentFacts
from openmission.care.rules.agenda.items import Action, DueItem, Fact, Message, severity_on
from openmission.care.rules.agenda.people import SUPERVISOR, leader_or_supervisor
from openmission.programs.rules import DueRule, Program

ACTIONS = {
    "documents": Action.SIGN_DOCUMENT,
    "orientation": Action.COVER_ORIENTATION,
    "assessments": Action.DO_ASSESSMENT,
}


def pair_item(facts: EnrollmentFacts, program: Program, on: date) -> DueItem | None:
    """A care team with an empty role. The supervisor's line; other roles are another need."""
    rule = program.due_rules["pair"]
    empty = tuple(row.role for row in program.pair if not facts.role(row.role).holders)
    due_on = _due_on(rule, facts)
    severity = severity_on(rule, due_on, on)
    if not empty or severity is None:
        return None
    return DueItem(
        key=f"{rule.slug}:{','.join(empty)}",
        rule=rule.slug,
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=due_on,
        action=Action.ASSIGN_PAIR,
        what=Message("pair.empty", {"roles": empty}),
        why=(
            *(Fact(Message("role_empty", {"role": role})) for role in empty),
            Fact(Message("enrolled", {"on": facts.starts_on})),
        ),
        rule_text=rule.text,
        source=rule.source,
        for_roles=(SUPERVISOR,),
    )


def gap_item(facts: EnrollmentFacts, program: Program, on: date) -> DueItem | None:
    """One line for all that is open of papers, orientation and assessments.

    It asks for the first that is open, in this order, presses like the most pressing, and its "Why?" names the rest.
    """
    open_gaps = [(program.due_rules[slug], missing) for slug, missing in _gaps(facts, program) if missing]
    severities = [severity_on(rule, _due_on(rule, facts), on) for rule, _ in open_gaps]
    severity = max((known for known in severities if known is not None), default=None)
    if severity is None:
        return None
    rule, missing = open_gaps[0]
    return DueItem(
        key=rule.slug,
        rule=rule.slug,
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=min(_due_on(rule, facts) for rule, _ in open_gaps),
        action=ACTIONS[rule.slug],
        what=Message(
            f"{rule.slug}.open", {"missing": missing, "also": tuple(other.slug for other, _ in open_gaps[1:])}
        ),
        why=(
            *(Fact(Message(f"{gap.slug}.open", {"missing": slugs, "also": ()})) for gap, slugs in open_gaps),
            Fact(Message("enrolled", {"on": facts.starts_on})),
        ),
        rule_text=rule.text,
        source=rule.source,
        for_roles=leader_or_supervisor(facts, program),
    )


def _gaps(facts: EnrollmentFacts, program: Program) -> list[tuple[str, tuple[str, ...]]]:
    """What is missing of each, in the order in which a start goes; a program without the rule has no gap."""
    wanted = {
        "documents": ([document.slug for document in program.required_documents], facts.documents_signed),
        "orientation": ([topic.slug for topic in program.orientation.topics], facts.topics_covered),
        "assessments": ([assessment.slug for assessment in program.assessments], facts.assessments_done),
    }
    return [
        (slug, tuple(name for name in names if name not in done))
        for slug, (names, done) in wanted.items()
        if slug in program.due_rules
    ]


def _due_on(rule: DueRule, facts: EnrollmentFacts) -> date:
    return facts.starts_on + timedelta(days=rule.within_days)
