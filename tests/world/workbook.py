"""What Luis wrote on his sheets: two problems, with the peer."""

from openmission.intake.models import Enrollment
from openmission.workbook.services import save_entry
from tests.world.cast import NOW, World

PROBLEMS = {
    "problems": [
        {"id": "aa11", "area": "home", "problem": "I sleep in my car.", "mental_health": 3, "substance_use": 2},
        {"id": "bb22", "area": "work", "problem": "I lost my job.", "mental_health": 0},
    ]
}


def build_workbook(world: World) -> None:
    """`ids` "entry": session 2's sheet, in preparation."""
    luis = Enrollment.objects.get(id=world.ids["enrollment"])
    peer = world.actor("peer_specialist")
    saved = save_entry(luis, sheet="life_problem_areas", answers=PROBLEMS, seen=0, by=peer, at=NOW)
    world.ids["entry"] = saved.entry.id
