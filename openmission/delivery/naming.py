"""Whether what is written about one client names somebody who is or was in a group with them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.care.asked import AskedFirst
from openmission.care.models import Contact
from openmission.delivery.models import Delivery
from openmission.delivery.rules.names import is_called, names_in
from openmission.delivery.selectors.rounds import Called, former_names, names_of_mates, note_named, own_names
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor

PARTS = ("note", "homework")
MOST = 2  # names that one question tells: it must not tell who is in a group


class NamesAnother(AskedFirst):
    """What is written about one client (None: for all of a group) has a word in it that is another member's name.
    `final`: there is nowhere to say that it is somebody else.
    """

    def __init__(self, enrollment_id: UUID | None, words: Sequence[str], field: str, *, final: bool = False):
        self.enrollment_id, self.words = enrollment_id, tuple(words)
        text = _(
            "%(names)s: a member of this group has that name. Write “a member” instead, or say that it is not them."
        )
        if final:
            text = _("%(names)s: a member of the group has that name. Write “a member” instead.")
        super().__init__(text % {"names": ", ".join(f"“{word}”" for word in words)}, field=field)


def check_words(
    by: Actor, enrollment: Enrollment, said: Mapping[str, Any], stored: Mapping[str, Any] | None = None
) -> None:
    """Raise `NamesAnother` for the note or the homework of a session alone. What is `stored` already was asked about
    when it was written.
    """
    for part in PARTS:
        if stored and said.get(part) == stored.get(part):
            continue
        if found := _named(by, enrollment, str(said.get(part, ""))):
            raise NamesAnother(enrollment.id, found, part)


def check_leaving(by: Actor, enrollment: Enrollment, reason: str) -> None:
    """Raise `NamesAnother` for why somebody leaves a group."""
    if found := _named(by, enrollment, reason):
        raise NamesAnother(enrollment.id, found, "reason")


def check_cancelling(by: Actor, group_id: UUID, reason: str) -> None:
    """Raise `NamesAnother` for why a meeting is cancelled: it is about nobody of the group."""
    if found := named_in(by, reason, former_names(by, group_id, set())):
        raise NamesAnother(None, found, "reason")


def check_note(by: Actor, delivery: Delivery, before: str) -> None:
    """Raise `NamesAnother` for the note of a group session that was corrected in the service log. A name that stood
    there `before` was said to be somebody else.
    """
    if found := _named(by, delivery.enrollment, delivery.contact.note, before):
        raise NamesAnother(delivery.enrollment_id, found, "note", final=True)


def check_beside(by: Actor, contact: Contact, words: str, field: str) -> None:
    """Raise `NamesAnother` for what is written of a group session outside of its record: why it was withdrawn, what was
    agreed in the safety steps that it opened.
    """
    delivery = Delivery.objects.filter(contact=contact).select_related("enrollment__client").first() if words else None
    found = _named(by, delivery.enrollment, words) if delivery and delivery.meeting_id else []
    if found:
        raise NamesAnother(contact.enrollment_id, found, field)


def named_in(by: Actor, text: str, people: Called, own: Collection[str] = (), before: str = "") -> list[str]:
    """The first words of a text that name one of these people, but those that stood there `before`; `own` names are
    free. Whom they may name is told to who writes, and noted in the access log.
    """
    names = [name for called in people.values() for name in called]
    stood = {named.word.casefold() for named in names_in(before, names, own)} if before else set()
    found = [named.word for named in names_in(text, names, own) if named.word.casefold() not in stood][:MOST]
    if found:
        note_named(by, (client_id for client_id, called in people.items() if is_called(found, called)))
    return found


def _named(by: Actor, enrollment: Enrollment, text: str, before: str = "") -> list[str]:
    if not text:
        return []
    return named_in(by, text, names_of_mates(by, enrollment.id), own_names(by, enrollment), before)
