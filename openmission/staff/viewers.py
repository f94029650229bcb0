"""From an account to an actor: the one door through which a signed-in person becomes a viewer."""

from datetime import date

from openmission.kernel import sql
from openmission.kernel.actors import Actor, Seat
from openmission.staff.models import User

_HELD = """SELECT role, team_id FROM staff_staffrole
    WHERE user_id = %s AND starts_on <= %s AND (ends_on IS NULL OR ends_on >= %s)
    UNION ALL SELECT 'covers', absent_id FROM staff_cover
    WHERE covering_id = %s AND starts_on <= %s AND ends_on >= %s AND ended_at IS NULL"""


def actor_for(user: User, *, on: date) -> Actor:
    """The person as an actor on a day: seats held and colleagues covered. One query, for it runs on every page."""
    asked = [*sql.written(user.id), on.isoformat(), on.isoformat()]
    rows = [(role, sql.key(id) if id else None) for role, id in sql.fetch(_HELD, asked * 2)]
    return Actor(
        id=user.id,
        name=user.name,
        seats=frozenset(Seat(role, team_id) for role, team_id in rows if role != "covers"),
        covers=frozenset(absent_id for role, absent_id in rows if role == "covers" and absent_id),
    )
