"""Brings translations, database, content and static files up to date; what is already so is left alone.

One command and one start of Django, so that a server that has nothing to prepare is up in a few seconds. It calls the
rooms' commands by name: the kernel knows no room.
"""

import hashlib
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from openmission.kernel.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Bring translations, database, content and static files up to date"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--first-run", help="command that fills a database without an agency")

    def handle(self, *, first_run: str | None, **options: Any) -> None:
        compile_catalogues()
        _migrate()
        _collect_static()
        for command in ("load_content", "load_curricula"):
            call_command(command, stdout=StringIO())
        if first_run and not apps.get_model("staff", "Agency").objects.exists():
            self.stdout.write("Filling a new installation.")
            self.stdout.flush()
            call_command(first_run)


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable")


def _collect_static() -> None:
    """Collect the static files unless path, size and time of each are those of the last collection."""
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            state.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    collected = Path(settings.STATIC_ROOT) / ".collected"
    if not collected.exists() or collected.read_text() != state.hexdigest():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        collected.write_text(state.hexdigest())
