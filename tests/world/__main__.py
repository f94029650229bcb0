"""python -m tests.world fills the database that OPENMISSION_DATA names: for a server that tests start."""

import os
from datetime import UTC, datetime

import django
from django.db import transaction

os.environ["WORLD_NOW"] = datetime.now(UTC).isoformat()
django.setup()

from tests.world.build import build_world  # noqa: E402

with transaction.atomic():
    build_world()
