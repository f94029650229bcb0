"""Published content, and the titles that an agency writes for sessions whose titles no source confirms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openmission.kernel.rows import Row


class PublishedContent(Row):
    """One version as it was published; `sha256` is the fingerprint of its content. A curriculum holds its sessions."""

    class Kind(models.TextChoices):
        CURRICULUM = "curriculum", _("Curriculum")
        WORKSHEET = "worksheet", _("Worksheet")
        CHECKLIST = "checklist", _("Checklist")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    slug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Sensitivity:
        technical = ("id", "kind", "slug", "version", "sha256", "content", "published_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug", "version"], name="content_version_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} {self.version}"


class SessionTitle(Row):
    """The agency's own title of a session, in both languages."""

    curriculum = models.CharField(max_length=40)
    session = models.CharField(max_length=40)
    en = models.CharField(max_length=120)
    es = models.CharField(max_length=120)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "curriculum", "session", "en", "es", "at")
        operational = ("by_id", "by_name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["curriculum", "session"], name="session_title_once")]

    def __str__(self) -> str:
        return f"title of {self.curriculum} {self.session}"
