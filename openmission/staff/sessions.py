"""Where sessions are kept: Django's table, read with a question that is built once, for it is asked on every page."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from openmission.kernel.kept import kept


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        for session in _living(self.session_key or "", timezone.now()):
            return session
        self._session_key = None
        return None


@kept
def _living(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
