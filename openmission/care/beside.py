"""What rooms above have to say on the page of a contact: a link to their own page about it.

A room adds its function when it starts, as with `raised`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from openmission.care.models import Contact
from openmission.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Beside:
    """A link. `corrects`: it leads to a correction, which is for those who may correct the contact."""

    url: str
    label: str
    corrects: bool = False


Speaker = Callable[[Actor, Contact], Beside | None]
_speakers: dict[str, Speaker] = {}


def add_speaker(room: str, speaker: Speaker) -> None:
    _speakers[room] = speaker


def said_beside(viewer: Actor, contact: Contact) -> list[Beside]:
    """Of a contact that the viewer has in reach; nothing of a withdrawn one."""
    said = [] if contact.withdrawn_at else [speaker(viewer, contact) for speaker in _speakers.values()]
    return [each for each in said if each]
