"""The attendance sheet of a group meeting on paper: for the facilitator, to be filled in by hand and then destroyed."""

from pathlib import Path

from django.utils.translation import gettext as _

from openmission.delivery.forms.rounds import ATTENDANCE
from openmission.delivery.pages.meeting import MeetingPage
from openmission.delivery.pages.titles import session_title
from openmission.kernel.paper import pdf

TEMPLATE = Path(__file__).with_name("attendance.typ")


def attendance_pdf(page: MeetingPage, *, at: str, group: str, language: str) -> bytes:
    """In the language that is active, as `language`. A member is there by the short name only."""
    data = {
        "language": language,
        "title": _("Attendance"),
        "group": group,
        "session": session_title(page.session),
        "at": at,
        "columns": [_("Name"), *(str(words) for _code, words in ATTENDANCE), _("Came at")],
        "names": [seat.expected.client.short_name for seat in page.seats],
        "labels": {
            "led": _("Led by"),
            "homework": _("To try until next time"),
            "next": _("Next time and place"),
            "keep": _("This sheet names people in treatment. Record it today, then shred it."),
        },
    }
    return pdf(TEMPLATE, data)
