"""Who may take in, screen, enroll and sign."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openmission.clients.models import BreakGlass, Client, ClientTeam
from openmission.clients.policies import anyone_in_reach, charts_by_duty, intake_in_reach, memberships
from openmission.intake.models import Enrollment, Referral
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.models import Team
from openmission.staff.roles import CARE, CASE_MANAGER, INTAKE, INTAKE_WORKER, SUPERVISOR


def enrollments_in_reach(viewer: Actor, at: datetime) -> QuerySet[Enrollment]:
    """Enrollments whose pages and papers the viewer may open: of people in reach, those that they, a colleague they
    cover or their team serve, and all of somebody opened in an emergency. Another team's stay closed.
    """
    mine = memberships(viewer)
    broken = BreakGlass.objects.filter(user_id=viewer.id, expires_at__gt=at)
    return Enrollment.objects.filter(client_id__in=anyone_in_reach(viewer, at).values("id")).filter(
        Q(id__in=mine.values("enrollment_id"))
        | Q(team_id__in=viewer.teams(*CARE, INTAKE_WORKER))
        | Q(client_id__in=broken.values("client_id"))
    )


def can_receive_referral(actor: Actor, team: Team) -> Decision:
    """Somebody with an intake seat in the team, or the system (an import)."""
    if actor.is_system or team.id in actor.teams(*INTAKE):
        return ALLOWED
    return denied(_("Referrals are taken in by the team's intake worker, case managers or supervisor."))


def _near(actor: Actor, at: datetime) -> QuerySet[Client]:
    """Clients whom the actor reaches by duty: emergency access does not count."""
    return charts_by_duty(actor) | intake_in_reach(actor, at)


def _served_elsewhere(actor: Actor, client: Client, at: datetime) -> bool:
    """At a team's door or in its care today, and neither with a team for which the actor takes in referrals nor within
    their reach. The tie of an ended enrollment stays open for that team's supervisor; it serves nobody.
    """
    tied = ClientTeam.objects.filter(client_id=client.id, until=None)
    active = Enrollment.objects.filter(client_id=client.id, state=Enrollment.State.ACTIVE)
    served = tied.filter(Q(because=ClientTeam.Because.REFERRAL) | Q(source_id__in=active.values("id"))).exists()
    ours = actor.is_system or tied.filter(team_id__in=actor.teams(*INTAKE)).exists()
    return served and not ours and not _near(actor, at).filter(id=client.id).exists()


def can_refer_client(actor: Actor, client: Client, at: datetime) -> Decision:
    """A referral of somebody on record gives its team a lasting reach to their names and phones. So it is for who
    reaches them by duty already, and for anybody where no team serves them any more: not by emergency access alone,
    and not because an export or a form knows them.
    """
    broken = BreakGlass.objects.filter(user_id=actor.id, client_id=client.id, expires_at__gt=at).exists()
    if broken and not _near(actor, at).filter(id=client.id).exists():
        return denied(_("This record is open to you for an emergency only. Ask the team that serves them to refer."))
    if _served_elsewhere(actor, client, at):
        return denied(
            _(
                "Another team serves this person. Ask your privacy officer who it is: who takes in referrals for both "
                "teams can refer them to yours."
            )
        )
    return ALLOWED


def can_work_referral(actor: Actor, referral: Referral) -> Decision:
    """Reach, screen, waitlist, close: an intake seat in the referral's team."""
    if actor.is_system or referral.team_id in actor.teams(*INTAKE):
        return ALLOWED
    return denied(_("This referral is with another team."))


def can_enroll(actor: Actor, referral: Referral) -> Decision:
    """Enrolling is for the team that screened; the screening must have found the person eligible."""
    allowed = can_work_referral(actor, referral)
    if not allowed:
        return allowed
    screening = getattr(referral, "screening", None)
    if screening is None or screening.decision != "eligible":
        return denied(_("The screening has not found this person eligible yet."))
    return ALLOWED


def can_serve_enrollment(actor: Actor, enrollment: Enrollment, at: datetime) -> Decision:
    """Sign documents, mark orientation and assessments: the care team, its cover, or the team's intake seats."""
    if actor.is_system or enrollments_in_reach(actor, at).filter(id=enrollment.id).exists():
        return ALLOWED
    return denied(_("This client is served by another team."))


def can_assign_pair(actor: Actor, enrollment: Enrollment) -> Decision:
    """The pair is chosen by the team's supervisor, intake worker or case managers."""
    if actor.is_system or enrollment.team_id in actor.teams(SUPERVISOR, INTAKE_WORKER, CASE_MANAGER):
        return ALLOWED
    return denied(_("The pair is chosen within the client's team."))
