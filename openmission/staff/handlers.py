"""Hears the sign-in library."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from openmission.kernel.actors import SYSTEM, Actor
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
    user_id = User.objects.filter(email__iexact=credentials.get("email") or "").values_list("id", flat=True).first()
    sign_in.note_failed_sign_in(user_id=user_id, by=SYSTEM, at=timezone.now())
