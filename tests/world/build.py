"""The whole world in one call: each room adds its part here, from the ground up."""

from tests.world.cast import World, build_staff


def build_world() -> World:
    """Build everything through services, inside the caller's transaction."""
    return build_staff()
