"""Answers that somebody else gave otherwise meanwhile, in words and as values of a form."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from openmission.care.models.contact import Mode, Place
from openmission.delivery.answers import HERE
from openmission.delivery.forms.exam import AGENDA, LABELS, ExamFields
from openmission.delivery.forms.rounds import ATTENDANCE
from openmission.kernel.days import long_time
from openmission.kernel.merging import Conflict

WORDS = (("note",), ("homework",))


def mine_of(found: Collection[Conflict]) -> dict[str, Any]:
    """What stands in the form again of what the person said, as nested as it is kept: words, answers where nobody has
    another one, and that somebody came whom a colleague marked absent. Elsewhere theirs is shown: saving again without
    a thought undoes nothing.
    """
    mine: dict[str, Any] = {}
    stored = {conflict.place: conflict.stored for conflict in found}
    for conflict in found:
        came = conflict.place == ("attendance",) and conflict.mine in HERE and conflict.stored not in HERE
        with_use = conflict.place == ("exam", "substances") and stored.get(("exam", "use"))
        if with_use or not (came or conflict.place in WORDS or conflict.stored in (None, "")):
            continue
        part = mine
        for name in conflict.place[:-1]:
            part = part.setdefault(name, {})
        part[conflict.place[-1]] = conflict.mine
    return mine


def told(conflict: Conflict, sessions: Mapping[str, str] | None = None) -> str:
    """`Mood, 1 low to 10 good: “4” is saved, you said “6”.` `sessions`: the titles of those that may be meant."""
    name = conflict.place[-1] if conflict.place else ""
    own = {"attendance": _("Here today?"), "note": _("Note"), "homework": _("Homework"), "session": _("Session")}
    own |= {"at": _("When"), "where": _("How and where"), "minutes": _("How long, in minutes")}
    stored, mine = (_words(name, value, sessions or {}) for value in (conflict.stored, conflict.mine))
    words = {"label": {**LABELS, **own}.get(name, name), "stored": stored, "mine": mine}
    return _("%(label)s: “%(stored)s” is saved, you said “%(mine)s”.") % words


def _words(name: str, value: Any, sessions: Mapping[str, str]) -> str:
    if name == "at" and value:
        return long_time(datetime.fromisoformat(value))
    if name == "where" and value:
        mode, _slash, place = value.partition("/")
        return ", ".join(str(said.label) for said in (Mode(mode), *([Place(place)] if place else [])))
    choices = {"attendance": dict(ATTENDANCE), "agenda": dict(AGENDA), "session": sessions}.get(name, {})
    if name in ExamFields.base_fields:
        choices = dict(getattr(ExamFields.base_fields[name], "choices", ()))
    values = value if isinstance(value, list) else [value]
    said = [str(choices.get(str(each), each)) for each in values if each not in (None, "")]
    return ", ".join(said) or _("nothing")
