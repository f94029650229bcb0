"""The engine's codes as sentences, in the reader's language: kind, concrete, person-first."""

from collections.abc import Iterable
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openmission.care.models.contact import Component, Mode, Place
from openmission.care.raised import raiser_of
from openmission.care.rules.agenda import Action, Deferral, DueItem, Fact
from openmission.kernel.days import short_day
from openmission.programs.rules import Program, Text, localized

ACTIONS: dict[Action, str | Promise] = {
    Action.RECORD_CONTACT: lazy("Record contact"),
    Action.REACH_OUT: lazy("Reach out"),
    Action.COVER_ORIENTATION: lazy("Orientation"),
    Action.SIGN_DOCUMENT: lazy("Sign papers"),
    Action.DO_ASSESSMENT: lazy("Assessments"),
    Action.ASSIGN_PAIR: lazy("Assign the pair"),
    Action.REVIEW_PHASE: lazy("Review the phase"),
    Action.PLAN_DISCHARGE: lazy("Plan what comes after"),
    Action.DISCHARGE: lazy("Complete the program"),
    Action.RECORD_APPOINTMENT: lazy("Record"),
    Action.TAKE_SAFETY_STEPS: lazy("Open steps"),
}
FACTS = {
    "last_met": lazy("Last met %(whom)s on %(on)s."),
    "never_met": lazy("Has not met %(whom)s yet."),
    "enrolled": lazy("Enrolled on %(on)s."),
    "first_by": lazy("First meeting by %(on)s."),
    "role_empty": lazy("Nobody is %(role)s yet."),
    "expected_every": lazy("When last met, in the phase “%(phase)s”: meetings at least every %(days)s days."),
    "closer_contact": lazy("A slip was shared on %(on)s: support comes closer, at least every %(days)s days."),
    "reach.call": lazy("Outreach: call or text; try again after %(retry_days)s days."),
    "reach.visit": lazy("Outreach: go and visit; try again after %(retry_days)s days."),
    "reach.team": lazy("Outreach: the whole team, together; try again every day."),
    "phase_ends": lazy("The phase “%(phase)s” ends on %(on)s."),
    "phase_ended": lazy("The phase “%(phase)s” ended on %(on)s."),
    "program_ends": lazy("The program ends on %(on)s."),
    "program_ended": lazy("The program ended on %(on)s."),
    "plan_open": lazy("There is no plan for afterwards yet."),
    "planned": lazy("Planned for %(on)s, %(time)s."),
    "because.low_mood": lazy("A very low mood on %(on)s."),
    "because.high_anxiety": lazy("Very high anxiety on %(on)s."),
    "because.worried": lazy("Somebody is worried since %(on)s."),
}
ENDINGS = {
    "review.coming": lazy("%(phase)s ends on %(on)s: look back on it together."),
    "review.passed": lazy("%(phase)s ended on %(on)s and has not been looked back on yet."),
    "discharge_plan.coming": lazy("The program ends on %(on)s: plan with %(name)s what comes after."),
    "discharge_plan.passed": lazy("The program ended on %(on)s: plan with %(name)s what comes after."),
    "discharge.coming": lazy("%(name)s completes the program on %(on)s: honor the work."),
    "discharge.passed": lazy("The program ended on %(on)s: close it with %(name)s and honor the work."),
}


def what(item: DueItem, *, name: str, program: Program) -> str:
    """The line's sentence, e.g. "Dana has not been seen for 16 days. Visit at home or in the community."."""
    code, params = item.what.code, item.what.params
    if raiser := raiser_of(item.rule):
        return raiser.what(item, name, program)
    if item.rule == "outreach":
        return _outreach(code, params, name)
    rule, _dot, state = code.partition(".")
    if rule in ("contact", "first_contact"):
        return _contact(code, params, name)
    if rule == "appointment":
        return _appointment(state, params)
    if rule in ("review", "discharge", "discharge_plan"):
        return _ending(code, params, name, program)
    if rule == "safety":
        return _safety(state, params)
    if rule == "pair":
        return _("%(name)s still needs %(roles)s.") % {"name": name, "roles": _listed(map(_one, params["roles"]))}
    return _open(code, params, program)


def action_words(item: DueItem) -> str:
    """What the line's button says."""
    raiser = raiser_of(item.rule)
    return raiser.label(item) if raiser else str(ACTIONS[item.action])


def held_words(held: Deferral, *, most: int) -> str:
    """Who put the line off or handed it to whom, until when, and why, in at most so many letters of theirs."""
    words = {"by": held.by_name, "to": held.to_name, "on": short_day(held.until_on)}
    words["reason"] = Truncator(" ".join(held.reason.split())).chars(most)
    if held.to:
        return _("%(by)s handed this to %(to)s until %(on)s: “%(reason)s”") % words
    return _("%(by)s put this off until %(on)s: “%(reason)s”") % words


def why(fact: Fact, *, program: Program) -> str:
    """One fact of a "Why?"."""
    code, p = fact.message.code, fact.message.params
    if raiser := raiser_of(code):
        return raiser.why(fact, program)
    if code.endswith(".open"):
        return _open(code, p, program)
    if code == "missed":
        return _missed(p)
    return str(FACTS[code]) % _values(p, program)


