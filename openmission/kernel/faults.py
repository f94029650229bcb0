"""What a service objects to, told to the person where they can mend it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from openmission.kernel.errors import DomainError, NotFound, Refused


@contextmanager
def faults_on(form: BaseForm) -> Iterator[None]:
    """Show a `DomainError` raised inside on the form, at its field where the form has it: what was typed stays.

    `Refused` and `NotFound` pass: they become pages of their own (`staff.middleware.DoorMiddleware`).
    """
    try:
        yield
    except (Refused, NotFound):
        raise
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))


@contextmanager
def faults_told(request: HttpRequest) -> Iterator[None]:
    """For a button without a form: say a `DomainError` raised inside on the next page."""
    try:
        yield
    except (Refused, NotFound):
        raise
    except DomainError as error:
        messages.error(request, str(error.message))
