"""Signing in and out leaves a trace."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmission.audit.services import record
from openmission.kernel.actors import Actor
from openmission.staff.events import SignedIn, SignedOut, SignInFailed


@transaction.atomic
def note_sign_in(*, user_id: UUID, by: Actor, at: datetime) -> None:
    """Record that a person signed in."""
    record(SignedIn(user_id=user_id), by=by, at=at)


@transaction.atomic
def note_sign_out(*, user_id: UUID, by: Actor, at: datetime) -> None:
    """Record that a person signed out."""
    record(SignedOut(user_id=user_id), by=by, at=at)


@transaction.atomic
def note_failed_sign_in(*, user_id: UUID | None, by: Actor, at: datetime) -> None:
    """Record a failed sign-in; `user_id` when the e-mail belongs to an account. What was typed is not kept."""
    record(SignInFailed(known=user_id is not None, user_id=user_id), by=by, at=at)
