"""Published program versions. A trigger refuses every change: what a client enrolled in stays readable for ever."""

from django.db import models

from openmission.kernel.rows import Row


class ProgramVersion(Row):
    """One version as it was published; `sha256` is the fingerprint of its content."""

    slug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Sensitivity:
        technical = ("id", "slug", "version", "sha256", "content", "published_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="program_version_once")]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"
