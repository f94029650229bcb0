"""Who a line is for: never nobody."""

from openmission.care.rules.agenda.facts import EnrollmentFacts
from openmission.programs.rules import Program

SUPERVISOR = "supervisor"


def pair_or_supervisor(facts: EnrollmentFacts, program: Program) -> tuple[str, ...]:
    """The filled roles of the pair; the supervisor while there is none."""
    filled = tuple(row.role for row in program.pair if facts.role(row.role).holders)
    return filled or (SUPERVISOR,)


def leader_or_supervisor(facts: EnrollmentFacts, program: Program) -> tuple[str, ...]:
    """The leading role, where someone holds it; else the supervisor."""
    return (program.leading_role,) if facts.role(program.leading_role).holders else (SUPERVISOR,)
