"""From an account to an actor: the one door through which a signed-in person becomes a viewer."""

from datetime import date

from django.db.models import Q

from openmission.kernel.actors import Actor, Seat
from openmission.staff.models import Cover, StaffRole, User


def actor_for(user: User, *, on: date) -> Actor:
    """The person as an actor on a day: seats held and colleagues covered. Two queries."""
    held = StaffRole.objects.filter(user=user, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    seats = frozenset(Seat(role, team_id) for role, team_id in held.values_list("role", "team_id"))
    covers = Cover.objects.filter(covering=user, starts_on__lte=on, ends_on__gte=on, ended_at=None)
    covered = covers.values_list("absent_id", flat=True)
    return Actor(id=user.id, name=user.name, seats=seats, covers=frozenset(covered))
