"""What the exchange room says."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class HmisImportReceived(Event):
    import_id: UUID
    file_name: str


@dataclass(frozen=True, kw_only=True)
class HmisImportChecked(Event):
    """Faults were found: somebody has to decide."""

    import_id: UUID
    faults: int


@dataclass(frozen=True, kw_only=True)
class HmisRowsLeftOut(Event):
    """Somebody who saw the faults chose to go on without those rows."""

    import_id: UUID
    rows: int


@dataclass(frozen=True, kw_only=True)
class HmisImportCancelled(Event):
    import_id: UUID


@dataclass(frozen=True, kw_only=True)
class HmisImportExpired(Event):
    """It waited too long for a decision, or for a worker; the file is removed."""

    import_id: UUID


@dataclass(frozen=True, kw_only=True)
class HmisImportFailed(Event):
    import_id: UUID
    because: str


@dataclass(frozen=True, kw_only=True)
class HmisImportCompleted(Event):
    """`people` were found in the whole source after this import."""

    import_id: UUID
    source: str
    rows_added: int
    people: int


@dataclass(frozen=True, kw_only=True)
class HmisPeopleListed(Event):
    """The list of people was printed on the command line."""

    people: int


@dataclass(frozen=True, kw_only=True)
class HmisPersonReferred(Event):
    on_timeline: ClassVar[bool] = True
    source: str
    referral_id: UUID
