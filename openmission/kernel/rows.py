"""The base of every table: a time-ordered key that a device may create, so that saving twice is saving once."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from openmission.kernel.errors import IdTaken
from openmission.kernel.ids import new_id
from openmission.kernel.languages import in_each_language

R = TypeVar("R", bound=models.Model)


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:
        """What `get_<field>_display()` says. Django makes the choices into a dict anew for every row of a list."""
        return _label(field, getattr(self, field.attname))


@in_each_language
def _label(field: Any, value: Any) -> str:
    return str(dict(field.flatchoices).get(value, value))


def said_before(table: type[R], id: UUID | None, **same: Any) -> R | None:
    """The row that a form wrote when it was sent the first time; None when it is new.

    The service asks with the row above it locked, so that of two forms sent at the same moment the second finds the
    row of the first. Raises `IdTaken` when the id belongs to a row that differs in `same`.
    """
    row = table._default_manager.filter(pk=id).first() if id else None
    if row and any(getattr(row, name) != value for name, value in same.items()):
        raise IdTaken
    return row
