"""What a client wrote on a sheet, and every version of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as _

from openmission.clients.models import Client
from openmission.intake.models import Enrollment
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row

OVERTAKEN = "overtaken"


class Entry(Row):
    """One filling of one sheet in one enrollment; a sheet without a row is not started.

    `version` is the sheet's, pinned when it was begun. `answers` are JSON as `workbook.rules` says. `revision` counts
    what was saved; 0: nothing so far. `added` are ids of what came onto a list that it asks about since it was marked
    ready, and of which it says nothing.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", _("worksheet", "In preparation")
        READY = "ready", _("worksheet", "Ready")
        BROUGHT = "brought", _("worksheet", "Brought to the session")
        REVIEWED = "reviewed", _("worksheet", "Reviewed")

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    taking = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    answers = EncryptedTextField()
    revision = models.PositiveIntegerField(default=0)
    added = EncryptedTextField()
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)
    changed_by_name = models.CharField(max_length=120)
    state_at = models.DateTimeField()
    state_by = models.UUIDField(null=True)
    state_by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "version", "taking", "state", "revision", "begun_at", "changed_at", "state_at")
        operational = ("changed_by", "changed_by_name", "state_by", "state_by_name")
        identity = ("enrollment", "client")
        clinical = ("sheet", "answers", "added")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "sheet", "taking"], name="entry_once"),
            models.CheckConstraint(condition=Q(taking__gte=1), name="entry_taking_1"),
        ]
        indexes = [models.Index(fields=["enrollment", "sheet", "taking", "state"], name="entry_states")]

    def __str__(self) -> str:
        return f"entry {self.id}"

    @property
    def added_ids(self) -> tuple[str, ...]:
        return tuple(self.added.split())

    @property
    def standing(self) -> str:
        """The state; `OVERTAKEN` for one that was ready before its list grew."""
        return OVERTAKEN if self.state == self.State.READY and self.added else str(self.state)


class EntryVersion(Row):
    """What a sheet said after one save; nothing written is lost."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    revision = models.PositiveIntegerField()
    answers = EncryptedTextField()
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "revision", "at")
        operational = ("by_id", "by_name")
        identity = ("entry",)
        clinical = ("answers",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "revision"], name="entry_version_once")]

    def __str__(self) -> str:
        return f"entry version {self.id}"
