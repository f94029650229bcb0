"""Planned appointments: coming, today, and past without a record."""

from datetime import date

from openmission.care.rules.agenda.facts import Appointment, EnrollmentFacts
from openmission.care.rules.agenda.items import Action, DueItem, Fact, Message, severity_on
from openmission.care.rules.agenda.people import leader_or_supervisor
from openmission.programs.rules import Program


def appointment_items(facts: EnrollmentFacts, program: Program, on: date) -> list[DueItem]:
    """A line for each planned appointment in sight. Recording, moving or cancelling it clears the line."""
    items = (_item(appointment, facts, program, on) for appointment in facts.appointments)
    return [item for item in items if item]


def _item(appointment: Appointment, facts: EnrollmentFacts, program: Program, on: date) -> DueItem | None:
    rule = program.due_rules["appointment"]
    severity = severity_on(rule, appointment.on, on)
    if severity is None:
        return None
    state = "past" if appointment.on < on else "today" if appointment.on == on else "coming"
    params = {
        "on": appointment.on,
        "starts_at": appointment.starts_at,
        "mode": appointment.mode,
        "place": appointment.place,
        "component": appointment.component,
    }
    theirs = tuple(row.role for row in program.pair if facts.role(row.role).holders & appointment.staff)
    return DueItem(
        key=f"appointment:{appointment.id}",
        rule=rule.slug,
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=appointment.on,
        action=Action.RECORD_APPOINTMENT,
        what=Message(f"appointment.{state}", params),
        why=(Fact(Message("planned", params), "appointment", appointment.id),),
        rule_text=rule.text,
        source=rule.source,
        for_roles=theirs or leader_or_supervisor(facts, program),
        for_users=appointment.staff,
    )
