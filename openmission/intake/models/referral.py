"""A person at the program's door, and the eligibility decision."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openmission.clients.models import Client
from openmission.intake.rules import Answer, ReferralState
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row
from openmission.programs.models import ProgramVersion
from openmission.staff.models import Team


class Referral(Row):
    """Who brought whom, why, to which team, and how far it has come. `facts`: JSON of `rules.KnownFact`, if any."""

    class Source(models.TextChoices):
        SELF = "self", _("The person themself")
        FAMILY = "family", _("Family or friend")
        SHELTER = "shelter", _("Shelter")
        OUTREACH = "outreach", _("Street outreach")
        HOSPITAL = "hospital", _("Hospital or clinic")
        TREATMENT = "treatment", _("Treatment program")
        COURT = "court", _("Court")
        PROBATION = "probation", _("Probation or parole")
        JAIL = "jail", _("Jail or prison re-entry")
        VETERANS = "veterans", _("Veterans' service")
        HUB = "hub", _("Community hub table")
        HMIS = "hmis", _("HMIS import")
        OTHER = "other", _("Other")

    class Outcome(models.TextChoices):
        NOT_ELIGIBLE = "not_eligible", _("Not eligible")
        DECLINED = "declined", _("The person said no for now")
        NOT_REACHED = "not_reached", _("Could not be reached")
        ELSEWHERE = "elsewhere", _("Served elsewhere")
        DUPLICATE = "duplicate", _("Entered twice")

    client = models.ForeignKey(Client, models.PROTECT, related_name="referrals")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=Source.choices)
    source_name = models.CharField(max_length=120, blank=True)
    source_phone = models.CharField(max_length=40, blank=True)
    reason = EncryptedTextField()
    facts = EncryptedTextField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ReferralState], default="received")
    received_at = models.DateTimeField()
    received_by = models.UUIDField(null=True)
    waiting_since = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_note = EncryptedTextField()
    closed_at = models.DateTimeField(null=True)
    ask_again_on = models.DateField(null=True)

    class Sensitivity:
        technical = ("id", "state", "received_at", "waiting_since", "closed_at", "ask_again_on")
        operational = ("team", "received_by")
        identity = ("client",)
        clinical = ("source", "source_name", "source_phone", "reason", "facts", "outcome", "outcome_note")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "team"],
                condition=Q(state__in=["received", "contacted", "screened", "waiting"]),
                name="referral_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at__isnull=True),
                name="referral_closed_at",
            ),
        ]
        indexes = [models.Index(fields=["team", "state", "-received_at"], name="referral_board")]

    def __str__(self) -> str:
        return f"referral {self.id}"


class ReferralAttempt(Row):
    """One try to reach a referred person."""

    class How(models.TextChoices):
        PHONE = "phone", _("Phone")
        TEXT = "text", _("Text")
        IN_PERSON = "in_person", _("In person")
        THROUGH_SOURCE = "source", _("Through who referred")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How.choices)
    reached = models.BooleanField()
    note = EncryptedTextField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "at")
        operational = ("by_id", "by_name")
        identity = ("referral",)
        clinical = ("how", "reached", "note")

    class Meta:
        indexes = [models.Index(fields=["referral", "-at"], name="attempt_referral")]

    def __str__(self) -> str:
        return f"attempt {self.id}"


class Screening(Row):
    """The eligibility decision of one referral against one program version."""

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided")
        ELIGIBLE = "eligible", _("Eligible")
        NOT_ELIGIBLE = "not_eligible", _("Not eligible")

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="screening")
    program_version = models.ForeignKey(ProgramVersion, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    reason = EncryptedTextField()
    next_step = models.CharField(max_length=40, blank=True)
    next_step_note = EncryptedTextField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Sensitivity:
        technical = ("id", "program_version", "started_at", "decided_at")
        operational = ("decided_by", "decided_by_name")
        identity = ("referral",)
        clinical = ("decision", "reason", "next_step", "next_step_note")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="not_eligible") | ~Q(next_step=""), name="not_eligible_has_next_step"
            )
        ]

    def __str__(self) -> str:
        return f"screening {self.id}"


class CriterionAnswer(Row):
    """One criterion of a screening: met, not met or unknown, with its evidence."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="answers")
    criterion = models.CharField(max_length=40)
    answer = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Answer])
    evidence_kind = models.CharField(max_length=40, blank=True)
    evidence = EncryptedTextField()

    class Sensitivity:
        technical = ("id", "criterion")
        identity = ("screening",)
        clinical = ("answer", "evidence_kind", "evidence")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "criterion"], name="criterion_answered_once")]

    def __str__(self) -> str:
        return f"answer {self.id}"
