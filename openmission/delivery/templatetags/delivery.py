"""What the room's pages show again and again: a question with its answers, how far a client is, a trend."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmission.curricula.rules import Curriculum, Session
from openmission.delivery.forms.exam import AGENDA, LABELS, MEDICATION, SUBSTANCES, SUPPORTS, TOPIC, USE, ScaleField
from openmission.delivery.forms.groups import weekdays
from openmission.delivery.forms.rounds import ATTENDANCE, Round
from openmission.delivery.pages.titles import session_title
from openmission.delivery.rules.agenda import CourseFacts
from openmission.delivery.rules.exam import HIGH_ANXIETY, ITEMS, LOW_MOOD, PASS, Exam
from openmission.delivery.rules.homework import homework_in
from openmission.delivery.rules.trend import HEIGHT, WIDTH, Dot, Trend
from openmission.delivery.selectors.history import Way
from openmission.kernel.days import short_day
from openmission.kernel.forms import chip
from openmission.kernel.languages import in_each_language
from openmission.kernel.markup import attributes, fill, joined
from openmission.kernel.templatetags.ui import error_summary, field_notes, icon
from openmission.programs.rules import localized

register = template.Library()
CHOICES = {
    "agenda": AGENDA,
    "use": USE,
    "medication": MEDICATION,
    "topic": TOPIC,
    "supports": SUPPORTS,
    "substances": SUBSTANCES,
}
STATES = {
    "done": ("done", "check-lg"),
    "missed": ("week", "x-lg"),
    "next": ("today", "chevron-right"),
    "open": ("waiting", "waiting"),
}


@register.simple_tag
def ask(field: BoundField) -> SafeString:
    """A question of the check-in: its words, and every answer as a chip; numbers in a grid of equal cells."""
    if field.errors or not field.form.prefix:
        return _asked(field)
    value = field.value()
    given = tuple(value) if isinstance(value, list) else value
    return mark_safe(_asked_of_anybody(type(field.form), field.name, given).replace(_ANYBODY, field.form.prefix))


_ANYBODY = "m-@"


@in_each_language
def _asked_of_anybody(form: type[BaseForm], name: str, given: Any) -> SafeString:
    """A question with this answer is the same for each member of a group, but for whom it is about (the prefix)."""
    return _asked(form(prefix=_ANYBODY, initial={name: given})[name])


def _asked(field: BoundField) -> SafeString:
    look = "field ask scale" if isinstance(field.field, ScaleField) else "field ask"
    around = {"class": f"{look} has-error" if field.errors else look, "data-item": field.name}
    around["aria-describedby"] = field.aria_describedby or None  # type: ignore[assignment]
    return fill(
        "<fieldset{}><legend>{}</legend>{}{}</fieldset>", attributes(around), field.label, field_notes(field), field
    )


@register.simple_tag
def staff_chips(field: BoundField, people: list[tuple[str, str]]) -> SafeString:
    """Colleagues as chips, those of the form's value ticked."""
    chosen = {str(value) for value in field.value() or ()}
    same = {"type": "checkbox", "name": field.html_name}
    return joined(
        chip({**same, "value": id, "id": f"{field.auto_id}_{n}", "checked": id in chosen}, words)
        for n, (id, words) in enumerate(people)
    )


@register.simple_tag
def round_faults(round: Round) -> str:
    """Everything that is wrong, of all members and of the closing, each linked to its place."""
    return render_to_string("ui/error_summary.html", error_summary(*round.forms))


@register.simple_tag
def limits() -> SafeString:
    """From where on an answer worries (`rules.exam.worries`), for the scripts."""
    return attributes({"data-low-mood": LOW_MOOD, "data-high-anxiety": HIGH_ANXIETY})


@register.filter
def weekday_words(days: tuple[int, ...]) -> str:
    """`Monday` for (0,), `Monday and Thursday` for (0, 3)."""
    words = [weekdays()[day][1] for day in days]
    return words[0] if len(words) == 1 else _("%(first)s and %(second)s") % {"first": words[0], "second": words[1]}


