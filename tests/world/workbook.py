"""What Luis wrote on his sheets: two problems, with the peer."""

from django.conf import settings

from openmission.curricula.services import publish_content
from openmission.intake.models import Enrollment
from openmission.kernel.actors import SYSTEM
from openmission.kernel.content import load_yaml
from openmission.workbook.services import save_entry
from tests.world.cast import NOW, SINCE, World

PROBLEMS = {
    "problems": [
        {"id": "aa11", "area": "home", "problem": "I sleep in my car.", "mental_health": 3, "substance_use": 2},
        {"id": "bb22", "area": "work", "problem": "I lost my job.", "mental_health": 0},
    ]
}


def build_workbook(world: World) -> None:
    """All worksheets are published; `ids` "entry": session 2's sheet, in preparation."""
    for path in sorted(settings.CONTENT_DIR.glob("worksheets/*/*.yaml")):
        publish_content("worksheet", load_yaml(path, schema="worksheet"), by=SYSTEM, at=SINCE)
    luis = Enrollment.objects.get(id=world.ids["enrollment"])
    peer = world.actor("peer_specialist")
    saved = save_entry(luis, sheet="life_problem_areas", answers=PROBLEMS, seen=0, by=peer, at=NOW)
    world.ids["entry"] = saved.entry.id
