"""Two append-only tables without foreign keys: a deleted account or client leaves its history readable."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from openmission.kernel.rows import Row


class RecordedEvent(Row):
    """One change: what kind of event, by whom, when, about which client."""

    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)
    client_id = models.UUIDField(null=True)
    on_timeline = models.BooleanField(default=False)
    data = models.JSONField(encoder=DjangoJSONEncoder, default=dict)

    class Sensitivity:
        technical = ("id", "kind", "at", "on_timeline")
        operational = ("by_id", "by_name")
        identity = ("client_id",)
        clinical = ("data",)

    class Meta:
        indexes = [
            models.Index(fields=["client_id", "-at"], name="event_client_at"),
            models.Index(fields=["client_id", "-at"], condition=models.Q(on_timeline=True), name="event_timeline"),
            models.Index(fields=["-at"], name="event_at"),
            models.Index(fields=["by_id", "-at"], name="event_by_at"),
            models.Index(fields=["kind", "-at"], name="event_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Access(Row):
    """One look at one client on one page. `listed`: as a line of a list; else the client's own page was open."""

    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    client_id = models.UUIDField()
    page = models.CharField(max_length=80)
    listed = models.BooleanField()
    break_glass = models.BooleanField(default=False)

    class Sensitivity:
        technical = ("id", "at", "page", "listed", "break_glass")
        operational = ("by_id", "by_name")
        identity = ("client_id",)

    class Meta:
        indexes = [
            models.Index(fields=["client_id", "-at"], name="access_client_at"),
            models.Index(fields=["by_id", "-at"], name="access_by_at"),
            models.Index(fields=["-at"], name="access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.at:%Y-%m-%d %H:%M}"
