"""Faults and warnings of an import in words: what happened and what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openmission.exchange.hmis_fy2026.check import MAX_FAULTS, MAX_KEY
from openmission.exchange.hmis_fy2026.faults import Fault
from openmission.exchange.hmis_fy2026.package import MAX_ENTRIES
from openmission.exchange.reports import Warned

UNREADABLE: Mapping[str, Promise] = {
    "not_found": gettext_lazy("There is no file %(detail)s any more. Bring the export again."),
    "empty": gettext_lazy("The file is empty. Download the export again."),
    "not_a_zip": gettext_lazy("This is not a zip file. Bring the whole export as the HMIS made it: one zip file."),
    "damaged_zip": gettext_lazy("The zip file is damaged or cut short. Download the export again."),
    "damaged": gettext_lazy("%(detail)s inside the zip file is damaged. Download the export again."),
    "encrypted": gettext_lazy("The zip file asks for a password. Unpack it and bring it packed without one."),
    "no_export_inside": gettext_lazy("There is no HMIS CSV export inside: no file such as Client.csv was found."),
    "two_folders": gettext_lazy("The files of the export lie in several folders. They belong into one."),
    "twice": gettext_lazy("%(detail)s is in the export twice. It is not clear which one counts."),
    "suspicious_path": gettext_lazy("The zip file wants to write outside its folder (%(detail)s). It was not opened."),
    "too_many_entries": gettext_lazy("The zip file holds %(detail)s files. An export has 24; at most %(entries)d."),
    "too_large": gettext_lazy("Unpacked, the export is larger than any that this program takes in."),
    "stopped": gettext_lazy(
        "The import could not go on: something is wrong on the server, perhaps its disk is full. "
        "Tell whoever looks after it, then bring the export again."
    ),
}

FAULTS: Mapping[str, Promise] = {
    "missing_file": gettext_lazy("The file is missing."),
    "empty_file": gettext_lazy("The file is empty: even the line with the names of the columns is missing."),
    "missing_column": gettext_lazy("The column %(column)s is missing; the import needs it."),
    "repeated_column": gettext_lazy("The column %(column)s is there twice. It is not clear which one counts."),
    "wrong_encoding": gettext_lazy("The file is not plain text in UTF-8. It may have been saved by another program."),
    "broken_line": gettext_lazy("The file cannot be read from this row on: a quotation mark is not closed."),
    "not_one_row": gettext_lazy("Export.csv has one row; here it has %(value)s."),
    "too_many_faults": gettext_lazy("There are more than %(most)d faults; the check ended here."),
    "wrong_width": gettext_lazy("The row has %(value)s values, not as many as there are columns."),
    "blank_key": gettext_lazy("%(column)s is blank."),
    "long_key": gettext_lazy("%(column)s is longer than %(key)d characters."),
    "duplicate_key": gettext_lazy("%(column)s %(value)s is there already, in an earlier row."),
    "orphan": gettext_lazy("%(column)s %(value)s is not in %(parent)s."),
    "unreadable_date": gettext_lazy("“%(value)s” is not a date (year-month-day)."),
}

WARNINGS: Mapping[str, Promise] = {
    "code": gettext_lazy("“%(value)s” is not on the list of the standard."),
    "blank": gettext_lazy("Blank, though the standard asks for an answer."),
    "odd_date": gettext_lazy("Not written as the standard asks, such as “%(value)s”. Kept as it is."),
    "encoding": gettext_lazy("Not in UTF-8; read as Windows text. Look whether accents came out right."),
    "missing_column": gettext_lazy("The column is missing. The import does without it."),
}

PARENT_FILES = {"OrganizationID": "Organization", "ProjectID": "Project", "EnrollmentID": "Enrollment"}


def unreadable_text(kind: str, detail: str) -> str:
    return str(UNREADABLE[kind]) % {"detail": detail, "entries": MAX_ENTRIES}


def fault_text(fault: Fault) -> str:
    """The reason, without file and row, which stand beside it."""
    if fault.kind in ("orphan", "unreadable_date") and not fault.value:
        return _("%(column)s is blank.") % {"column": fault.column}
    words = {
        "column": fault.column,
        "value": fault.value,
        "parent": PARENT_FILES.get(fault.column, "Client"),
        "most": MAX_FAULTS,
        "key": MAX_KEY,
    }
    return str(FAULTS[fault.kind]) % words


def warning_text(warned: Warned) -> str:
    return str(WARNINGS[warned.kind]) % {"value": warned.value}
