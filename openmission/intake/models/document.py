"""Signed enrollment documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openmission.intake.models.enrollment import Enrollment
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row


class SignedDocument(Row):
    """One document as it was signed. The PDF lies encrypted in the files folder under this row's id; `sha256` is the
    fingerprint of the readable PDF, checked each time it is opened."""

    class Signature(models.TextChoices):
        DRAWN = "drawn", _("Drawn on the screen")
        TYPED = "typed", _("Typed name")

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="documents")
    slug = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    fields = EncryptedTextField()
    signed_name = models.CharField(max_length=160)
    signature_kind = models.CharField(max_length=5, choices=Signature.choices)
    signature = EncryptedTextField()
    signed_at = models.DateTimeField()
    witness_id = models.UUIDField()
    witness_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True)

    class Sensitivity:
        technical = ("id", "slug", "language", "signature_kind", "signed_at", "sha256", "revoked_at")
        operational = ("witness_id", "witness_name")
        identity = ("enrollment", "signed_name", "signature")
        clinical = ("fields",)

    class Meta:
        indexes = [models.Index(fields=["enrollment", "slug"], name="document_enrollment")]

    def __str__(self) -> str:
        return f"document {self.id}"
