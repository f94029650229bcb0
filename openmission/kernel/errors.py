"""Errors whose text is fit for the person who sees it."""

from django.utils.functional import Promise


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
