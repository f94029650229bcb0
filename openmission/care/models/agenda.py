"""What was decided about due items: put off, handed on, reviewed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openmission.intake.models import Enrollment
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row
from openmission.staff.models import Cover, User


class Deferral(Row):
    """A due item put off until a day with a reason, or handed to a colleague. `weight` and `need_on` are what it had
    then: when it grows worse, the item comes back early; a need of a later day is another one."""

    class Kind(models.TextChoices):
        LATER = "later", _("Put off")
        HANDED = "handed", _("Handed on")

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="deferrals")
    item_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    until_on = models.DateField()
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    reason = EncryptedTextField()
    weight = models.PositiveSmallIntegerField()
    need_on = models.DateField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True)

    class Sensitivity:
        technical = ("id", "item_key", "kind", "weight", "at", "undone_at")
        operational = ("to_user", "by_id", "by_name")
        identity = ("enrollment",)
        clinical = ("need_on", "until_on", "reason")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="later", to_user=None) | Q(kind="handed", to_user__isnull=False),
                name="deferral_handed_to_somebody",
            )
        ]
        indexes = [models.Index(fields=["enrollment", "until_on"], condition=Q(undone_at=None), name="deferral_open")]

    def __str__(self) -> str:
        return f"deferral {self.id}"


class PhaseReview(Row):
    """The review that ends a phase: move on, or stay longer with a reason. For the last phase: the plan for after."""

    class Decision(models.TextChoices):
        MOVE_ON = "move_on", _("Move on")
        STAY = "stay", _("Stay longer")
        PLAN = "plan", _("Plan for after made with the client")

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="reviews")
    phase = models.CharField(max_length=20)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    ended_on = models.DateField()
    note = EncryptedTextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "phase", "at")
        operational = ("by_id", "by_name")
        identity = ("enrollment",)
        clinical = ("decision", "ended_on", "note")

    class Meta:
        indexes = [models.Index(fields=["enrollment"], name="review_enrollment")]

    def __str__(self) -> str:
        return f"phase review {self.id}"


class HandoverNote(Row):
    """What the colleague who covers needs to know about one client."""

    cover = models.ForeignKey(Cover, models.PROTECT, related_name="+")
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="handover_notes")
    note = EncryptedTextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "at")
        operational = ("cover", "by_id", "by_name")
        identity = ("enrollment",)
        clinical = ("note",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cover", "enrollment"], name="handover_note_once")]

    def __str__(self) -> str:
        return f"hand-over note {self.id}"
