"""The agenda engine: facts of one enrollment + program version + day -> due items with rule, facts and severity.

Pure: no database, no clock. docs/reference/due-rules.md tells the rules in words.
"""

from datetime import date

from openmission.care.rules.agenda.appointments import appointment_items
from openmission.care.rules.agenda.contacts import contact_items
from openmission.care.rules.agenda.deferrals import may_wait, with_deferral
from openmission.care.rules.agenda.endings import discharge_item, review_item
from openmission.care.rules.agenda.facts import (
    Appointment,
    Concern,
    Deferral,
    EnrollmentFacts,
    Miss,
    RoleFacts,
    Seen,
)
from openmission.care.rules.agenda.items import Action, DueItem, Fact, Message
from openmission.care.rules.agenda.outreach import outreach_item
from openmission.care.rules.agenda.safety import safety_items
from openmission.care.rules.agenda.starting import gap_item, pair_item
from openmission.programs.rules import Program

__all__ = [
    "Action",
    "Appointment",
    "Concern",
    "Deferral",
    "DueItem",
    "EnrollmentFacts",
    "Fact",
    "Message",
    "Miss",
    "RoleFacts",
    "Seen",
    "due_items",
    "may_wait",
]


def due_items(facts: EnrollmentFacts, program: Program, on: date) -> tuple[DueItem, ...]:
    """What the client needs on that day, most pressing first, what was put off last. A closed enrollment needs nothing
    but its safety steps.

    Outreach takes the place of the contact lines: one client, one reason to knock.
    """
    if facts.closed:
        return tuple(safety_items(facts, program))
    contacts = [with_deferral(item, facts, on) for item in contact_items(facts, program, on)]
    outreach = outreach_item(facts, program, on, contacts)
    found = [
        *safety_items(facts, program),
        outreach,
        pair_item(facts, program, on),
        gap_item(facts, program, on),
        *appointment_items(facts, program, on),
        review_item(facts, program, on),
        discharge_item(facts, program, on),
        *facts.raised,
    ]
    items = [with_deferral(item, facts, on) for item in found if item] + ([] if outreach else contacts)
    return tuple(sorted(items, key=lambda item: (item.put_off, -item.severity, -item.level, item.due_on, item.key)))
