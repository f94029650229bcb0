"""From an account to an actor: the one door through which a signed-in person becomes a viewer."""

from datetime import date

from django.db.models import Q, Value

from openmission.kernel.actors import Actor, Seat
from openmission.staff.models import Cover, StaffRole, User

_COVERS = "covers"


def actor_for(user: User, *, on: date) -> Actor:
    """The person as an actor on a day: seats held and colleagues covered. One query, for it runs on every page."""
    held = StaffRole.objects.filter(user=user, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    covers = Cover.objects.filter(covering=user, starts_on__lte=on, ends_on__gte=on, ended_at=None)
    rows = list(held.values_list("role", "team_id").union(covers.values_list(Value(_COVERS), "absent_id"), all=True))
    return Actor(
        id=user.id,
        name=user.name,
        seats=frozenset(Seat(role, team_id) for role, team_id in rows if role != _COVERS),
        covers=frozenset(absent_id for role, absent_id in rows if role == _COVERS),
    )
