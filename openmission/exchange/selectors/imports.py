"""Imports: the newest ones, and one with what was found in it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from openmission.exchange.hmis_fy2026.faults import Fault
from openmission.exchange.models import HmisImport
from openmission.exchange.policies import can_use_hmis
from openmission.exchange.reports import ImportReport
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import NotFound

SHOWN = 20
FAULTS_SHOWN = 50


def recent_imports(viewer: Actor) -> list[HmisImport]:
    """The newest imports, without their reports. Raises `Refused`."""
    require(can_use_hmis(viewer))
    return list(HmisImport.objects.defer("report").order_by("-received_at")[:SHOWN])


def get_import(viewer: Actor, id: UUID) -> HmisImport:
    """Raises `NotFound`, `Refused`."""
    require(can_use_hmis(viewer))
    taken = HmisImport.objects.select_related("same_as").filter(id=id).first()
    if taken is None:
        raise NotFound(_("There is no such import."))
    return taken


@dataclass(frozen=True)
class FaultPage:
    """Faults number `first` to `last` of `total`; `next_page` 0 on the last page."""

    faults: list[Fault]
    first: int
    last: int
    total: int
    next_page: int


def fault_page(viewer: Actor, report: ImportReport, *, page: int) -> FaultPage:
    """One page of the faults that the check found, pages counted from 1."""
    require(can_use_hmis(viewer))
    start = (max(page, 1) - 1) * FAULTS_SHOWN
    faults = report.faults[start : start + FAULTS_SHOWN]
    more = start + FAULTS_SHOWN < len(report.faults)
    return FaultPage(faults, start + 1, start + len(faults), len(report.faults), page + 1 if more else 0)
