"""What a group takes home: the session's own words go to each member in their language; a leader's stay as written."""

from collections.abc import Iterable

from openmission.curricula.rules import Session
from openmission.programs.rules import Text, localized


def own_words(session: Session, written: str) -> Text | None:
    """The homework of the session that somebody left as it is, in whichever language; None for words of theirs."""
    said = _plainly(written)
    return next((text for text in session.homework if said in (_plainly(text.en), _plainly(text.es))), None)


def of_session(session: Session, others: Iterable[Session], written: str) -> str:
    """What was written; where that is another session's own homework, left as it was, this session's in its place, in
    the same language.
    """
    text = next(filter(None, (own_words(each, written) for each in others if each.slug != session.slug)), None)
    if text is None or own_words(session, written):
        return written
    return localized(session.homework[0], "es" if _plainly(written) == _plainly(text.es) else "en")


def homework_in(session: Session | None, written: str, language: str) -> tuple[str, str]:
    """What was written, in that language where it is the session's own homework; and the language, empty where nobody
    can know it.
    """
    text = own_words(session, written) if session and written else None
    if text is None:
        return written, ""
    words = localized(text, language)
    return words, "es" if words == text.es else "en"


def _plainly(words: str) -> str:
    return " ".join(words.split())
