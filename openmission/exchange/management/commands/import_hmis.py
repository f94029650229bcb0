"""Imports an HMIS CSV FY2026 export from a zip file or a folder."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmission.exchange.fault_texts import fault_text, unreadable_text, warning_text
from openmission.exchange.management.first_run import make_tables
from openmission.exchange.models import HmisImport
from openmission.exchange.reports import ImportReport
from openmission.exchange.services import importing, imports
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Import an HMIS CSV FY2026 export (a zip file or a folder). With structural faults nothing is imported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")
        parser.add_argument(
            "--leave-out-faulty-rows", action="store_true", help="import the rest when the faults are in single rows"
        )

    def handle(self, *, path: Path, leave_out_faulty_rows: bool, **options: Any) -> None:
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        make_tables()
        taken = _imported(path, leave_out_faulty_rows)
        outcome = _outcome(taken)
        self.stdout.write(json.dumps(outcome, indent=1) if options["json"] else _in_words(outcome))
        if taken.state != HmisImport.State.COMPLETE:
            sys.exit(1)


def _imported(path: Path, leave_out: bool) -> HmisImport:
    try:
        taken = imports.receive_import(brought=path, file_name=path.name, by=SYSTEM, at=timezone.now())
    except (DomainError, OSError) as fault:
        raise CommandError(str(fault)) from fault
    taken = importing.continue_import(import_id=taken.id, by=SYSTEM, at=timezone.now())
    if taken.state == HmisImport.State.NEEDS_DECISION:
        if leave_out and ImportReport.of(taken).can_go_on:
            imports.leave_rows_out(taken, by=SYSTEM, at=timezone.now())
            return importing.continue_import(import_id=taken.id, by=SYSTEM, at=timezone.now())
        imports.cancel_import(taken, by=SYSTEM, at=timezone.now())
        taken.refresh_from_db()
    return taken


def _outcome(taken: HmisImport) -> dict[str, Any]:
    report = ImportReport.of(taken)
    return {
        "import": str(taken.id),
        "state": taken.state,
        "imported_before": taken.same_as_id is not None,
        "source": taken.source,
        "reference_on": taken.reference_on and taken.reference_on.isoformat(),
        "rows": report.rows,
        "rows_in_export": report.rows_total,
        "added": report.added,
        "rows_added": report.rows_added,
        "rows_left_out": report.left_out if taken.leave_out else 0,
        "problem": unreadable_text(*report.unreadable) if report.unreadable[0] else "",
        "faults": [{**asdict(fault), "reason": fault_text(fault)} for fault in report.faults],
        "rows_that_follow": report.follows,
        "can_leave_out": report.can_go_on,
        "warnings": [{**asdict(warned), "reason": warning_text(warned)} for warned in report.warnings],
        "warned_rows": sum(warned.count for warned in report.warnings),
        "people": report.people,
    }


def _in_words(outcome: dict[str, Any]) -> str:
    lines = [
        f"{outcome['state']}: {outcome['rows_added']} rows added of {outcome['rows_in_export']}, "
        f"{outcome['rows_left_out']} left out; {outcome['people']} people found."
    ]
    if outcome["imported_before"]:
        lines.append("This export was imported before.")
    if outcome["problem"]:
        lines.append(outcome["problem"])
    for kind in ("faults", "warnings"):
        lines += [f"{kind}: {len(outcome[kind])}"]
        lines += [
            f"  {found['file']} {found.get('row') or found.get('rows') or ''} {found['column']}: {found['reason']}"
            for found in outcome[kind]
        ]
    return "\n".join(lines)
