"""What the viewer's clients need: lines for My day, one client's next steps, one item by its key."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.care.models import SafetyConcern
from openmission.care.policies import served_enrollments
from openmission.care.rules.agenda import DueItem, due_items
from openmission.care.selectors.facts import LISTED, Standing, standings
from openmission.clients.policies import memberships
from openmission.clients.selectors import note_opened
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept
from openmission.programs.rules import Severity
from openmission.staff.roles import PAIR, SUPERVISOR

ACTIVE = Enrollment.State.ACTIVE


@dataclass(frozen=True, slots=True)
class Line:
    """One due item of one client, as pressing as it is for the viewer.."""

    standing: Standing
    item: DueItem
    severity: Severity


@kept
def own_rows(viewer: Actor) -> QuerySet[Enrollment]:
    """Active enrollments on whose care team the viewer, or a colleague they cover, is; ready for a list, by name."""
    rows = Enrollment.objects.filter(id__in=memberships(viewer).values("enrollment_id"), state=ACTIVE)
    return rows.select_related("client").only(*LISTED).order_by("client__first_name", "client__last_name")


@kept
def day_rows(viewer: Actor) -> QuerySet[Enrollment]:
    """All that may have a line on the viewer's day: those, the active ones of teams that they supervise, and ended ones
    whose safety steps are open.
    """
    ids, open_steps = memberships(viewer).values("enrollment_id"), SafetyConcern.objects.filter(closed_at=None)
    if viewer.has(SUPERVISOR):  # a union: with `or` the database would read every enrollment there is
        led = Enrollment.objects.filter(team_id__in=viewer.teams(SUPERVISOR))
        ids = ids.union(led.filter(state=ACTIVE).values("id"), led.filter(concerns__in=open_steps).values("id"))
    rows = Enrollment.objects.filter(Q(state=ACTIVE) | Exists(open_steps.filter(enrollment=OuterRef("id"))), id__in=ids)
    return rows.select_related("client").only(*LISTED)


def day_lines(viewer: Actor, *, on: date, whole_pair: bool = False) -> list[Line]:
    """Every line that is the viewer's on the day, most pressing first.

    `whole_pair`: also the partner's lines, on the enrollments where the viewer is one of the pair. Notes each client
    that has a line.
    """
    lines = [
        Line(standing, item, severity)
        for standing in standings(viewer, day_rows(viewer), on=on)
        for item in due_items(standing.facts, standing.program, on)
        if (severity := item.severity_for(users=viewer.acts_for, roles=_roles(viewer, standing, whole_pair)))
        is not None
    ]
    access.note(line.standing.client.id for line in lines)
    return sorted(lines, key=lambda line: (-line.severity, -line.item.level, line.item.due_on, line.item.key))


def _roles(viewer: Actor, standing: Standing, whole_pair: bool) -> set[str]:
    """The roles the viewer fills for this client: on the care team, in cover, as supervisor."""
    roles = {member.role for member in standing.members if member.user_id in viewer.acts_for}
    if whole_pair and roles:
        roles |= set(PAIR)
    if standing.enrollment.team_id in viewer.teams(SUPERVISOR):
        roles.add(SUPERVISOR)
    return roles


def lines_of(viewer: Actor, found: list[Standing], *, on: date) -> list[Line]:
    """All that these clients need, whoever of the pair is to do it. The caller has them in reach."""
    return [
        Line(standing, item, Severity.WAITING if item.put_off else item.severity)
        for standing in found
        for item in due_items(standing.facts, standing.program, on)
    ]


def due_item(viewer: Actor, enrollment_id: UUID, item_key: str, *, on: date, at: datetime | None = None) -> Line:
    """One line by its key, derived anew: a key that is not due does not exist. Raises `NotFound`."""
    rows = served_enrollments(viewer, at or timezone.now()).filter(id=enrollment_id).select_related("client")
    for standing in standings(viewer, list(rows), on=on):
        note_opened(viewer, standing.client.id, at=at)
        for item in due_items(standing.facts, standing.program, on):
            if item.key == item_key:
                return Line(standing, item, item.severity)
    raise NotFound(_("This is no longer due. Somebody may have done it: have a look at your day."))
