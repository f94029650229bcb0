"""Whether what is written about one client names somebody who is or was in a group with them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.care.asked import AskedFirst
from openmission.care.models import Contact
from openmission.delivery.models import Delivery
from openmission.delivery.rules.names import names_in
from openmission.delivery.selectors.rounds import former_names, names_of_mates, own_names
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor

PARTS = ("note", "homework")


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
    if found := [named.word for named in names_in(reason, former_names(by, group_id, set()))]:
        raise NamesAnother(None, found, "reason")


def check_note(by: Actor, delivery: Delivery, before: str) -> None:
    """Raise `NamesAnother` for the note of a group session that was corrected in the service log. A name that stood
    there `before` was said to be somebody else.
    """
    stood = {word.casefold() for word in _named(by, delivery.enrollment, before)}
    found = [word for word in _named(by, delivery.enrollment, delivery.contact.note) if word.casefold() not in stood]
    if found:
        raise NamesAnother(delivery.enrollment_id, found, "note", final=True)


def check_beside(by: Actor, contact: Contact, words: str, field: str) -> None:
    """Raise `NamesAnother` for what is written of a group session outside of its record: why it was withdrawn, what was
    agreed in the safety steps that it opened.
    """
    delivery = Delivery.objects.filter(contact=contact).select_related("enrollment__client").first() if words else None
    found = _named(by, delivery.enrollment, words) if delivery and delivery.meeting_id else []
    if found:
        raise NamesAnother(contact.enrollment_id, found, field)


def _named(by: Actor, enrollment: Enrollment, text: str) -> list[str]:
    if not text:
        return []
    return [named.word for named in names_in(text, names_of_mates(by, enrollment.id), own_names(by, enrollment))]
