"""The workbook of a client as the pair fills it: with the peer between sessions, reviewed by the case manager."""

from datetime import timedelta
from random import Random

from openmission.practice.rules import book
from openmission.practice.simulator.enrollment import Service
from openmission.staff.roles import CASE_MANAGER, PEER_SPECIALIST
from openmission.workbook.services import begin_again, mark_entry, save_entry

WRITTEN = (  # (days since the start, sheet, how far it is in the end)
    (12, "onset_timelines", "reviewed"),
    (18, "life_problem_areas", "reviewed"),
    (24, "readiness_rulers", "reviewed"),
    (31, "recovery_plan", "brought"),
    (38, "decisional_balance", "ready"),
    (52, "readiness_rulers again", "preparing"),
)
REVIEWED_AFTER = timedelta(days=3)


def fill_book(service: Service) -> None:
    """What was written until now, in a program that has Dual Recovery Therapy."""
    if "drt" not in service.program.components:
        return
    said = book.answers(service.life.language, Random(f"{service.practice.seed} book {service.life.name}"))
    for days, name, state in WRITTEN:
        day = service.enrollment.starts_on + timedelta(days=days)
        if day > service.last_on:
            return
        sheet, again = name.split(" ")[0], " " in name
        by, at = service.actor(PEER_SPECIALIST, day), service.practice.moment(day, 14)
        taking = begin_again(service.enrollment, sheet=sheet, by=by, at=at).taking if again else 1
        first = "ready" if state != "preparing" else ""
        saved = save_entry(
            service.enrollment, sheet=sheet, answers=said[name], seen=0, taking=taking, state=first, by=by, at=at
        )
        after = day + REVIEWED_AFTER
        if state in ("brought", "reviewed") and after <= service.last_on:
            by, at = service.actor(CASE_MANAGER, after), service.practice.moment(after, 15)
            mark_entry(saved.entry, state=state, by=by, at=at)
