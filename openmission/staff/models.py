"""Agency, sites, teams, accounts, roles and cover."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import F, Q

from openmission.kernel.rows import Row
from openmission.staff.roles import ROLES


class Agency(Row):
    """The organization: one row for each installation, with the settings that its administrator may change."""

    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=50)
    is_practice = models.BooleanField(default=False)
    second_factor_required = models.BooleanField(default=False)
    session_minutes = models.PositiveSmallIntegerField(default=30)
    created_at = models.DateTimeField()

    class Sensitivity:
        technical = ("id", "time_zone", "is_practice", "second_factor_required", "session_minutes", "created_at")
        operational = ("name",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(session_minutes__range=(5, 240)), name="agency_session_minutes_5_240")
        ]

    def __str__(self) -> str:
        return self.name

    def day_of(self, at: datetime) -> date:
        """The day on the agency's calendar at a moment: in the evening it may not be the day in UTC."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


class Team(Row):
    """People who share a caseload, at one site."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)
    site = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Sensitivity:
        technical = ("id", "created_at")
        operational = ("agency", "name", "site", "phone")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class UserManager(DjangoUserManager["User"]):
    use_in_migrations = False


class User(AbstractBaseUser, Row):
    """One person's account. Accounts are closed (`is_active` false), never deleted. `must_change_password`: somebody
    else gave the password and knows it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="users")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    caseload_view = models.CharField(max_length=10, default="table", choices=[("table", "table"), ("cards", "cards")])
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    draft_key = models.BinaryField()
    created_at = models.DateTimeField()

    objects = UserManager()
    USERNAME_FIELD = "email"

    class Sensitivity:
        technical = ("id", "last_login", "language", "caseload_view", "is_active", "must_change_password", "created_at")
        operational = ("agency", "email", "name")
        secret = ("password", "draft_key")

    def __str__(self) -> str:
        return self.name


class StaffRole(Row):
    """One role held by one person, in one team or in the whole agency, from a day until a day (or open)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role.code, role.title) for role in ROLES.values()])
    team = models.ForeignKey(Team, models.PROTECT, related_name="roles", null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Sensitivity:
        technical = ("id", "starts_on", "ends_on")
        operational = ("user", "role", "team")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "team"], condition=Q(ends_on=None, team__isnull=False), name="role_held_once"
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(ends_on=None, team__isnull=True), name="agency_role_held_once"
            ),
        ]
        indexes = [models.Index(fields=["team", "role"], name="role_team")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Cover(Row):
    """A recorded hand-over: one colleague covers another's clients, first and last day included."""

    absent = models.ForeignKey(User, models.PROTECT, related_name="covered_by")
    covering = models.ForeignKey(User, models.PROTECT, related_name="covers")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    arranged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Sensitivity:
        technical = ("id", "starts_on", "ends_on", "arranged_at", "ended_at")
        operational = ("absent", "covering", "reason", "arranged_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(absent=F("covering")), name="cover_by_another"),
        ]
        indexes = [models.Index(fields=["covering", "ends_on"], condition=Q(ended_at=None), name="cover_covering")]

    def __str__(self) -> str:
        return f"{self.covering_id} covers {self.absent_id}"
