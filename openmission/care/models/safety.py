"""A worry about somebody's safety, and the steps that were taken."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openmission.care.models.contact import Contact
from openmission.clients.models import Client
from openmission.intake.models import Enrollment
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row


class Because(models.TextChoices):
    LOW_MOOD = "low_mood", _("Very low mood")
    HIGH_ANXIETY = "high_anxiety", _("Very high anxiety")
    WORRIED = "worried", _("Somebody is worried")


class SafetyConcern(Row):
    """Answers that worry, or somebody's own worry (`because`), until the safety steps are taken and it is closed.

    `contact` is the record that it came with, if any; `on` the day of the answers. `steps` are the slugs of what is
    done of version `version` of the checklist "safety" (0: there was none). `note`: what was agreed.
    """

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="concerns")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="concerns", null=True)
    on = models.DateField()
    because = models.JSONField()
    version = models.PositiveSmallIntegerField()
    steps = models.JSONField(default=list)
    note = EncryptedTextField()
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField(null=True)
    raised_by_name = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_by_name = models.CharField(max_length=120, blank=True)

    class Sensitivity:
        technical = ("id", "version", "raised_at", "closed_at")
        operational = ("raised_by", "raised_by_name", "closed_by", "closed_by_name")
        identity = ("enrollment", "client", "contact")
        clinical = ("on", "because", "steps", "note")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=Q(closed_at=None), name="concern_open_of_contact"),
            models.UniqueConstraint(
                fields=["enrollment"], condition=Q(closed_at=None, contact=None), name="concern_open_by_hand"
            ),
        ]
        indexes = [models.Index(fields=["enrollment"], condition=Q(closed_at=None), name="concern_open")]

    def __str__(self) -> str:
        return f"safety concern {self.id}"
