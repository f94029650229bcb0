"""Imports of HMIS exports, their raw rows, and the people found in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openmission.clients.models import Client
from openmission.exchange.hmis_fy2026.housing import STATUSES
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row


class HmisImport(Row):
    """One export that somebody brought. Its rows and people count only once it is complete.

    `report` is JSON: what the check found and, at the end, what was added (see `services/importing.py`).
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        NEEDS_DECISION = "needs_decision", _("Waits for a decision")
        IMPORTING = "importing", _("Being imported")
        COMPLETE = "complete", _("Complete")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Not imported")

    UNFINISHED = (State.CHECKING, State.IMPORTING)

    file_name = models.CharField(max_length=120)
    state = models.CharField(max_length=14, choices=State.choices, default=State.CHECKING)
    fingerprint = models.CharField(max_length=64, blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    source = models.CharField(max_length=80, blank=True)
    reference_on = models.DateField(null=True)
    names_hashed = models.BooleanField(default=False)
    leave_out = models.BooleanField(default=False)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    report = EncryptedTextField()
    received_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = (
            "id", "state", "fingerprint", "same_as", "reference_on", "names_hashed", "leave_out", "rows_done",
            "rows_total", "received_at", "finished_at",
        )  # fmt: skip
        operational = ("file_name", "source", "by_id", "by_name")
        clinical = ("report",)

    class Meta:
        indexes = [
            models.Index(fields=["-received_at"], name="hmis_import_received"),
            models.Index(fields=["source", "state"], name="hmis_import_source"),
            models.Index(fields=["fingerprint"], name="hmis_import_fingerprint"),
        ]

    def __str__(self) -> str:
        return f"HMIS import {self.id}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in self.UNFINISHED


class HmisRow(models.Model):
    """One row as the export had it, kept for ever: `data` is JSON of its values, blank ones left away.

    `digest` makes the same row of the same source one row, however many exports hold it.
    """

    taken = models.ForeignKey(HmisImport, models.PROTECT, related_name="rows")
    file = models.CharField(max_length=30)
    row_number = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=16, unique=True)
    data = EncryptedTextField()

    class Sensitivity:
        technical = ("id", "taken", "file", "row_number", "digest")
        clinical = ("data",)

    def __str__(self) -> str:
        return f"{self.file} row {self.row_number}"


class HmisPerson(Row):
    """Somebody found in a source: both disorders at the latest known answers, and where they live.

    Worked out anew by every import; who no longer fits stays, not `matched`. `client` once referred; the client then
    has this row's id, so that looks at the person before and after are one history. `need` orders by housing.
    """

    HOUSING = [
        ("homeless", _("Homeless")),
        ("at_risk", _("At risk of homelessness")),
        ("recently_exited", _("Recently exited homelessness")),
        ("housed", _("Housed")),
        ("unknown", _("Not known")),
    ]

    WORKED_OUT = [
        "first_name", "last_name", "birth_date", "matched", "substance_use", "housing", "housing_since", "need", "died",
        "why",
    ]  # fmt: skip

    source = models.CharField(max_length=80)
    personal_id = models.CharField(max_length=80)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True)
    matched = models.BooleanField()
    substance_use = models.CharField(max_length=1)
    housing = models.CharField(max_length=15, choices=HOUSING)
    housing_since = models.DateField(null=True)
    need = models.PositiveSmallIntegerField()
    died = models.BooleanField()
    why = EncryptedTextField()
    client = models.OneToOneField(Client, models.PROTECT, related_name="hmis_person", null=True)

    class Sensitivity:
        technical = ("id", "matched", "need")
        operational = ("source",)
        identity = ("personal_id", "first_name", "last_name", "birth_date", "client", "died")
        clinical = ("substance_use", "housing", "housing_since", "why")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "personal_id"], name="hmis_person_once"),
            models.CheckConstraint(condition=Q(housing__in=STATUSES), name="hmis_person_housing"),
        ]
        indexes = [
            models.Index(fields=["matched", "need", "-housing_since", "id"], name="hmis_person_list"),
            models.Index(fields=["matched", "housing", "-housing_since", "id"], name="hmis_person_housing_list"),
        ]

    def __str__(self) -> str:
        return f"HMIS person {self.id}"

    @property
    def name_is_hidden(self) -> bool:
        """The export was hashed, or carried no name."""
        return not (self.first_name or self.last_name)

    @property
    def system(self) -> str:
        """The system of the client's `Identifier` that the number is."""
        return f"HMIS {self.source}"[:80]
