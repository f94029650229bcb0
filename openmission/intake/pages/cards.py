"""A referral as a card: how far it is in a word, and the one action that it waits for."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openmission.intake.models import Referral
from openmission.intake.rules import NEXT, Next, ReferralState

COLUMN_TITLES = {
    "received": _("Received"),
    "contacted": _("Contacted"),
    "screened": _("Screened"),
    "decided": _("Decided"),
}
COLUMN_EMPTY = {
    "received": _("Nobody is waiting for a first call."),
    "contacted": _("Nobody is waiting to be screened."),
    "screened": _("Nobody is waiting for a place."),
    "decided": _("Nothing was decided in the last 30 days."),
}
STATES = {
    ReferralState.RECEIVED: ("today", _("Not reached yet")),
    ReferralState.CONTACTED: ("week", _("Reached")),
    ReferralState.SCREENED: ("today", _("Eligible")),
    ReferralState.WAITING: ("waiting", _("On the waitlist")),
    ReferralState.ENROLLED: ("done", _("Enrolled")),
    ReferralState.CLOSED: ("week", _("Closed")),
}
ACTIONS = {
    Next.REACH: _("Reach out"),
    Next.SCREEN: _("Screen"),
    Next.PLACE: _("Give a place"),
    Next.ENROLL: _("Enroll"),
    Next.OPEN: _("Open the enrollment"),
    Next.ASK_AGAIN: _("Ask again"),
}


WAY = {
    ReferralState.RECEIVED: 0,
    ReferralState.CONTACTED: 1,
    ReferralState.SCREENED: 2,
    ReferralState.WAITING: 3,
    ReferralState.ENROLLED: 3,
    ReferralState.CLOSED: 3,
}


@dataclass(frozen=True)
class Stop:
    """One column of the board as a stop on a referral's way: past, here or ahead."""

    title: str | Promise
    state: str


def way(referral: Referral, *, reached: bool) -> list[Stop]:
    """Contacted is past only when somebody `reached` the person: a screening may rest on what others know."""
    here = WAY[ReferralState(referral.state)]
    states = ["past" if n < here else "here" if n == here else "ahead" for n in range(len(COLUMN_TITLES))]
    if states[1] == "past" and not reached:
        states[1] = "ahead"
    return [Stop(title, state) for title, state in zip(COLUMN_TITLES.values(), states, strict=True)]


@dataclass(frozen=True)
class Card:
    """`tone` and `word` say how far the referral is; `label` and `url` are the action, `step` its kind."""

    referral: Referral
    tone: str
    word: str | Promise
    step: Next
    label: str | Promise
    url: str


def card(referral: Referral) -> Card:
    """The card of one referral with client and (when enrolled) enrollment loaded."""
    state = ReferralState(referral.state)
    tone, word = STATES[state]
    told = referral.get_outcome_display() if state == ReferralState.CLOSED else word
    step = NEXT[state]
    return Card(referral, tone, told, step, ACTIONS[step], _url(referral, step))


def _url(referral: Referral, step: Next) -> str:
    if step == Next.OPEN:
        return reverse("intake:enrollment", args=[referral.enrollment.id])
    if step in (Next.SCREEN, Next.ENROLL):
        return reverse(f"intake:{'screening' if step == Next.SCREEN else 'enroll'}", args=[referral.id])
    anchor = {Next.REACH: "reach", Next.PLACE: "place", Next.ASK_AGAIN: "again"}[step]
    return f"{reverse('intake:referral', args=[referral.id])}#{anchor}"
