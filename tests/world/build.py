"""The whole world in one call: each room adds its part here, from the ground up."""

from tests.world.cast import World, build_staff
from tests.world.clients import build_clients
from tests.world.intake import build_intake


def build_world() -> World:
    """Build everything through services, inside the caller's transaction."""
    world = build_staff()
    build_intake(world)
    build_clients(world)
    return world
