"""The choices of Who: today's people first, then the recently seen, then everybody else the viewer serves."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.forms.contacts import WhoForm, read_target
from openmission.care.models import Appointment
from openmission.care.pages.took_part import Participant, participants
from openmission.care.selectors.whom import Whom, found_people, people
from openmission.kernel.actors import Actor
from openmission.kernel.days import short_day, short_time
from openmission.kernel.errors import NotFound
from openmission.programs.selectors import program

RECENT_SHOWN = 6
FEW = 10


@dataclass(frozen=True, slots=True)
class Option:
    """A person, or one of their appointments that waits for a record."""

    value: str
    name: str
    hint: str
    whom: Whom
    components: frozenset[str]
    appointment: Appointment | None = None

    @property
    def marks(self) -> dict[str, str]:
        """What a script brings along when the option is chosen."""
        team = " ".join(str(member.user_id) for member in self.whom.team)
        found = {"team": team, "components": " ".join(self.components)}
        if planned := self.appointment:
            at = timezone.localtime(planned.at)
            found |= {"day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "mode": planned.mode, "place": planned.place}
            found |= {"minutes": str(planned.minutes), "component": planned.component}
        if self.whom.coming:
            found["coming"] = short_time(self.whom.coming.at)
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """Options under a title; `folded` away when there are many."""

    title: str
    options: list[Option]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class WhoChoices:
    """`in_hand` are the options of the person in hand, `chosen` the one among them; `found`: who fits the search (None:
    nothing was searched); `groups`: everybody else; `took_part`: who may have been there. `closed`: the appointment
    that was asked for, when it is planned no more.
    """

    chosen: Option | None
    in_hand: list[Option]
    found: Group | None
    groups: list[Group]
    took_part: list[Participant]
    components: frozenset[str]
    closed: Appointment | None


def who_choices(
    viewer: Actor, form: WhoForm, own: list[Whom], *, at: datetime, asked: str = "", planned: bool = True
) -> WhoChoices:
    """What the page offers. `own`: whom the viewer serves. `asked`: what was typed into the search. `planned`: open
    appointments are choices too.
    """
    who = form["who"].value() or ""
    found = found_people(viewer, asked, at=at) if asked else []
    hand, named = _person_in_hand(viewer, who, [*own, *found], at=at)
    if not planned:
        own, hand = ([replace(whom, open=()) for whom in whoms] for whoms in (own, hand))
    in_hand = _options(viewer, hand, at=at)
    others = _options(viewer, [whom for whom in own if whom.enrollment not in {w.enrollment for w in hand}], at=at)
    return WhoChoices(
        chosen=next((option for option in in_hand if option.value == who), in_hand[-1] if in_hand else None),
        in_hand=in_hand,
        found=Group(_("Found"), [_option(viewer, whom, None, at=at) for whom in found]) if asked else None,
        groups=_groups(others, folded=bool(in_hand)),
        took_part=participants(viewer, hand or own, chosen={str(id) for id in form["staff"].value() or ()}, at=at),
        components=frozenset().union(*(option.components for option in in_hand or others)),
        closed=named if named and named.state != Appointment.State.PLANNED else None,
    )


def _person_in_hand(
    viewer: Actor, who: str, known: list[Whom], *, at: datetime
) -> tuple[list[Whom], Appointment | None]:
    """The person that `who` names, if in reach; with the appointment it names, though that be still to come."""
    if found := [whom for whom in known if who == f"e:{whom.enrollment.id}"][:1]:
        return found, None
    try:
        target = read_target(viewer, who, at=at)
    except NotFound:
        return [], None
    found = [whom for whom in known if whom.enrollment == target.enrollment][:1]
    found = found or people(viewer, at=at, enrollment_id=target.enrollment.id)
    named = target.appointment
    if named and named.state == Appointment.State.PLANNED:
        found = [replace(whom, open=tuple({*whom.open, named})) for whom in found]
    return found, named


def _options(viewer: Actor, whoms: list[Whom], *, at: datetime) -> list[Option]:
    """For each person the open appointments by time, then the person without one: a contact may be unplanned."""
    return [
        _option(viewer, whom, appointment, at=at)
        for whom in whoms
        for appointment in (*sorted(whom.open, key=lambda a: a.at), None)
    ]


def _option(viewer: Actor, whom: Whom, appointment: Appointment | None, *, at: datetime) -> Option:
    return Option(
        value=f"a:{appointment.id}" if appointment else f"e:{whom.enrollment.id}",
        name=whom.enrollment.client.short_name,
        hint=_when(appointment, at) if appointment else _seen(whom),
        whom=whom,
        components=program(viewer, whom.enrollment.program_version_id).components,
        appointment=appointment,
    )


def _when(appointment: Appointment, at: datetime) -> str:
    local = timezone.localtime(appointment.at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate(at) else short_time(appointment.at)


def _seen(whom: Whom) -> str:
    return _("seen %(day)s") % {"day": short_day(whom.seen_on)} if whom.seen_on else ""


def _groups(options: list[Option], *, folded: bool) -> list[Group]:
    planned = sorted((o for o in options if o.appointment), key=lambda o: o.appointment.at)  # type: ignore[union-attr]
    plain = [option for option in options if not option.appointment]
    recent = (option for option in plain if option.whom.seen_on and not option.whom.open)
    seen = sorted(recent, key=lambda option: str(option.whom.seen_on), reverse=True)[:RECENT_SHOWN]
    rest = [option for option in plain if option not in seen]
    groups = [
        Group(_("Planned"), planned),
        Group(_("Seen in the last days"), seen),
        Group(_("All others") if planned or seen else _("Your clients"), rest, folded or len(rest) > FEW),
    ]
    return [group for group in groups if group.options]
