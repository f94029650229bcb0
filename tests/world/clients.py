"""More people the agency serves: names of several kinds, reached by several people."""

from datetime import date, timedelta

from openmission.clients.services import break_glass
from openmission.clients.services.clients import ClientDetails
from openmission.intake.services import enrollments
from openmission.staff.services import cover
from tests.world.cast import NOW, SINCE, TODAY, World
from tests.world.intake import enroll, refer

SEAN = ClientDetails(
    first_name="Sean",
    last_name="O'Brien",
    chosen_name="Red",
    birth_date=date(1975, 11, 2),
    phones=(("(555) 010-7781", "sister"),),
    aliases=("Johnny Walker",),
)
LUCIA = ClientDetails(first_name="Lucía", last_name="Núñez", birth_date=date(1990, 7, 21), language="es")
OCEAN = ClientDetails(first_name="Ocean")


def build_clients(world: World) -> None:
    """`ids` "sean": in North's care, served by its second pair; "lucia": in South's; "ocean": at North's door.

    Today Ben covers for Bea ("cover"). Sol, supervisor of the other team, once opened Sean's chart in an emergency
    ("break_glass"); that has run out and is not yet reviewed.
    """
    sean = enroll(world, SEAN, at=SINCE)
    enrollments.assign_pair(sean, pair=world.second_pair, by=world.actor("supervisor"), at=SINCE)
    lucia = enroll(world, LUCIA, at=SINCE, outsider=True)
    ocean = refer(world, OCEAN, at=NOW)
    glass = break_glass.break_glass(
        client_id=sean.client_id,
        reason="Sean stands at our door and cannot say who he is.",
        by=world.actor("supervisor", outsider=True),
        at=NOW - timedelta(days=9),
    )
    arranged = cover.arrange_cover(
        absent=world.second_pair["case_manager"],
        covering=world.second_pair["peer_specialist"],
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=4),
        reason="leave",
        by=world.actor("supervisor"),
        at=NOW,
    )
    world.ids |= {"sean": sean.client_id, "lucia": lucia.client_id, "ocean": ocean.client_id}
    world.ids |= {"break_glass": glass.id, "cover": arranged.id}
