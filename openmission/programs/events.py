"""What the programs room says."""

from dataclasses import dataclass
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ProgramPublished(Event):
    """A new version is there. Clients who are enrolled stay on theirs."""

    program_version_id: UUID
    slug: str
    version: int
