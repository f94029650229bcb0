"""The lines of this room in the reader's words, for the agenda."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openmission.care.beside import Beside
from openmission.care.models import Contact
from openmission.care.models.contact import Outcome
from openmission.care.raised import Raiser
from openmission.care.rules.agenda import DueItem, Fact
from openmission.curricula.rules import Curriculum, Session
from openmission.curricula.selectors import worksheet
from openmission.delivery.rules.agenda import OVERTAKEN
from openmission.delivery.selectors.courses import raised_of
from openmission.delivery.selectors.history import session_on
from openmission.kernel.actors import SYSTEM, Actor
from openmission.kernel.addresses import address
from openmission.kernel.days import short_day
from openmission.kernel.errors import NotFound
from openmission.programs.rules import Program, localized

LABELS: dict[str, str | Promise] = {
    "delivery.next": lazy("Hold the session"),
    "delivery.behind": lazy("Hold the session"),
    "delivery.make_up": lazy("Make it up"),
    "delivery.worksheet": lazy("Prepare"),
    "delivery.booster": lazy("Offer it"),
}
NUMBERED = {"drt": lazy("DRT session %(number)s"), "peer": lazy("Peer session %(number)s")}


def session_name(curriculum: Curriculum, session: Session) -> str:
    """`DRT session 4, Developing a personal recovery plan`; the title only where a source confirms it."""
    title = session.title if curriculum.titles_verified else None
    return _named({"curriculum": curriculum.slug, "number": session.number, "title": title})


def _named(p: Mapping[str, Any]) -> str:
    numbered = str(NUMBERED.get(p["curriculum"], lazy("Session %(number)s"))) % {"number": p["number"]}
    return f"{numbered}, {localized(p['title'], get_language() or 'en')}" if p["title"] else numbered


def _what(item: DueItem, name: str, program: Program) -> str:
    p = item.what.params
    values = {**p, "name": name, "session": _named(p), "on": short_day(p["due_on"])}
    rule = item.rule.partition(".")[2]
    if rule == "next":
        late = _("%(name)s has been waiting for %(session)s since %(on)s.")
        return (late if p["late"] else _("Next for %(name)s: %(session)s, by %(on)s.")) % values
    if rule == "behind":
        text = _("%(name)s has had %(given)s of %(total)s sessions, %(expected)s would fit by now. Next: %(session)s.")
        return text % values
    if rule == "make_up":
        missed = _("%(name)s missed %(session)s and %(more)s more.") if p["more"] else _("%(name)s missed %(session)s.")
        by = _("It was to be made up by %(on)s.") if p["late"] else _("Make it up by %(on)s.")
        return f"{missed % values} {by % values}"
    if rule == "worksheet":
        return _worksheet({**values, "day": short_day(p["session_on"]), "sheet": _title(str(p["sheet"]))})
    if p["again"]:
        return _("%(name)s told us about use. Offer %(session)s once more, if they want it.") % values
    return _("%(name)s told us about use. Offer %(session)s sooner, if they want it.") % values


def _worksheet(p: Mapping[str, Any]) -> str:
    if p["state"] == OVERTAKEN:
        text = _("“%(sheet)s” for %(session)s on %(day)s was ready; since then its list has grown.")
    elif p["state"]:
        text = _("“%(sheet)s” for %(session)s on %(day)s is begun, not ready yet.")
    else:
        text = _("Prepare “%(sheet)s” with %(name)s for %(session)s on %(day)s.")
    more = ngettext("%(more)s more worksheet too.", "%(more)s more worksheets too.", p["more"]) if p["more"] else ""
    return f"{text % p} {more % p}".strip()


def _title(sheet: str) -> str:
    """The title of a worksheet; its slug where it is not published any more."""
    try:
        return localized(worksheet(SYSTEM, sheet).title, get_language() or "en")
    except NotFound:
        return sheet


def _why(fact: Fact, program: Program) -> str:
    code, p = fact.message.code.partition(".")[2], fact.message.params
    values = {**p, "on": short_day(p["on"])} if p.get("on") else dict(p)
    if code == "given":
        return _("%(given)s of %(total)s sessions so far, the last on %(on)s.") % values
    if code == "none_given":
        return _("None of the %(total)s sessions yet.") % values
    if code == "rhythm":
        return ngettext("%(per_week)s session a week.", "%(per_week)s sessions a week.", p["per_week"]) % values
    if code == "expected":
        return _("Spread evenly over the phases that have them, %(expected)s of %(total)s would fit by now.") % values
    if code in ("missed", "planned"):
        values["session"] = _named(p)
        text = _("Missed on %(on)s: %(session)s.") if code == "missed" else _("Planned for %(on)s: %(session)s.")
        return text % values
    return _("Use was told of on %(on)s: support comes closer.") % values


def _label(item: DueItem) -> str:
    return str(LABELS[item.rule])


def _url(item: DueItem) -> str:
    p = item.what.params
    if item.rule == "delivery.worksheet":
        return address("workbook:sheet", item.enrollment_id, p["sheet"])
    asked = urlencode({"session": p["session"]})
    return f"{address('delivery:session', item.enrollment_id, p['curriculum'])}?{asked}"


def _instead(item: DueItem) -> tuple[str, str] | None:
    if item.rule != "delivery.booster":
        return None
    url = address("delivery:declined", item.enrollment_id, item.what.params["curriculum"])
    return url, _("It was offered, and they do not want it")


RAISER = Raiser(raised=raised_of, what=_what, why=_why, label=_label, url=_url, instead=_instead)


def beside(viewer: Actor, contact: Contact) -> Beside | None:
    """On the page of a contact: where the session that hangs on it is corrected."""
    found = session_on(viewer, contact.id)
    if found and found.meeting_id:
        return Beside(address("delivery:meeting", found.meeting_id), _("Open the group meeting"))
    if found and contact.outcome == Outcome.MET:
        return Beside(address("delivery:correct", found.id), _("Correct the session"), corrects=True)
    return None
