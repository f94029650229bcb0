"""What the curricula room says."""

from dataclasses import dataclass

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ContentPublished(Event):
    """A new version of a curriculum, worksheet or checklist is there. What was begun with another stays with it."""

    kind_of_content: str
    slug: str
    version: int


@dataclass(frozen=True, kw_only=True)
class SessionRenamed(Event):
    """The agency wrote its own title for a session."""

    curriculum: str
    session: str
