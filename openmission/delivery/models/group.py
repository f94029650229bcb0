"""Standing groups, who leads them, who belongs to them, and their dated meetings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openmission.care.models.contact import Place
from openmission.clients.models import Client
from openmission.intake.models import Enrollment
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row
from openmission.staff.models import Team, User


class Group(Row):
    """A standing group of one team that goes through one curriculum. An `open` group takes new members at any time, a
    closed one before its second meeting only. `weekday` (0 is Monday) and `starts_at` are its usual time; one of the
    2-month format meets on a `second_weekday` too, later in the week.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    curriculum = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    open = models.BooleanField(default=True)
    weekday = models.PositiveSmallIntegerField()
    second_weekday = models.PositiveSmallIntegerField(null=True)
    starts_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.OFFICE)
    room = models.CharField(max_length=120, blank=True)
    begins_on = models.DateField()
    ended_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Sensitivity:
        technical = ("id", "curriculum", "made_at")
        operational = (
            "team",
            "name",
            "open",
            "weekday",
            "second_weekday",
            "starts_at",
            "minutes",
            "place",
            "room",
            "begins_on",
            "ended_on",
            "made_by",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="group_weekday"),
            models.CheckConstraint(
                condition=Q(second_weekday=None) | Q(second_weekday__lte=6, second_weekday__gt=F("weekday")),
                name="group_second_weekday",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=10, minutes__lte=240), name="group_minutes"),
        ]
        indexes = [models.Index(fields=["team"], condition=Q(ended_on=None), name="group_running")]

    def __str__(self) -> str:
        return f"group {self.id}"

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Its usual days, one or two, Monday first."""
        return (self.weekday,) if self.second_weekday is None else (self.weekday, self.second_weekday)


class GroupLeader(Row):
    """A worker who leads the group, alone or with a colleague."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="leaders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Sensitivity:
        technical = ("id",)
        operational = ("group", "user")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="group_leader_once")]

    def __str__(self) -> str:
        return f"group leader {self.id}"


class GroupMember(Row):
    """A client in a group, from a day to a day; who comes back gets a new row."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    left_reason = EncryptedTextField()

    class Sensitivity:
        technical = ("id",)
        identity = ("group", "enrollment", "client")
        clinical = ("joined_on", "left_on", "left_reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "enrollment"], condition=Q(left_on=None), name="group_member_once")
        ]
        indexes = [models.Index(fields=["enrollment"], condition=Q(left_on=None), name="group_member_of")]

    def __str__(self) -> str:
        return f"group member {self.id}"


class GroupMeeting(Row):
    """One dated meeting with its session. `sheet` is the worksheet to bring. `complete`: whoever has no record stays
    without one. What members said is in their own
    deliveries; nothing about anybody stands here.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    at = models.DateTimeField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=10, choices=Place.choices)
    room = models.CharField(max_length=120, blank=True)
    version = models.PositiveSmallIntegerField()
    session = models.CharField(max_length=40)
    sheet = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    homework = EncryptedTextField()
    closed_reason = EncryptedTextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    held_by = models.UUIDField(null=True)
    held_by_name = models.CharField(max_length=120, blank=True)
    complete = models.BooleanField(default=False)

    class Sensitivity:
        technical = ("id", "version", "state", "made_at")
        operational = (
            "group",
            "at",
            "on",
            "minutes",
            "place",
            "room",
            "session",
            "sheet",
            "made_by",
            "held_by",
            "held_by_name",
            "complete",
        )
        clinical = ("homework", "closed_reason")

    class Meta:
        indexes = [
            models.Index(fields=["group", "at"], condition=Q(state="planned"), name="meeting_planned"),
            models.Index(fields=["group", "-at"], name="meeting_group"),
        ]

    def __str__(self) -> str:
        return f"group meeting {self.id}"
