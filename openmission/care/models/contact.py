"""The service log: one row for each contact, and the appointments that lead to one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openmission.clients.models import Client
from openmission.intake.models import Enrollment
from openmission.kernel.encryption import EncryptedTextField
from openmission.kernel.rows import Row
from openmission.staff.models import User


class Outcome(models.TextChoices):
    MET = "met", _("Met")
    NO_SHOW = "no_show", _("No-show")
    CANCELLED = "cancelled", _("Cancelled")
    TRIED = "tried", _("Tried, no answer")


WITHDRAWN = "withdrawn"  # recorded by mistake: no outcome to choose, and no reader counts it


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video")
    TEXT = "text", _("Text")


class Place(models.TextChoices):
    OFFICE = "office", _("Office")
    HOME = "home", _("Home")
    SHELTER = "shelter", _("Shelter")
    STREET = "street", _("Street or camp")
    COMMUNITY = "community", _("Out in town")
    COURT = "court", _("Court")
    HOSPITAL = "hospital", _("Hospital or clinic")
    JAIL = "jail", _("Jail")
    OTHER = "other", _("Elsewhere")


class WithWhom(models.TextChoices):
    CLIENT = "client", _("The client")
    FAMILY = "family", _("Family or friend")
    PROVIDER = "provider", _("A provider")
    COURT = "court", _("Court or probation")
    LANDLORD = "landlord", _("Landlord or housing")
    OTHER = "other", _("Somebody else")


class Component(models.TextChoices):
    CTI = "cti", _("Case management")
    DRT = "drt", _("DRT session")
    PEER = "peer", _("Peer support")
    HOUSING = "housing", _("Housing")
    VOCATIONAL = "vocational", _("Work and school")
    TRAUMA = "trauma", _("Trauma")
    JUSTICE = "justice", _("Court and justice")


class Appointment(Row):
    """A planned contact. It leaves the list when what became of it is recorded."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RECORDED = "recorded", _("Recorded")
        CANCELLED = "cancelled", _("Cancelled")
        MOVED = "moved", _("Moved to another day")
        UNRECORDED = "unrecorded", _("Not recorded")

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="appointments")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.OFFICE)
    component = models.CharField(max_length=10, choices=Component.choices, default=Component.CTI)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = EncryptedTextField()

    class Sensitivity:
        technical = ("id", "state", "made_at", "closed_at")
        operational = ("made_by",)
        identity = ("enrollment", "client")
        clinical = ("at", "minutes", "mode", "place", "component", "closed_reason")

    class Meta:
        indexes = [
            models.Index(fields=["enrollment", "at"], condition=Q(state="planned"), name="appointment_planned"),
            models.Index(fields=["client", "-at"], name="appointment_client"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.id}"


class AppointmentStaff(Row):
    """A worker who is expected at an appointment."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Sensitivity:
        technical = ("id",)
        operational = ("user",)
        identity = ("appointment",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "user"], name="appointment_staff_once")]

    def __str__(self) -> str:
        return f"appointment staff {self.id}"


class Contact(Row):
    """One row of the service log. A joint contact of the pair is one row with both workers in `staff`.

    `phase` is the phase on that day. `by_case_manager` and `by_peer` repeat the roles of `staff`, so that the last
    meeting by role is one look into an index, however long the history. `slip` says that the client told of a slip:
    it raises support, never a sanction. A withdrawn contact keeps its words; its outcome and slip go into a version,
    so that whoever counts meetings, misses or slips leaves it out without asking.
    """

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="contacts")
    client = models.ForeignKey(Client, models.PROTECT, related_name="contacts")
    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="contact", null=True)
    at = models.DateTimeField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=[*Outcome.choices, (WITHDRAWN, _("Withdrawn"))])
    mode = models.CharField(max_length=10, choices=Mode.choices)
    place = models.CharField(max_length=10, choices=Place.choices, blank=True)
    with_whom = models.CharField(max_length=10, choices=WithWhom.choices, default=WithWhom.CLIENT)
    component = models.CharField(max_length=10, choices=Component.choices)
    phase = models.CharField(max_length=20)
    note = EncryptedTextField()
    slip = models.BooleanField(default=False)
    by_case_manager = models.BooleanField(default=False)
    by_peer = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    recorded_by_name = models.CharField(max_length=120)
    corrected_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_reason = EncryptedTextField()

    class Sensitivity:
        technical = ("id", "recorded_at", "corrected_at", "withdrawn_at")
        operational = (
            "by_case_manager",
            "by_peer",
            "recorded_by",
            "recorded_by_name",
            "withdrawn_by",
            "withdrawn_by_name",
        )
        identity = ("enrollment", "client", "appointment")
        clinical = (
            "at",
            "on",
            "minutes",
            "outcome",
            "mode",
            "place",
            "with_whom",
            "component",
            "phase",
            "note",
            "slip",
            "withdrawn_reason",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__lte=720), name="contact_minutes_720"),
            models.CheckConstraint(condition=~Q(outcome="met") | Q(minutes__gte=1), name="contact_met_has_minutes"),
            models.CheckConstraint(
                condition=Q(outcome=WITHDRAWN, withdrawn_at__isnull=False, slip=False)
                | (~Q(outcome=WITHDRAWN) & Q(withdrawn_at=None)),
                name="contact_withdrawn_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-at"], name="contact_timeline"),
            models.Index(fields=["client", "component", "-at"], name="contact_component"),
            models.Index(
                fields=["enrollment", "-at"], condition=Q(outcome="met", with_whom="client"), name="contact_met"
            ),
            models.Index(
                fields=["enrollment", "-at"],
                condition=Q(outcome="met", with_whom="client", by_case_manager=True),
                name="contact_met_case_manager",
            ),
            models.Index(
                fields=["enrollment", "-at"],
                condition=Q(outcome="met", with_whom="client", by_peer=True),
                name="contact_met_peer",
            ),
            models.Index(
                fields=["enrollment", "-at"],
                condition=Q(outcome__in=["no_show", "tried"], with_whom="client"),
                name="contact_missed",
            ),
            models.Index(fields=["enrollment", "-at"], condition=Q(slip=True), name="contact_slip"),
        ]

    def __str__(self) -> str:
        return f"contact {self.id}"


class ContactStaff(Row):
    """A worker who took part in a contact, in the role held that day."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="staff")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)

    class Sensitivity:
        technical = ("id",)
        operational = ("user", "role")
        identity = ("contact",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "user"], name="contact_staff_once")]

    def __str__(self) -> str:
        return f"contact staff {self.id}"


class ContactVersion(Row):
    """What a contact said before a correction; nothing recorded is lost."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="versions")
    before = EncryptedTextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Sensitivity:
        technical = ("id", "at")
        operational = ("by_id", "by_name")
        identity = ("contact",)
        clinical = ("before",)

    def __str__(self) -> str:
        return f"contact version {self.id}"
