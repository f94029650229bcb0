"""Errors whose text is fit for the person who sees it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class DomainError(Exception):
    """Something a person asked for cannot be done; the text says what happened and what to do.

    `field` names the form field it belongs to, if any.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class Refused(DomainError):
    """A policy said no. The text is the policy's reason."""


class NotFound(DomainError):
    """Out of reach or not there: the two look the same on purpose."""


class IdTaken(DomainError):
    """The id that a form carries belongs to another record, of which nothing is said. `kernel.faults` gives the form
    a new one.
    """

    def __init__(self) -> None:
        super().__init__(_("This form was used for another record and has a new number now. Save again."))
