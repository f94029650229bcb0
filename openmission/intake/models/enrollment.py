"""One client in one program version and format, from start to discharge."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openmission.clients.models import Client
from openmission.intake.models.referral import Referral
from openmission.kernel.rows import Row
from openmission.programs.models import ProgramVersion
from openmission.staff.models import Team


class Enrollment(Row):
    """The program version stays the one the client was enrolled under, whatever is published later.

    `ends_on` is the first day after the program, as for the phases.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        DISCHARGED = "discharged", _("Discharged")

    class Discharge(models.TextChoices):
        COMPLETED = "completed", _("Finished the program")
        MOVED = "moved", _("Moved away")
        TRANSFERRED = "transferred", _("Moved to another program")
        STOPPED = "stopped", _("Chose to stop")
        NO_CONTACT = "no_contact", _("Lost touch after outreach")
        INSTITUTION = "institution", _("Long stay in a hospital or jail")
        DIED = "died", _("Died")

    client = models.ForeignKey(Client, models.PROTECT, related_name="enrollments")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    program_version = models.ForeignKey(ProgramVersion, models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="enrollment", null=True)
    months = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    discharged_on = models.DateField(null=True)
    discharge = models.CharField(max_length=12, choices=Discharge.choices, blank=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.UUIDField(null=True)

    class Sensitivity:
        technical = ("id", "program_version", "months", "enrolled_at")
        operational = ("team", "enrolled_by")
        identity = ("client", "referral")
        clinical = ("starts_on", "ends_on", "state", "discharged_on", "discharge")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "program_version"], condition=Q(state="active"), name="enrolled_once_in_program"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="enrollment_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="active", discharged_on=None) | Q(state="discharged", discharged_on__isnull=False),
                name="enrollment_discharged_on",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state"], name="enrollment_team"),
            models.Index(fields=["client", "-starts_on"], name="enrollment_client"),
        ]

    def __str__(self) -> str:
        return f"enrollment {self.id}"


class EnrollmentPhase(Row):
    """One phase of one enrollment; `ends_on` is the day on which the next one begins (or the program ends)."""

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="phases")
    position = models.PositiveSmallIntegerField()
    slug = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Sensitivity:
        technical = ("id", "position", "slug")
        identity = ("enrollment",)
        clinical = ("starts_on", "ends_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "position"], name="phase_position_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="phase_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"phase {self.id}"


class ChecklistMark(Row):
    """One orientation topic covered, or one assessment done."""

    class List(models.TextChoices):
        ORIENTATION = "orientation", _("Orientation")
        ASSESSMENT = "assessment", _("Assessment")

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="marks")
    list = models.CharField(max_length=12, choices=List.choices)
    slug = models.CharField(max_length=40)
    done_on = models.DateField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "list", "slug")
        operational = ("by_id", "by_name")
        identity = ("enrollment",)
        clinical = ("done_on",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrollment", "list", "slug"], name="mark_once")]

    def __str__(self) -> str:
        return f"mark {self.id}"
