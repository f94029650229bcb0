"""Loading the signed-in person."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from openmission.staff.models import User


class StaffBackend(AuthenticationBackend):
    """The sign-in library's backend, loading the agency with the person in one query."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("agency").filter(pk=user_id).first()
        return user if user and user.is_active else None
