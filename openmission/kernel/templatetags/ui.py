"""Template tags of the ui components."""

from django import template

register = template.Library()