def _values(p: Any, program: Program) -> dict[str, Any]:
    values = dict(p)
    if "on" in p:
        values["on"] = short_day(p["on"])
    if "role" in p:
        values |= {"role": _one(p["role"]), "whom": _the(p["role"])}
    if "phase" in p:
        values["phase"] = _words(program.phase(p["phase"]).title)
    if "starts_at" in p:
        values["time"] = formats.time_format(p["starts_at"], "H:i")
    return values


def _outreach(code: str, p: Any, name: str) -> str:
    ask = {
        "call": _("Call or text."),
        "visit": _("Visit at home or in the community."),
        "team": _("Go together, and bring it to the team meeting."),
    }[code.split(".")[1]]
    if p["waiting"]:
        ask = _("Tried. Next try by %(on)s.") % {"on": short_day(p["due_on"])}
    values = {"name": name, "days": p["days"], "misses": p["misses"]}
    if code.endswith(".never_met"):
        seen = (
            ngettext(
                "nobody has met them since enrolling, %(days)s day ago",
                "nobody has met them since enrolling, %(days)s days ago",
                p["days"],
            )
            % values
        )
    elif p["days"] == 0:
        seen = _("last seen today")
    else:
        seen = ngettext("last seen %(days)s day ago", "last seen %(days)s days ago", p["days"]) % values
    if p["misses"]:
        missed = ngettext(
            "%(name)s missed a meeting or did not answer once",
            "%(name)s missed a meeting or did not answer %(misses)s times in a row",
            p["misses"],
        )
        return f"{missed % values}; {seen}. {ask}"
    if code.endswith(".never_met"):
        return f"{name}: {seen}. {ask}"
    return _("%(name)s has not been seen for %(days)s days.") % values + f" {ask}"


def _contact(code: str, p: Any, name: str) -> str:
    values = {"name": name, "whom": _the(p["role"]), "days": p["days"], "on": short_day(p["due_on"])}
    if code == "contact.due":
        return (
            ngettext(
                "%(name)s has not met %(whom)s for %(days)s day.",
                "%(name)s has not met %(whom)s for %(days)s days.",
                p["days"],
            )
            % values
        )
    if code == "contact.coming":
        return _("%(name)s meets %(whom)s next by %(on)s.") % values
    return _("%(name)s is new: first meeting with %(whom)s by %(on)s.") % values


def _appointment(state: str, p: Any) -> str:
    values = {"on": short_day(p["on"]), "time": formats.time_format(p["starts_at"], "H:i"), "visit": _visit(p)}
    if state == "past":
        return _("Appointment of %(on)s, %(time)s (%(visit)s): no record yet.") % values
    if state == "today":
        return _("Appointment at %(time)s: %(visit)s.") % values
    return _("Appointment on %(on)s, %(time)s: %(visit)s.") % values


def _safety(state: str, p: Any) -> str:
    values = {"on": short_day(p["on"])}
    if state == "answers":
        return _("Worrying answers on %(on)s: the safety steps are not done.") % values
    return _("A worry about safety on %(on)s: the safety steps are not done.") % values


def _visit(p: Any) -> str:
    """What is planned: `In person, Home · Case management`."""
    if not p["mode"]:
        return _("as agreed")
    where = f", {Place(p['place']).label}" if p["mode"] == Mode.IN_PERSON and p["place"] else ""
    about = f" · {Component(p['component']).label}" if p["component"] else ""
    return f"{Mode(p['mode']).label}{where}{about}"


def _ending(code: str, p: Any, name: str, program: Program) -> str:
    values = {"name": name, "on": short_day(p["on"])}
    if "phase" in p:
        values["phase"] = _words(program.phase(p["phase"]).title)
    return str(ENDINGS[code]) % values


def _open(code: str, p: Any, program: Program) -> str:
    rule = code.removesuffix(".open")
    sentence = _gap(rule, p["missing"], program)
    if p["also"]:
        names = {"orientation": _("the orientation"), "assessments": _("the assessments")}
        sentence += " " + _("Also open: %(names)s.") % {"names": _listed(names[slug] for slug in p["also"])}
    return sentence


def _gap(rule: str, missing: tuple[str, ...], program: Program) -> str:
    if rule == "orientation":
        values = {"count": len(missing), "total": len(program.orientation.topics)}
        return _("Orientation: %(count)s of %(total)s topics to cover.") % values
    specs = program.documents if rule == "documents" else program.assessments
    titles = [_words(spec.title) for spec in specs if spec.slug in missing]
    if rule == "documents":
        return _("To sign: %(titles)s.") % {"titles": _listed(_("“%(title)s”") % {"title": each} for each in titles)}
    return _("To assess: %(titles)s.") % {"titles": _listed(titles)}


def _missed(p: Any) -> str:
    values = {"count": p["count"], "on": short_day(p["on"])}
    counted = ngettext("%(count)s miss since then", "%(count)s misses in a row", p["count"]) % values
    latest = _("the latest was a try of ours on %(on)s") if p["tried"] else _("the latest was a no-show on %(on)s")
    return f"{counted}; {latest % values}."


def _the(role: str) -> str:
    return {"case_manager": _("the case manager"), "peer_specialist": _("the peer")}.get(role) or _(
        "anyone of the team"
    )


def _one(role: str) -> str:
    return _("a case manager") if role == "case_manager" else _("a peer")


def _words(text: Text) -> str:
    return localized(text, get_language() or "en")


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last
