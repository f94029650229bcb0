"""The page of one contact, with its history; and the page that corrects it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openmission.care.beside import Beside, said_beside
from openmission.care.forms.contacts import ContactForm
from openmission.care.forms.fields import length_as_chosen
from openmission.care.models import Appointment, Contact, SafetyConcern
from openmission.care.models.contact import WITHDRAWN, Component, Mode, Outcome, Place, WithWhom
from openmission.care.pages.took_part import Participant, participants
from openmission.care.policies import can_correct_contact
from openmission.care.selectors.appointments import left_by_move, next_planned
from openmission.care.selectors.safety import concern_of
from openmission.care.selectors.whom import people
from openmission.kernel.actors import Actor
from openmission.kernel.days import long_time
from openmission.kernel.decisions import Decision
from openmission.programs.rules import localized
from openmission.programs.selectors import program
from openmission.staff.roles import ROLES

CHOICES: dict[str, Any] = {
    "outcome": Outcome,
    "mode": Mode,
    "component": Component,
    "place": Place,
    "with_whom": WithWhom,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field as it was before a correction and after it."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    at: datetime
    by: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class ContactPage:
    """`staff` as (name, role in words); `next`: what is planned with the client (not beside a withdrawn contact, which
    may be about somebody else); `moved`: `left_by_move`; `concern`: the safety steps that it opened; `beside`: pages of
    rooms above about it.
    """

    contact: Contact
    when: str
    summary: str
    phase: str
    next: Appointment | None
    moved: list[Appointment]
    staff: list[tuple[str, str | Promise]]
    correct: Decision
    concern: SafetyConcern | None
    corrections: list[Correction]
    beside: list[Beside]


def contact_page(viewer: Actor, contact: Contact, *, at: datetime) -> ContactPage:
    """What the page of a contact shows; newest correction first."""
    phase = program(viewer, contact.enrollment.program_version_id).phase(contact.phase)
    return ContactPage(
        contact=contact,
        when=_words("at", contact.at),
        summary=_summary(contact),
        next=None if contact.withdrawn_at else next_planned(viewer, contact.enrollment_id, at=at),
        moved=left_by_move(viewer, contact),
        phase=localized(phase.title, get_language() or "en"),
        staff=[(m.user.name, ROLES[m.role].title if m.role in ROLES else "") for m in contact.staff.all()],
        correct=can_correct_contact(viewer, contact, at),
        concern=concern_of(viewer, contact),
        corrections=_corrections(contact),
        beside=said_beside(viewer, contact),
    )


def _summary(contact: Contact) -> str:
    """ "Met · In person, home · 45 minutes"."""
    where = f", {contact.get_place_display()}" if contact.place else ""
    parts = [contact.get_outcome_display(), f"{contact.get_mode_display()}{where}"]
    return " · ".join([*parts, *([_words("minutes", contact.minutes)] if contact.minutes else [])])


def _corrections(contact: Contact) -> list[Correction]:
    """Each correction with what it changed: a version against the next one, the last against the contact itself."""
    versions = list(contact.versions.all())
    said = [json.loads(version.before) for version in versions]
    now = {name: getattr(contact, name) for name in ("at", "minutes", "note", "slip", *CHOICES)}
    now |= {"staff": sorted(member.user.name for member in contact.staff.all())}
    found = []
    for version, before, place in zip(versions, said, range(len(said)), strict=True):
        later = [*said[place + 1 :], now]
        after = {name: next(each[name] for each in later if name in each) for name in before}
        found.append(Correction(version.at, version.by_name, _changes(before, after)))
    return found[::-1]


def corrected_meanwhile(contact: Contact, *, asked: str | None) -> dict[str, Any]:
    """`seen`: the latest version, which the form carries. `meanwhile`: what was changed after the one that the sent
    form knew of (`asked`; None: the page is opened), newest first.
    """
    known = [str(version.id) for version in contact.versions.all()]
    newer = known[known.index(asked) + 1 :] if asked in known else known
    meanwhile = [] if asked is None else _corrections(contact)[: len(newer)]
    return {"seen": known[-1] if known else "", "meanwhile": meanwhile}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    labels = {name: field.label for name, field in ContactForm.base_fields.items()} | {"at": _("When")}
    pairs = {name: (_words(name, before[name]), _words(name, after[name])) for name in before}
    return [Change(labels[name] or "", old, new) for name, (old, new) in pairs.items() if old != new]


def _words(name: str, value: Any) -> str:
    """A stored value as people read it."""
    if name == "at":
        return long_time(datetime.fromisoformat(value) if isinstance(value, str) else value)
    if name == "minutes":
        return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}
    if name == "slip":
        return _("Yes") if value else _("No")
    if name == "staff":
        return ", ".join(value)
    if name == "outcome" and value == WITHDRAWN:
        return _("Withdrawn")
    if name in CHOICES:
        return str(CHOICES[name](value).label) if value else ""
    return str(value)


def correction_initial(contact: Contact) -> dict[str, Any]:
    """The contact as its form shows it; a withdrawn one as it was before."""
    before = json.loads(contact.versions.all()[::-1][0].before) if contact.withdrawn_at else {}
    local = timezone.localtime(contact.at)
    names = ("outcome", "mode", "place", "component", "with_whom", "note", "slip")
    return {
        **{name: getattr(contact, name) for name in names},
        **before,
        **length_as_chosen(contact.minutes),
        "day": local.date(),
        "time": local.time().replace(second=0, microsecond=0),
        "staff": [str(member.user_id) for member in contact.staff.all()],
    }


def correction_participants(viewer: Actor, contact: Contact, form: ContactForm, *, at: datetime) -> list[Participant]:
    """Who may have taken part; who is recorded stays among them, though they have left."""
    chosen = {str(id) for id in form["staff"].value() or ()}
    whoms = people(viewer, at=at, enrollment_id=contact.enrollment_id)
    there = {member.user_id: member.user.name for member in contact.staff.all()}
    return participants(viewer, whoms, chosen=chosen, there=there, at=at)
