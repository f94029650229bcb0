"""What rooms above ask about the words that are written of a contact: whether they are about somebody else.

A room adds its function when it starts, as with `raised`. The words go to it, and into no event.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.care.models import Contact
from openmission.kernel.actors import Actor
from openmission.kernel.errors import DomainError


class AskedFirst(DomainError):
    """A question about what is written; who knows the answer says so, and saves it as it stands."""


Asker = Callable[[Actor, Contact, str, str], None]
_askers: dict[str, Asker] = {}


def add_asker(room: str, asker: Asker) -> None:
    """`asker(by, contact, words, field)` raises `AskedFirst`."""
    _askers[room] = asker


def ask_about(by: Actor, contact: Contact, **words: str) -> None:
    """Ask the rooms about new words, by their form field. Raises `AskedFirst`."""
    for field, text in words.items():
        for asker in _askers.values():
            asker(by, contact, text, field)


class KnowingForm(forms.Form):
    """Words that may be asked about; `asked`: they were, and the form offers the answer."""

    knowing = forms.BooleanField(label=_("It is not a member of this group"), required=False)
    asked = False

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Of what is saved within."""
        try:
            yield
        except AskedFirst:
            self.asked = True
            raise
