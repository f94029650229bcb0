"""What a service objects to, told to the person where they can mend it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from openmission.kernel.errors import DomainError, IdTaken, NotFound, Refused
from openmission.kernel.ids import new_id


@contextmanager
def faults_on(form: BaseForm, *, numbered: BaseForm | None = None) -> Iterator[None]:
    """Show a `DomainError` raised inside on the form, at its field where the form has it: what was typed stays.

    `numbered`: the form that carries the ids, where it is another. `Refused` and `NotFound` pass: they become pages of
    their own (`staff.middleware.DoorMiddleware`).
    """
    try:
        yield
    except (Refused, NotFound):
        raise
    except DomainError as error:
        if isinstance(error, IdTaken):
            renew_ids(numbered or form)
        form.add_error(error.field if error.field in form.fields else None, str(error.message))


def renew_ids(form: BaseForm) -> None:
    """Saving the form again makes a new record."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    for name in {"id", "client_id", "next_id"} & set(form.fields):
        data[name] = str(new_id())
    form.data = data


@contextmanager
def faults_told(request: HttpRequest) -> Iterator[None]:
    """For a button without a form: say a `DomainError` raised inside on the next page."""
    try:
        yield
    except (Refused, NotFound):
        raise
    except DomainError as error:
        messages.error(request, str(error.message))
