"""The base of every table: a time-ordered key that a device may create, so that saving twice is saving once."""

from django.db import models

from openmission.kernel.ids import new_id


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
