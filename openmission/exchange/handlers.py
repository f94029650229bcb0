"""Hears the room itself: what was received or decided goes on in the background."""

from datetime import datetime

from openmission.exchange.events import HmisImportReceived, HmisRowsLeftOut
from openmission.exchange.jobs import go_on_with_import
from openmission.kernel.actors import Actor
from openmission.kernel.events import subscribe


def _go_on(event: HmisImportReceived | HmisRowsLeftOut, by: Actor, at: datetime) -> None:
    go_on_with_import.enqueue(str(event.import_id))


subscribe(HmisImportReceived, _go_on)
subscribe(HmisRowsLeftOut, _go_on)
