"""One client getting one session, with the seven questions."""

from django.db import models
from django.db.models import Q

from openmission.care.models import Contact
from openmission.clients.models import Client
from openmission.delivery.models.group import GroupMeeting
from openmission.intake.models import Enrollment
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row


class Delivery(Row):
    """One client and one session. The contact says when, by whom and whether the client was met: only then it counts.
    A member who missed a meeting has a delivery too, on a contact that says so: that is what a make-up is for.
    `component` is the curriculum's: a contact that was corrected to be about something else was no session of it.
    """

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="deliveries")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="delivery")
    meeting = models.ForeignKey(GroupMeeting, models.PROTECT, related_name="deliveries", null=True)
    curriculum = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    session = models.CharField(max_length=40)
    component = models.CharField(max_length=10)
    late = models.BooleanField(default=False)
    homework = EncryptedTextField()
    revision = models.PositiveSmallIntegerField(default=1)

    class Sensitivity:
        technical = ("id", "version", "revision")
        identity = ("enrollment", "client", "contact", "meeting")
        clinical = ("curriculum", "component", "session", "late", "homework")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "enrollment"], condition=Q(meeting__isnull=False), name="delivery_once_in_meeting"
            )
        ]
        indexes = [  # holds all that the progress of a client asks of this table
            models.Index(
                fields=["enrollment", "curriculum", "session", "version", "component", "contact", "meeting"],
                name="delivery_progress",
            )
        ]

    def __str__(self) -> str:
        return f"delivery {self.id}"


class StatusExam(Row):
    """The seven questions of Dual Recovery Therapy (guide, DRT Status Exam). Empty: not asked; `passed` names the items
    on which the client passed, which is an answer.
    """

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="exam")
    agenda = models.CharField(max_length=12, blank=True)
    use = models.CharField(max_length=12, blank=True)
    substances = models.JSONField(default=list)
    motivation = models.PositiveSmallIntegerField(null=True)
    mood = models.PositiveSmallIntegerField(null=True)
    anxiety = models.PositiveSmallIntegerField(null=True)
    medication = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=12, blank=True)
    supports = models.JSONField(default=list)
    passed = models.JSONField(default=list)

    class Sensitivity:
        technical = ("id",)
        identity = ("delivery",)
        clinical = (
            "agenda",
            "use",
            "substances",
            "motivation",
            "mood",
            "anxiety",
            "medication",
            "topic",
            "supports",
            "passed",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(motivation=None) | Q(motivation__lte=10), name="exam_motivation_0_10"),
            models.CheckConstraint(condition=Q(mood=None) | Q(mood__gte=1, mood__lte=10), name="exam_mood_1_10"),
            models.CheckConstraint(
                condition=Q(anxiety=None) | Q(anxiety__gte=1, anxiety__lte=10), name="exam_anxiety_1_10"
            ),
        ]

    def __str__(self) -> str:
        return f"status exam {self.id}"


class DeclinedBooster(Row):
    """After the slip that was told of on `after_on` a booster was offered, and the client did not want it. That is an
    answer: the line rests until the next slip. Taken back, it counts no more.
    """

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="declined_boosters")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    curriculum = models.CharField(max_length=40)
    session = models.CharField(max_length=40)
    after_on = models.DateField()
    offered_on = models.DateField()
    said_at = models.DateTimeField()
    said_by = models.UUIDField()
    said_by_name = models.CharField(max_length=120)
    taken_back_at = models.DateTimeField(null=True)

    class Sensitivity:
        technical = ("id", "said_at", "taken_back_at")
        operational = ("said_by", "said_by_name")
        identity = ("enrollment", "client")
        clinical = ("curriculum", "session", "after_on", "offered_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "curriculum", "after_on"],
                condition=Q(taken_back_at=None),
                name="booster_declined_once",
            )
        ]

    def __str__(self) -> str:
        return f"declined booster {self.id}"


class DeliveryVersion(Row):
    """What a save said about one member or client, as JSON: nothing recorded is lost, and what two people changed at
    the same time can be told apart.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="versions")
    revision = models.PositiveSmallIntegerField()
    answers = EncryptedTextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "revision", "at")
        operational = ("by_id", "by_name")
        identity = ("delivery",)
        clinical = ("answers",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "revision"], name="delivery_version_once")]

    def __str__(self) -> str:
        return f"delivery version {self.id}"
