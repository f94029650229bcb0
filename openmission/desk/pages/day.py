"""My day."""

from dataclasses import dataclass
from datetime import date

from openmission.care.selectors.agenda import day_lines, day_rows
from openmission.desk.pages.groups import GroupLine, group_lines
from openmission.desk.pages.lines import PageLine, page_line
from openmission.kernel.actors import Actor
from openmission.staff.models import Cover
from openmission.staff.selectors import running_covers

GROUPS = ("now", "today", "week", "waiting")


@dataclass(frozen=True, slots=True)
class Day:
    """By how they press: the groups that the viewer leads, and the clients' lines; appointments of today in the order
    of the clock.

    `no_clients`: the viewer serves nobody (yet), neither as one of a pair nor as a supervisor.
    """

    groups: tuple[tuple[str, tuple[GroupLine, ...], tuple[PageLine, ...]], ...]
    covers: tuple[Cover, ...]
    no_clients: bool

    @property
    def is_clear(self) -> bool:
        """Nothing presses today."""
        return not any(led or lines for tone, led, lines in self.groups if tone in ("now", "today"))

    @property
    def is_empty(self) -> bool:
        return not any(led or lines for _tone, led, lines in self.groups)


def my_day(viewer: Actor, *, on: date, whole_pair: bool = False) -> Day:
    """The viewer's day, with the pair's lines when asked for, and the colleagues whom the viewer covers."""
    by_tone: dict[str, list[PageLine]] = {tone: [] for tone in GROUPS}
    for line in day_lines(viewer, on=on, whole_pair=whole_pair):
        shown = page_line(line, on)
        by_tone[shown.tone].append(shown)
    by_tone["today"].sort(key=lambda line: (not line.time, line.time))
    led = group_lines(viewer, on=on)
    some = bool(led) or any(by_tone.values())
    return Day(
        groups=tuple(
            (tone, tuple(line for line in led if line.tone == tone), tuple(lines)) for tone, lines in by_tone.items()
        ),
        covers=tuple(running_covers(viewer, on=on)) if viewer.covers else (),
        no_clients=not some and not day_rows(viewer),
    )
