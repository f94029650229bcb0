"""A program version as its page shows it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from openmission.programs.rules import OrientationTopic, Program

COMPONENTS: dict[str, str | Promise] = {
    "cti": lazy("Case management through a critical time"),
    "drt": lazy("Dual Recovery Therapy"),
    "peer": lazy("Peer-led sessions"),
    "housing": lazy("Housing"),
    "vocational": lazy("Work and school"),
    "trauma": lazy("Trauma-informed care"),
    "justice": lazy("Courts and justice"),
}
REACH: dict[str, str | Promise] = {
    "call": lazy("Call or text"),
    "visit": lazy("Visit at home or in the community"),
    "team": lazy("The whole team, together"),
}
GROUPS: dict[str, str | Promise] = {
    "structure": lazy("How it works"),
    "goals": lazy("What it is for"),
    "requirements": lazy("What we ask and keep"),
}


@dataclass(frozen=True, slots=True)
class OutreachRow:
    reach: str | Promise
    reached: str
    retry_days: int
    severity: str


def component_titles(program: Program) -> list[str | Promise]:
    return [title for code, title in COMPONENTS.items() if code in program.components]


def topic_groups(program: Program) -> Iterator[tuple[str | Promise, list[OrientationTopic]]]:
    """The orientation topics under their headings, in the order of the guide's table."""
    for group, title in GROUPS.items():
        yield title, [topic for topic in program.orientation.topics if topic.group == group]


def outreach_rows(program: Program) -> list[OutreachRow]:
    rows = []
    for level in program.outreach.levels:
        reached = ngettext("%d miss", "%d misses in a row", level.misses) % level.misses
        if level.overdue_days is not None:
            days = ngettext("%d day past the due day", "%d days past the due day", level.overdue_days)
            reached = _("%(misses)s, or %(days)s") % {"misses": reached, "days": days % level.overdue_days}
        rows.append(OutreachRow(REACH[level.reach], reached, level.retry_days, level.severity.name.lower()))
    return rows
