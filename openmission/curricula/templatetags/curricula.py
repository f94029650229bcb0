"""Words of a session: `{% load curricula %}{{ step.step|step_title }}`."""

from django import template
from django.utils.functional import Promise

from openmission.curricula import rules
from openmission.curricula.words import PROMPT_ICONS, PROMPTS, STEPS

register = template.Library()


@register.filter
def step_title(code: str) -> str | Promise:
    """What a part of a session's arc is called: {{ "check_in"|step_title }}."""
    return STEPS[code]


@register.filter
def prompt_title(code: str) -> str | Promise:
    """What a prompt asks who leads to do: {{ "ask"|prompt_title }}."""
    return PROMPTS[code]


@register.filter
def prompt_icon(code: str) -> str:
    return PROMPT_ICONS[code]


@register.filter
def timetable(steps: tuple[rules.Step, ...]) -> list[tuple[int, int, rules.Step]]:
    """(from minute, to minute, step) of an arc: {% for begins, ends, step in session.group|timetable %}."""
    return rules.timetable(steps)


@register.filter
def minutes(steps: tuple[rules.Step, ...]) -> int:
    """How long an arc takes."""
    return sum(step.minutes for step in steps)
