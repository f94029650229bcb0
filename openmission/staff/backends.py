"""Loading the signed-in person."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from openmission.kernel.kept import kept
from openmission.staff.models import User


class StaffBackend(AuthenticationBackend):
    """The sign-in library's backend, loading the agency with the person in one query."""

    def get_user(self, user_id: Any) -> User | None:
        return next(iter(_active(user_id)), None)


@kept
def _active(id: UUID) -> QuerySet[User]:
    return User.objects.select_related("agency").filter(pk=id, is_active=True)
