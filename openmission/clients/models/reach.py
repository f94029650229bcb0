"""Who may open whose chart: the client's team, the care team, break-glass."""

from django.db import models
from django.db.models import F, Q

from openmission.clients.models.client import Client
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row
from openmission.staff.models import Team, User


class ClientTeam(Row):
    """A client is at a team's door (referral) or in its care (enrollment); `source_id` is the one or the other."""

    class Because(models.TextChoices):
        REFERRAL = "referral"
        ENROLLMENT = "enrollment"

    client = models.ForeignKey(Client, models.PROTECT, related_name="teams")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    because = models.CharField(max_length=10, choices=Because.choices)
    source_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Sensitivity:
        technical = ("id", "because", "source_id", "since", "until")
        operational = ("team",)
        identity = ("client",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["because", "source_id"], name="client_team_once")]
        indexes = [
            models.Index(fields=["team", "because", "client"], condition=Q(until=None), name="client_team_open"),
            models.Index(fields=["client"], condition=Q(until=None), name="client_team_client"),
        ]

    def __str__(self) -> str:
        return f"client team {self.id}"


class CareTeamMember(Row):
    """A worker who serves a client in one enrollment, in one role, from a moment until a moment (or open)."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="care_team")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    enrollment_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Sensitivity:
        technical = ("id", "role", "enrollment_id", "since", "until")
        operational = ("user",)
        identity = ("client",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment_id", "role"], condition=Q(until=None), name="care_team_role_once"
            )
        ]
        indexes = [
            models.Index(fields=["user", "client"], condition=Q(until=None), name="care_team_open"),
            models.Index(fields=["client"], condition=Q(until=None), name="care_team_client"),
        ]

    def __str__(self) -> str:
        return f"care team member {self.id}"


class BreakGlass(Row):
    """Emergency access: out of reach, opened with a reason, for some hours, reviewed by the privacy officer."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    finding = EncryptedTextField()

    class Sensitivity:
        technical = ("id", "at", "expires_at", "reviewed_at")
        operational = ("user", "reviewed_by")
        identity = ("client",)
        clinical = ("reason", "finding")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="break_glass_expires_later")]
        indexes = [
            models.Index(fields=["user", "expires_at"], name="break_glass_user"),
            models.Index(fields=["reviewed_at", "-at"], name="break_glass_review"),
        ]

    def __str__(self) -> str:
        return f"break-glass {self.id}"
