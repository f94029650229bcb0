"""python -m tests.world fills the database that OPENMISSION_DATA names: for a server that tests start."""

import django
from django.db import transaction

django.setup()

from tests.world.build import build_world  # noqa: E402

with transaction.atomic():
    build_world()
