"""Looking back: what happened in each phase of an enrollment."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from openmission.care.models import Contact, PhaseReview
from openmission.care.models.contact import Outcome, WithWhom
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class PhaseLook:
    """One phase with what the service log says of it. `ends_on` is the day on which the next begins.

    `meetings` with the client and their `minutes`; `reviewed`: the look back is done.
    """

    slug: str
    starts_on: date
    ends_on: date
    last: bool
    reviewed: bool
    meetings: int
    minutes: int


def phase_looks(viewer: Actor, enrollment: Enrollment) -> list[PhaseLook]:
    """Every phase in order. The caller has the enrollment in reach. Three queries, whatever the history."""
    met = Contact.objects.filter(enrollment=enrollment, outcome=Outcome.MET, with_whom=WithWhom.CLIENT)
    counted = {
        slug: (meetings, minutes)
        for slug, meetings, minutes in met.values("phase")
        .annotate(meetings=Count("id"), minutes=Sum("minutes"))
        .values_list("phase", "meetings", "minutes")
    }
    reviews = PhaseReview.objects.filter(enrollment=enrollment).exclude(decision=PhaseReview.Decision.STAY)
    reviewed = set(reviews.values_list("phase", flat=True))
    rows = list(enrollment.phases.order_by("position"))
    return [
        PhaseLook(
            slug=row.slug,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            last=row == rows[-1],
            reviewed=row.slug in reviewed,
            meetings=counted.get(row.slug, (0, 0))[0],
            minutes=counted.get(row.slug, (0, 0))[1],
        )
        for row in rows
    ]
