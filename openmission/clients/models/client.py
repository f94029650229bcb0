"""The person served, and what they can be found by."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from openmission.clients.rules import initial
from openmission.kernel.rows import Row


class Client(Row):
    """One person served. A one-word name goes into `first_name`; `last_name` may be empty."""

    first_name = models.CharField(max_length=80)
    middle_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    suffix = models.CharField(max_length=20, blank=True)
    chosen_name = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True)
    language = models.CharField(max_length=5, default="en")
    reach_note = models.CharField(max_length=300, blank=True)
    may_leave_message = models.BooleanField(default=False)
    may_text = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Sensitivity:
        technical = ("id", "language", "created_at")
        operational = ("created_by",)
        identity = (
            "first_name",
            "middle_name",
            "last_name",
            "suffix",
            "chosen_name",
            "pronouns",
            "birth_date",
            "reach_note",
            "may_leave_message",
            "may_text",
        )

    def __str__(self) -> str:
        return f"client {self.id}"

    @property
    def full_name(self) -> str:
        """Chosen name first when there is one: `Dee (Dana) Rivera`."""
        first = f"{self.chosen_name} ({self.first_name})" if self.chosen_name else self.first_name
        return " ".join(part for part in (first, self.middle_name, self.last_name, self.suffix) if part)

    @property
    def short_name(self) -> str:
        """For lists that others may see over a shoulder: `Dana R.`"""
        first, letter = self.chosen_name or self.first_name, initial(self.last_name)
        return f"{first} {letter}." if letter else first

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`, or None when the birth date is not known."""
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class Phone(Row):
    """One number of a client. `digits` without anything else, for search."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="phones")
    number = models.CharField(max_length=40)
    digits = models.CharField(max_length=15)
    label = models.CharField(max_length=40, blank=True)

    class Sensitivity:
        technical = ("id",)
        identity = ("client", "number", "digits", "label")

    def __str__(self) -> str:
        return f"phone {self.id}"


class Alias(Row):
    """Another name a client goes or went by: nickname, street name, former name."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id",)
        identity = ("client", "name")

    def __str__(self) -> str:
        return f"alias {self.id}"


class Identifier(Row):
    """The client's number in another system, such as an HMIS."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="identifiers")
    system = models.CharField(max_length=80)
    value = models.CharField(max_length=80)

    class Sensitivity:
        technical = ("id", "system")
        identity = ("client", "value")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "value"], name="identifier_once")]

    def __str__(self) -> str:
        return f"identifier {self.id}"


class SearchKey(models.Model):
    """What a client is found by: folded name words, sounds, phone endings, birth date. Rebuilt when any changes."""

    class Kind(models.TextChoices):
        WORD = "w", _("word of a name")
        SOUND = "s", _("sound of a word")
        PHONE = "p", _("phone")
        BIRTH = "b", _("birth date")

    client = models.ForeignKey(Client, models.CASCADE, related_name="search_keys", db_index=False)
    kind = models.CharField(max_length=1, choices=Kind.choices)
    key = models.CharField(max_length=40)

    class Sensitivity:
        technical = ("id", "kind")
        identity = ("client", "key")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "key", "client"], name="search_key"),
            models.Index(fields=["client", "kind", "key"], name="search_key_client"),
        ]

    def __str__(self) -> str:
        return f"search key {self.id}"
