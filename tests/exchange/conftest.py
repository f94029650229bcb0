"""What the tests of the exchange room share."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from openmission.audit.models import RecordedEvent
from openmission.exchange import handlers
from openmission.exchange.models import HmisImport
from openmission.exchange.services import importing, imports
from openmission.kernel.actors import SYSTEM
from tests.exchange.invented_export import InventedExport
from tests.world.cast import NOW

OVERDUE = NOW + timedelta(days=7, minutes=1)
Bring = Callable[[InventedExport], HmisImport]


@pytest.fixture
def export() -> InventedExport:
    return InventedExport()


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Background jobs are queued here instead of being run at once."""
    ids: list[str] = []

    class Queue:
        enqueue = ids.append

    monkeypatch.setattr(handlers, "go_on_with_import", Queue)
    return ids


@pytest.fixture
def bring(queued: list[str], tmp_path: Path) -> Bring:
    """Bring an export as a zip, and let the background job do what it can."""

    def bring_it(export: InventedExport) -> HmisImport:
        path = export.write_zip(tmp_path / "export.zip")
        taken = imports.receive_import(brought=path, file_name=path.name, by=SYSTEM, at=NOW)
        assert queued[-1] == str(taken.id)
        return go_on(taken.id)

    return bring_it


def go_on(import_id: UUID) -> HmisImport:
    return importing.continue_import(import_id=import_id, by=SYSTEM, at=NOW)


def said() -> list[str]:
    """The kinds of all recorded events, in order."""
    return list(RecordedEvent.objects.order_by("at", "id").values_list("kind", flat=True))
