"""A due item as a line on a page: who, what, why, the one action."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmission.care import sentences
from openmission.care.models.contact import Mode
from openmission.care.raised import raiser_of
from openmission.care.rules.agenda import Action, DueItem, Fact, may_wait
from openmission.care.selectors.agenda import Line
from openmission.care.selectors.facts import Standing
from openmission.kernel.addresses import address
from openmission.kernel.languages import in_each_language
from openmission.programs.rules import PhaseSpan, Program, Severity, day_count, localized, phase_on

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
    later_label: str
    held: str
    held_at: datetime | None


def place_of(standing: Standing, on: date) -> str:
    """Phase and day: `Try-out · day 74 of 182`."""
    return _place(standing.program, standing.facts.spans, on)


@in_each_language
def _place(program: Program, spans: tuple[PhaseSpan, ...], on: date) -> str:
    count = day_count(on, spans)
    title = localized(program.phase(phase_on(on, spans).phase).title, get_language() or "en")
    return _("%(phase)s · day %(day)s of %(total)s") % {"phase": title, "day": count.day, "total": count.total}


def page_line(line: Line, on: date) -> PageLine:
    """The line in the reader's language, with the addresses of what it asks for."""
    standing = line.standing
    client, ended = standing.client, standing.facts.closed
    place = _("The program has ended.") if ended else place_of(standing, on)
    shown = line.item, line.severity, client.id, client.short_name, standing.program, place, ended
    return _put(*shown) if line.item.held else _worded(*shown)  # why it waits is the client's: not kept in memory


def _put(
    item: DueItem, severity: Severity, client_id: UUID, name: str, program: Program, place: str, ended: bool
) -> PageLine:
    language = get_language() or "en"
    later = "care:defer" if may_wait(item.key) else "care:hand"
    return PageLine(
        client_id=client_id,
        enrollment_id=item.enrollment_id,
        key=item.key,
        client_url=address("desk:client", client_id),
        name=name,
        place=place,
        tone=TONES[severity],
        time=_time(item),
        what=sentences.what(item, name=name, program=program),
        rule=localized(item.rule_text, language),
        source=f"{localized(item.source.document, language)}, {localized(item.source.place, language)}",
        because=tuple(_because(fact, program) for fact in item.why),
        action_url=action_url(item, client_id),
        action_label=sentences.action_words(item),
        main=severity >= Severity.TODAY,
        later_url="" if ended else address(later, item.enrollment_id, item.key),
        later_label=_("Later…") if may_wait(item.key) else _("Hand on…"),
        held=_held(item),
        held_at=item.held.at if item.held else None,
    )


_worded = in_each_language(_put)


def _time(item: DueItem) -> str:
    starts_at = item.what.params.get("starts_at") if item.what.code == "appointment.today" else None
    return f"{starts_at:%H:%M}" if starts_at else ""


def _because(fact: Fact, program: Program) -> Because:
    url = address("care:contact", fact.link_id) if fact.link == "contact" and fact.link_id else ""
    return Because(str(sentences.why(fact, program=program)), url)


def _held(item: DueItem) -> str:
    return sentences.held_words(item.held, most=160) if item.held else ""


def action_url(item: DueItem, client_id: UUID) -> str:
    """The page on which the asked action is recorded."""
    if raiser := raiser_of(item.rule):
        return raiser.url(item)
    if item.action in PAGES:
        return address(PAGES[item.action], item.enrollment_id)
    if item.action == Action.TAKE_SAFETY_STEPS:
        return address("care:safety", item.key.partition(":")[2])
    if item.action == Action.RECORD_APPOINTMENT:
        asked = {"appointment": item.key.partition(":")[2]}
    elif item.action == Action.REACH_OUT:
        asked = {"client": str(client_id), "outcome": "tried"}
        if item.what.code.startswith("outreach.call"):
            asked["mode"] = Mode.PHONE.value
    else:
        asked = {"client": str(client_id)}
    return f"{address('care:record')}?{urlencode(asked)}"
