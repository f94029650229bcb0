"""Commands that somebody may type before the first start of the server."""

from django.core.management import call_command
from django.db import connection

from openmission.exchange.models import HmisImport


def make_tables() -> None:
    """Create the database's tables when there are none yet; prints nothing."""
    if HmisImport._meta.db_table not in connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
