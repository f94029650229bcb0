"""Reading deferrals, and to whom an item may be handed."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.models import Deferral
from openmission.care.policies import care_roles, running_covers, served_enrollments
from openmission.clients.selectors import note_opened
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.staff.models import User
from openmission.staff.roles import SUPERVISOR
from openmission.staff.selectors import colleagues


def get_deferral(viewer: Actor, enrollment_id: UUID, item_key: str, *, at: datetime) -> Deferral | None:
    """The deferral that stands for an item; None when there is none, or its day has come. Raises `NotFound` out of
    reach.
    """
    if not served_enrollments(viewer, at).filter(id=enrollment_id).exists():
        raise NotFound(_("There is no such client among those you serve."))
    rows = Deferral.objects.filter(enrollment_id=enrollment_id, item_key=item_key.replace("\x00", ""))
    rows = rows.filter(undone_at=None, until_on__gt=timezone.localdate(at))
    deferral = rows.select_related("enrollment").order_by("-at").first()
    if deferral:
        note_opened(viewer, deferral.enrollment.client_id, at=at)
    return deferral


def hand_to(viewer: Actor, enrollment: Enrollment, *, at: datetime) -> list[User]:
    """Colleagues who see the client today: the partner, who covers one of the pair, the supervisor."""
    today, team = timezone.localdate(at), set(care_roles(enrollment.id))
    covering = set(running_covers(team, today).values_list("covering_id", flat=True))
    above = colleagues(viewer, team_ids=frozenset({enrollment.team_id}), on=today, roles=(SUPERVISOR,))
    ids = (team | covering | {person.id for person in above}) - {viewer.id}
    found = User.objects.filter(id__in=ids, is_active=True)
    return sorted(found, key=lambda user: (user.id not in team | covering, user.name))
