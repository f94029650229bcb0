"""python -m tests.world fills the database that OPENMISSION_DATA names, for a server that tests start.

It prints {name of a page: its address in that world} as JSON.
"""

import json
import os
import sys
from datetime import UTC, datetime

import django
from django.db import transaction

os.environ["WORLD_NOW"] = datetime.now(UTC).isoformat()
django.setup()

from tests.house.pages import pages  # noqa: E402
from tests.world.build import build_world  # noqa: E402

with transaction.atomic():
    world = build_world()
    json.dump({page.name: page.url(world) for page in pages()}, sys.stdout)
