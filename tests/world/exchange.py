"""What came from the HMIS: one small invented export, imported whole; Ash, Birch and Cedar are found in it."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from openmission.exchange.models import HmisImport
from openmission.exchange.services import importing, imports
from openmission.kernel.actors import SYSTEM
from tests.exchange.invented_export import InventedExport
from tests.world.cast import NOW, World


def build_exchange(world: World) -> None:
    """A complete import (`ids["import"]`)."""
    taken = bring(InventedExport(), world)
    world.ids["import"] = taken.id


def bring(export: InventedExport, world: World) -> HmisImport:
    """The export as a zip, brought by the north team's intake worker and taken as far as it goes."""
    with TemporaryDirectory() as folder:
        content = io.BytesIO(export.write_zip(Path(folder) / "export.zip").read_bytes())
    by = world.actor("intake_worker")
    taken = imports.receive_import(brought=content, file_name="export.zip", by=by, at=NOW)
    return importing.continue_import(import_id=taken.id, by=SYSTEM, at=NOW)
