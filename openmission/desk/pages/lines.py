"""A due item as a line on a page: who, what, why, the one action."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmission.care import sentences
from openmission.care.models.contact import Mode
from openmission.care.rules.agenda import Action, DueItem, Fact
from openmission.care.selectors.agenda import Line
from openmission.care.selectors.facts import Standing
from openmission.kernel.actors import Actor
from openmission.kernel.addresses import address
from openmission.programs.rules import Severity, day_count, localized, phase_on

TONES = {Severity.NOW: "now", Severity.TODAY: "today", Severity.WEEK: "week", Severity.WAITING: "waiting"}

PAGES = {
    Action.COVER_ORIENTATION: "intake:orientation",
    Action.SIGN_DOCUMENT: "intake:enrollment",
    Action.DO_ASSESSMENT: "intake:assessments",
    Action.ASSIGN_PAIR: "intake:pair",
    Action.REVIEW_PHASE: "care:review",
    Action.PLAN_DISCHARGE: "care:review",
    Action.DISCHARGE: "care:discharge",
}


@dataclass(frozen=True, slots=True)
class Because:
    """One fact of a "Why?", with the page of the row it rests on, if there is one."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """All that a line shows. `held` says who put it off or handed it on, until when and why it waits."""

    client_id: UUID
    enrollment_id: UUID
    key: str
    client_url: str
    name: str
    place: str
    tone: str
    time: str
    what: str
    rule: str
    source: str
    because: tuple[Because, ...]
    action_url: str
    action_label: str
    main: bool
    later_url: str
    held: str
    held_at: datetime | None


def place_of(standing: Standing, on: date) -> str:
    """Phase and day: `Try-out · day 74 of 182`."""
    phase = phase_on(on, standing.facts.spans)
    count = day_count(on, standing.facts.spans)
    title = localized(standing.program.phase(phase.phase).title, get_language() or "en")
    return _("%(phase)s · day %(day)s of %(total)s") % {"phase": title, "day": count.day, "total": count.total}


def page_line(viewer: Actor, line: Line, on: date) -> PageLine:
    """The line in the reader's language, with the addresses of what it asks for."""
    item, standing, language = line.item, line.standing, get_language() or "en"
    return PageLine(
        client_id=standing.client.id,
        enrollment_id=item.enrollment_id,
        key=item.key,
        client_url=address("desk:client", standing.client.id),
        name=standing.client.short_name,
        place=place_of(standing, on),
        tone=TONES[line.severity],
        time=_time(item),
        what=sentences.what(item, name=standing.client.short_name, program=standing.program),
        rule=localized(item.rule_text, language),
        source=f"{localized(item.source.document, language)}, {localized(item.source.place, language)}",
        because=tuple(_because(fact, standing) for fact in item.why),
        action_url=action_url(item, standing),
        action_label=str(sentences.ACTIONS[item.action]),
        main=line.severity >= Severity.TODAY,
        later_url=address("care:defer", item.enrollment_id, item.key),
        held=_held(item),
        held_at=item.held.at if item.held else None,
    )


def _time(item: DueItem) -> str:
    starts_at = item.what.params.get("starts_at") if item.what.code == "appointment.today" else None
    return f"{starts_at:%H:%M}" if starts_at else ""


def _because(fact: Fact, standing: Standing) -> Because:
    url = address("care:contact", fact.link_id) if fact.link == "contact" and fact.link_id else ""
    return Because(str(sentences.why(fact, program=standing.program)), url)


def _held(item: DueItem) -> str:
    return sentences.held_words(item.held, most=160) if item.held else ""


def action_url(item: DueItem, standing: Standing) -> str:
    """The page on which the asked action is recorded."""
    if item.action in PAGES:
        return address(PAGES[item.action], item.enrollment_id)
    if item.action == Action.RECORD_APPOINTMENT:
        asked = {"appointment": item.key.partition(":")[2]}
    elif item.action == Action.REACH_OUT:
        asked = {"client": str(standing.client.id), "outcome": "tried"}
        if item.what.code.startswith("outreach.call"):
            asked["mode"] = Mode.PHONE.value
    else:
        asked = {"client": str(standing.client.id)}
    return f"{address('care:record')}?{urlencode(asked)}"
