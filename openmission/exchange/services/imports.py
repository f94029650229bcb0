"""What a person does with an import: bring it, decide about its faults, drop it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.exchange import vault
from openmission.exchange.events import HmisImportCancelled, HmisImportExpired, HmisImportReceived, HmisRowsLeftOut
from openmission.exchange.hmis_fy2026.package import MAX_ZIP_BYTES
from openmission.exchange.models import HmisImport, HmisRow
from openmission.exchange.policies import can_use_hmis
from openmission.exchange.reports import ImportReport
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id

WAITS = timedelta(days=7)
"""How long an upload lies in clear for somebody to decide."""

UNDER_WAY = timedelta(days=1)
"""How much longer it lies when it is being imported: time for a job that waits for its turn."""


class UploadTooLarge(DomainError):
    """Larger than any export that this program can take in."""


class DecidedAlready(DomainError):
    """The import no longer waits for a decision, or cannot go on without the faulty rows."""


@transaction.atomic
def receive_import(*, brought: Path | IO[bytes], file_name: str, by: Actor, at: datetime) -> HmisImport:
    """Keep an export (a stream of a zip, or the path of a zip or folder) and begin to check it in the background.

    Nothing of it counts until it is checked and imported as a whole. Raises `UploadTooLarge`, `Refused`.
    """
    require(can_use_hmis(by))
    taken = HmisImport(id=new_id(), file_name=file_name[:120], received_at=at, by_id=by.id, by_name=by.name)
    if isinstance(brought, Path) and brought.is_dir():
        vault.keep_folder(taken.id, brought)
    elif isinstance(brought, Path):
        with brought.open("rb") as stream:
            vault.keep(taken.id, stream)
    else:
        vault.keep(taken.id, brought)
    if vault.path_of(taken.id).stat().st_size > MAX_ZIP_BYTES:
        vault.forget(taken.id)
        limit = MAX_ZIP_BYTES // 2**20
        raise UploadTooLarge(_("The file is larger than %(limit)d MB.") % {"limit": limit}, field="file")
    taken.save(force_insert=True)
    record(HmisImportReceived(import_id=taken.id, file_name=taken.file_name), by=by, at=at)
    return taken


@transaction.atomic
def leave_rows_out(taken: HmisImport, *, by: Actor, at: datetime) -> None:
    """Go on without exactly the rows that were listed. Raises `DecidedAlready`, `Refused`."""
    require(can_use_hmis(by))
    taken = _waiting(taken)
    report = ImportReport.of(taken)
    if not report.can_go_on:
        raise DecidedAlready(_("These faults are not in single rows: the export has to be made again."))
    HmisImport.objects.filter(id=taken.id).update(state=HmisImport.State.IMPORTING, leave_out=True)
    record(HmisRowsLeftOut(import_id=taken.id, rows=report.left_out), by=by, at=at)


@transaction.atomic
def cancel_import(taken: HmisImport, *, by: Actor, at: datetime) -> None:
    """Import nothing, and remove the file. Raises `DecidedAlready`, `Refused`."""
    require(can_use_hmis(by))
    taken = _waiting(taken)
    HmisImport.objects.filter(id=taken.id).update(state=HmisImport.State.CANCELLED, finished_at=at)
    record(HmisImportCancelled(import_id=taken.id), by=by, at=at)
    transaction.on_commit(lambda: vault.forget(taken.id))


def expire_imports(*, by: Actor, at: datetime) -> None:
    """Drop what was brought `WAITS` ago and waits for a check or a decision, with its file; a day later also what is
    being imported and never came to its end. Files of no import and rows of a failed one go too.

    Waits, before the transaction begins, while an import is under way. Raises `Refused`.
    """
    require(can_use_hmis(by))
    with vault.alone():
        _expire(by, at)


@transaction.atomic
def _expire(by: Actor, at: datetime) -> None:
    unfinished = HmisImport.objects.filter(finished_at=None)
    overdue = Q(received_at__lte=at - WAITS) & ~Q(state=HmisImport.State.IMPORTING)
    for taken in unfinished.filter(overdue | Q(received_at__lte=at - WAITS - UNDER_WAY)).select_for_update():
        HmisRow.objects.filter(taken=taken).delete()
        HmisImport.objects.filter(id=taken.id).update(state=HmisImport.State.CANCELLED, finished_at=at)
        record(HmisImportExpired(import_id=taken.id), by=by, at=at)
    HmisRow.objects.filter(taken__state=HmisImport.State.FAILED).delete()
    waiting = set(unfinished.values_list("id", flat=True))
    transaction.on_commit(lambda: vault.tidy(waiting))


def _waiting(taken: HmisImport) -> HmisImport:
    current = HmisImport.objects.select_for_update().get(id=taken.id)
    if current.state != HmisImport.State.NEEDS_DECISION:
        raise DecidedAlready(_("Somebody has decided about this import already."))
    return current
