"""The base of every table: a time-ordered key that a device may create, so that saving twice is saving once."""

from functools import cache
from typing import Any

from django.db import models

from openmission.kernel.ids import new_id


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:
        """What `get_<field>_display()` says. Django makes the choices into a dict anew for every row of a list."""
        value = getattr(self, field.attname)
        return str(_labels(field).get(value, value))


@cache
def _labels(field: Any) -> dict[Any, Any]:
    return dict(field.flatchoices)
