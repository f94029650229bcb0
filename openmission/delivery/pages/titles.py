"""Sessions by their names, for choices and headings."""

from django.utils.translation import get_language

from openmission.curricula.rules import Curriculum, Session
from openmission.programs.rules import localized


def session_title(session: Session) -> str:
    """`4 · Developing a personal recovery plan`"""
    return f"{session.number} · {localized(session.title, get_language() or 'en')}"


def session_choices(curriculum: Curriculum) -> dict[str, str]:
    """{slug: title} in order."""
    return {session.slug: session_title(session) for session in curriculum.sessions}