@register.filter
def titled(session: Session) -> str:
    """`4 · Developing a personal recovery plan`"""
    return session_title(session)


@register.filter
def titled_in(slug: str, curriculum: Curriculum) -> str:
    """A session by its slug; one that this version of the curriculum does not have is its slug."""
    return next((session_title(each) for each in curriculum.sessions if each.slug == slug), slug)


@register.filter
def for_reader(homework: str, session: Session) -> str:
    """The homework of a meeting, in the reader's language where it is the session's own."""
    return homework_in(session, homework, get_language() or "en")[0]


@register.filter
def attendance_words(code: str) -> str:
    return str(dict(ATTENDANCE).get(code, code))


@register.filter
def exam_words(exam: Exam) -> list[tuple[str, str]]:
    """[(question, answer)] in order; what was not asked is left out."""
    found = []
    for item in ITEMS:
        value = PASS if item in exam.passed else getattr(exam, item)
        if value not in ("", None, ()):
            found.append((str(LABELS[item]), _answer(item, value, exam)))
    return found


def _answer(item: str, value: object, exam: Exam) -> str:
    if value == PASS:
        return _("Pass")
    words = {code: str(label) for code, label in CHOICES.get(item, [])}
    values = value if isinstance(value, tuple) else (value,)
    said = ", ".join(words.get(str(each), str(each)) for each in values)
    if item == "use" and exam.substances:
        names = {code: str(label) for code, label in SUBSTANCES}
        said = f"{said}: {', '.join(names[each] for each in exam.substances)}"
    return said


_DOT = '<li class="tone-{}"{}>{}<span class="number">{}</span><span class="visually-hidden"> {}</span></li>'


@register.simple_tag
def way_dots(way: Way | CourseFacts) -> SafeString:
    """The sessions of a curriculum as numbered dots: given, missed, next, to come; each with its words."""
    words = {"done": _("given"), "missed": _("missed, to make up"), "next": _("next"), "open": _("to come")}
    dots = []
    for session, state, on in way.steps:
        tone, sign = STATES[state]
        day = f", {short_day(on)}" if on else ""
        told = f"{localized(session.title, get_language() or 'en')}: {words[state]}{day}"
        mark = icon(sign) if state in ("done", "missed") else ""
        dots.append(fill(_DOT, tone, attributes({"title": told}), mark, str(session.number), told))
    return fill('<ol class="dots">{}</ol>', joined(dots))


_SVG = """<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>"""


@register.simple_tag
def trend_drawing(trend: Trend) -> SafeString:
    """Mood (a full line with round dots) and motivation (a broken line with square ones), use as marks below. The table
    beneath says the same.
    """
    label = _("Mood and motivation over the last sessions, and when use was told of. The table below has the numbers.")
    mood = _line(trend.mood, "mood", '<circle cx="{}" cy="{}" r="3"/>', 0)
    motivation = _line(trend.motivation, "motivation", '<rect x="{}" y="{}" width="5" height="5"/>', 2.5)
    used = joined(fill('<path class="used" d="M{} {}l4 6h-8z"/>', _n(x), _n(HEIGHT - 7)) for x in trend.used)
    return fill(_SVG, str(WIDTH), str(HEIGHT), label, motivation, mood, used)


def _line(dots: tuple[Dot, ...], name: str, mark: str, back: float) -> SafeString:
    points = " ".join(f"{_n(dot.x)},{_n(dot.y)}" for dot in dots)
    marks = joined(fill(mark, _n(dot.x - back), _n(dot.y - back)) for dot in dots)
    return fill('<g class="{}"><polyline points="{}"/>{}</g>', name, points, marks)


def _n(number: float) -> str:
    """As SVG reads it, whatever the language."""
    return f"{number:.1f}"
