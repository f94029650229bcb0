"""The forms of something new with a client: everything prefilled that can be."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.forms.contacts import read_target
from openmission.care.forms.fields import length_as_chosen
from openmission.care.models.contact import Component, Mode, Outcome, Place, WithWhom
from openmission.care.pages.contact import correction_initial
from openmission.care.selectors.contacts import get_contact
from openmission.care.selectors.whom import Whom, asked_person
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.ids import new_id
from openmission.staff.roles import CASE_MANAGER, PEER_SPECIALIST

SOON = timedelta(hours=1)
WAYS_IN = ("appointment", "client", "again")


def draft_name(noun: str, query: QueryDict) -> str:
    """Under which name what is half typed is kept: one for each way in, which `half_written.js` leads back to."""
    return f"{noun}:{next((f'{way}={query[way]}' for way in WAYS_IN if query.get(way)), 'new')}"


def typed(data: QueryDict) -> dict[str, Any]:
    """What was typed so far, as initial values of a fresh form: for a page that is shown again without judging it."""
    return {name: data.getlist(name) if name == "staff" else data[name] for name in data}


def new_contact(viewer: Actor, query: QueryDict, own: list[Whom], *, at: datetime) -> dict[str, Any]:
    """What the asked appointment says, what the withdrawn contact `again` said, else a meeting in person now, or the
    asked outcome and way. `own`: whom the viewer serves. Raises `NotFound`.

    An asked outcome is that of something new, such as reaching out: no appointment is used up by it.
    """
    if again := query.get("again"):
        return {"id": new_id(), "who": "", **_withdrawn(viewer, again, at=at)}
    outcome = query["outcome"] if query.get("outcome") in Outcome.values else Outcome.MET
    mode = query["mode"] if query.get("mode") in Mode.values else Mode.IN_PERSON
    who = _first_choice(viewer, query, own, at=at)
    planned = read_target(viewer, who, at=at).appointment if who.startswith("a:") else None
    when = timezone.localtime(min(planned.at, at) if planned else at)
    values = {
        "id": new_id(),
        "who": who,
        "outcome": outcome,
        "mode": planned.mode if planned else mode,
        "day": when.date(),
        "time": when.time(),
        "with_whom": WithWhom.CLIENT,
        "staff": [str(viewer.id)],
        "component": _usual_component(viewer),
    }
    if planned:
        values |= {
            "place": planned.place,
            "component": planned.component or values["component"],
            **length_as_chosen(planned.minutes),
        }
    return values


def _withdrawn(viewer: Actor, id: str, *, at: datetime) -> dict[str, Any]:
    """What a contact said before it was withdrawn, to be recorded for the right client. Raises `NotFound`."""
    try:
        contact = get_contact(viewer, UUID(id), at=at)
    except ValueError:
        contact = None
    if contact is None or not contact.withdrawn_at:
        raise NotFound(_("There is no such withdrawn contact among those you may read."))
    return correction_initial(contact)


def new_appointment(viewer: Actor, query: QueryDict, own: list[Whom], *, at: datetime) -> dict[str, Any]:
    """Tomorrow at ten with the asked client. Raises `NotFound`."""
    whom = _asked(viewer, query, own, at=at)
    return {
        "id": new_id(),
        "who": f"e:{whom.enrollment.id}" if whom else "",
        "next_day": timezone.localtime(at).date() + timedelta(days=1),
        "next_time": time(10),
        "mode": Mode.IN_PERSON,
        "place": Place.OFFICE,
        "minutes": 45,
        "component": _usual_component(viewer),
        "staff": [str(viewer.id)],
    }


def _first_choice(viewer: Actor, query: QueryDict, own: list[Whom], *, at: datetime) -> str:
    """The asked appointment, or the asked client with the appointment whose time has come today."""
    if query.get("appointment"):
        return f"a:{query['appointment']}"
    whom = _asked(viewer, query, own, at=at)
    if not whom:
        return ""
    if query.get("outcome") in Outcome.values:
        return f"e:{whom.enrollment.id}"
    today = [a for a in whom.open if timezone.localdate(a.at) == timezone.localdate(at) and a.at <= at + SOON]
    return f"a:{today[-1].id}" if today else f"e:{whom.enrollment.id}"


def _asked(viewer: Actor, query: QueryDict, own: list[Whom], *, at: datetime) -> Whom | None:
    if not query.get("client"):
        return None
    try:
        return asked_person(viewer, own, UUID(query.get("client")), at=at)
    except ValueError:
        raise NotFound(_("There is no such client among those you serve.")) from None


def _usual_component(viewer: Actor) -> str:
    return Component.PEER if viewer.has(PEER_SPECIALIST) and not viewer.has(CASE_MANAGER) else Component.CTI
