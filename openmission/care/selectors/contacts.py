"""Reading one contact, and what a new one needs to know of its enrollment."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from openmission.care.details import InvalidContact
from openmission.care.models import Contact, ContactStaff, ContactVersion
from openmission.care.policies import care_roles, readable_enrollments
from openmission.clients.selectors import note_opened
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept
from openmission.staff.models import StaffRole
from openmission.staff.roles import CARE, SUPERVISOR

_STAFF = Prefetch("staff", ContactStaff.objects.select_related("user").order_by("user__name"))
_VERSIONS = Prefetch("versions", ContactVersion.objects.order_by("at"))


def get_contact(viewer: Actor, id: UUID, *, at: datetime) -> Contact:
    """One contact with client, who took part and what it said before; notes the look. Raises `NotFound`."""
    rows = Contact.objects.filter(enrollment__in=readable_enrollments(viewer, at).values("id"))
    rows = rows.select_related("client", "enrollment", "appointment").prefetch_related(_STAFF, _VERSIONS)
    contact = rows.filter(id=id).first()
    if contact is None:
        raise NotFound(_("There is no such contact among those you may read."))
    note_opened(viewer, contact.client_id, at=at)
    return contact


def get_served(viewer: Actor, enrollment_id: UUID, *, at: datetime) -> Enrollment:
    """One enrollment, active or ended, in whose record the viewer may write. Raises `NotFound`."""
    rows = _served(viewer, enrollment_id, at)
    if not rows:
        raise NotFound(_("There is no such client among those you serve."))
    note_opened(viewer, rows[0].client_id, at=at)
    return rows[0]


@kept
def _served(viewer: Actor, enrollment_id: UUID, at: datetime) -> QuerySet[Enrollment]:
    return readable_enrollments(viewer, at).filter(id=enrollment_id).select_related("client", "team")


def readable_among(viewer: Actor, ids: Collection[UUID], *, at: datetime) -> set[UUID]:
    """Those of the enrollments whose record the viewer may read."""
    return set(_readable(viewer, list(ids), at))


@kept
def _readable(viewer: Actor, ids: list[UUID], at: datetime) -> QuerySet[Enrollment, UUID]:
    return readable_enrollments(viewer, at).filter(id__in=ids).values_list("id", flat=True)


def correctable(viewer: Actor, enrollment: Enrollment, contacts: Collection[Contact]) -> frozenset[UUID]:
    """Those of an enrollment, which the viewer has in reach, that they may correct (`can_correct_contact`). One query,
    or none for the supervisor.
    """
    open_ids = {contact.id for contact in contacts if not contact.withdrawn_at}
    if enrollment.team_id in viewer.teams(SUPERVISOR):
        return frozenset(open_ids)
    own = {contact.id for contact in contacts if contact.recorded_by == viewer.id}
    took_part = ContactStaff.objects.filter(contact_id__in=open_ids, user_id=viewer.id)
    return frozenset(open_ids & own | set(took_part.values_list("contact_id", flat=True)))


def phase_at(viewer: Actor, enrollment: Enrollment, day: date) -> str:
    """The phase of an enrollment on a day: the first before its start, the last after its end."""
    spans = list(enrollment.phases.order_by("position").values_list("slug", "ends_on"))
    return next((slug for slug, ends_on in spans if day < ends_on), spans[-1][0])


def roles_of(viewer: Actor, enrollment: Enrollment, user_ids: tuple[UUID, ...]) -> dict[UUID, str]:
    """Who took part (nobody named: the viewer), with the role: the care team's; for a viewer in cover the one covered;
    else a seat held in the client's team. Raises `InvalidContact` for a stranger to the team.
    """
    team = care_roles(enrollment.id)
    people = dict.fromkeys(user_ids or ((viewer.id,) if viewer.id else ()))
    seats = _seats(enrollment.team_id, [user_id for user_id in people if user_id not in team])
    roles: dict[UUID, str] = {}
    for user_id in people:
        held = [role for role in CARE if role in seats[user_id]]
        if user_id == viewer.id:
            covered = [team[absent] for absent in viewer.covers if absent in team]
            held = [*covered, *held, *(role for role in CARE if viewer.has(role))]
        elif user_id not in team and not held:
            raise InvalidContact(_("Choose people of the client's team."), field="staff")
        roles[user_id] = team.get(user_id) or next(iter(held), "")
    return roles


def _seats(team_id: UUID, user_ids: list[UUID]) -> dict[UUID, set[str]]:
    """Roles that these people hold or held in a team: who has left since may still have taken part."""
    seats: dict[UUID, set[str]] = defaultdict(set)
    rows = StaffRole.objects.filter(team_id=team_id, user_id__in=user_ids) if user_ids else StaffRole.objects.none()
    for user_id, role in rows.values_list("user_id", "role"):
        seats[user_id].add(role)
    return seats
