"""Looking back on a phase, and on the whole program at its end."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmission.care.forms.phases import OTHER_DAY, PLANNED, STAY
from openmission.care.selectors.phases import PhaseLook, phase_looks
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.programs.rules import Phase, Program, localized
from openmission.programs.selectors import program as read_program
from openmission.staff.roles import ROLES


@dataclass(frozen=True, slots=True)
class Story:
    """An enrollment as a whole: its phases as (title, look), the one to look back on, the day it is on, its totals."""

    enrollment: Enrollment
    program: str
    phases: list[tuple[str, PhaseLook]]
    current: tuple[str, PhaseLook] | None
    rhythm: list[str]
    day: int
    meetings: int
    hours: float

    @property
    def at_the_end(self) -> bool:
        """In the last phase or beyond it."""
        return self.current is None or self.current[1].last

    @property
    def rail(self) -> list[tuple[str, int]]:
        """The phases as `phase_rail` takes them."""
        return [(title, (look.ends_on - look.starts_on).days) for title, look in self.phases]


def story(viewer: Actor, enrollment: Enrollment, *, at: datetime) -> Story:
    """What the pages of a look back show. The caller has the enrollment in reach."""
    program = read_program(viewer, enrollment.program_version_id)
    looks = phase_looks(viewer, enrollment)
    titled = [(_title(program, look), look) for look in looks]
    current = next(((title, look) for title, look in titled if not look.reviewed), None)
    return Story(
        enrollment=enrollment,
        program=localized(program.title, get_language() or "en"),
        phases=titled,
        current=current,
        rhythm=_rhythm(program.phase(current[1].slug)) if current else [],
        day=(timezone.localdate(at) - enrollment.starts_on).days + 1,
        meetings=sum(look.meetings for look in looks),
        hours=round(sum(look.minutes for look in looks) / 60, 1),
    )


def _title(program: Program, look: PhaseLook) -> str:
    return localized(program.phase(look.slug).title, get_language() or "en")


def _rhythm(phase: Phase) -> list[str]:
    """What the program asked for: "Case manager: every 7 days"."""
    return [
        _("%(role)s: every %(days)d days") % {"role": ROLES[contact.role].title, "days": contact.every_days}
        for contact in phase.contacts
    ]


def choices(story: Story) -> list[tuple[str, str]]:
    """What may follow the phase in hand, as choices of `ReviewForm`."""
    if story.current is None:
        return []
    title, look = story.current
    if look.last:
        longer = _("Stay longer in %(phase)s: the day below is the first after the program") % {"phase": title}
        return [(PLANNED, _("The plan for afterwards is made with the client")), (STAY, longer)]
    following = story.phases[[each for _title, each in story.phases].index(look) + 1][0]
    words = {"phase": following, "day": date_format(look.ends_on, "D j M"), "current": title}
    return [
        (PLANNED, _("Move on to %(phase)s on %(day)s, as planned") % words),
        (OTHER_DAY, _("Move on to %(phase)s on the day below") % words),
        (STAY, _("Stay longer in %(current)s, and move on to %(phase)s on the day below") % words),
    ]


def farewell(story: Story, discharge: str) -> str:
    """What we say when the program has ended for somebody."""
    words = {"name": story.enrollment.client.short_name, "meetings": story.meetings, "program": story.program}
    if discharge == Enrollment.Discharge.COMPLETED:
        return (
            _("%(name)s has finished %(program)s. %(meetings)d meetings, side by side: well done, all of you.") % words
        )
    if discharge == Enrollment.Discharge.DIED:
        return (
            _("The record of %(name)s is closed. We are sorry. Take the time you need, and talk to each other.") % words
        )
    return _("%(name)s has left %(program)s. The door stays open: they can be referred again at any time.") % words
