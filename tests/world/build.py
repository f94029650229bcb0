"""The whole world in one call: each room adds its part here, from the ground up."""

from tests.world.care import build_care
from tests.world.cast import World, build_staff
from tests.world.clients import build_clients
from tests.world.curricula import build_curricula
from tests.world.delivery import build_delivery
from tests.world.exchange import build_exchange
from tests.world.intake import build_intake
from tests.world.workbook import build_workbook


def build_world() -> World:
    """Build everything through services, inside the caller's transaction."""
    world = build_staff()
    build_curricula()
    build_intake(world)
    build_clients(world)
    build_care(world)
    build_workbook(world)
    build_delivery(world)
    build_exchange(world)
    return world
