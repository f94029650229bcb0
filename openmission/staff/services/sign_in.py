"""Signing in and out, and what one signs in with, leaves a trace."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from openmission.audit.services import record
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.events import Event
from openmission.staff.events import OwnPasswordChanged, SecondFactorsCleared, SignedIn, SignedOut, SignInFailed
from openmission.staff.models import User
from openmission.staff.policies import can_administer


@transaction.atomic
def note_sign_in(*, user_id: UUID, by: Actor, at: datetime) -> None:
    """Record that a person signed in."""
    record(SignedIn(user_id=user_id), by=by, at=at)


@transaction.atomic
def note_sign_out(*, user_id: UUID, by: Actor, at: datetime) -> None:
    """Record that a person signed out."""
    record(SignedOut(user_id=user_id), by=by, at=at)


@transaction.atomic
def note_failed_sign_in(user: User | None, *, by: Actor, at: datetime, second_factor: bool = False) -> None:
    """Record a failed sign-in to an account, or (None) with an unknown e-mail. What was typed is not kept."""
    failed = SignInFailed(
        user_id=user.id if user else None, name=user.name if user else "", second_factor=second_factor
    )
    record(failed, by=by, at=at)


@transaction.atomic
def note_own_change(event: Event, *, by: Actor, at: datetime) -> None:
    """Record what a person changed about their own sign-in through the sign-in library's pages. A password of their
    own choice takes the place of the one they were given.
    """
    if isinstance(event, OwnPasswordChanged):
        User.objects.filter(id=by.id).update(must_change_password=False)
    record(event, by=by, at=at)


@transaction.atomic
def clear_second_factors(user: User, *, by: Actor, at: datetime) -> None:
    """Take away second factors, passkeys and recovery codes of somebody who lost theirs. Raises `Refused`."""
    require(can_administer(by))
    if Authenticator.objects.filter(user=user).delete()[0]:
        record(SecondFactorsCleared(user_id=user.id, name=user.name), by=by, at=at)
