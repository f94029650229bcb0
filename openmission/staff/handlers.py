"""Hears the sign-in library."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from openmission.kernel.actors import SYSTEM, Actor
from openmission.kernel.events import Event
from openmission.staff.events import OwnPasswordChanged, SecondFactorAdded, SecondFactorRemoved
from openmission.staff.models import User
from openmission.staff.services import sign_in


@receiver(user_logged_in)
def _signed_in(sender: Any, user: User, **kwargs: Any) -> None:
    sign_in.note_sign_in(user_id=user.id, by=Actor(user.id, user.name), at=timezone.now())


@receiver(user_logged_out)
def _signed_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user:
        sign_in.note_sign_out(user_id=user.id, by=Actor(user.id, user.name), at=timezone.now())


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    user = User.objects.filter(email__iexact=credentials.get("email") or "").first()
    sign_in.note_failed_sign_in(user, by=SYSTEM, at=timezone.now())


@receiver(authentication_failed)
def _failed_second_factor(sender: Any, user: User, **kwargs: Any) -> None:
    sign_in.note_failed_sign_in(user, second_factor=True, by=SYSTEM, at=timezone.now())


@receiver(password_changed)
def _changed_password(sender: Any, user: User, **kwargs: Any) -> None:
    _own(user, OwnPasswordChanged())


@receiver([authenticator_added, authenticator_reset])
def _added_factor(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _own(user, SecondFactorAdded(factor=authenticator.type))


@receiver(authenticator_removed)
def _removed_factor(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _own(user, SecondFactorRemoved(factor=authenticator.type))


def _own(user: User, event: Event) -> None:
    sign_in.note_own_change(event, by=Actor(user.id, user.name), at=timezone.now())
