"""The migrations say all that the models say."""

import pytest
from django.apps import apps
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    rooms = [config.label for config in apps.get_app_configs() if config.name.startswith("openmission.")]
    call_command("makemigrations", *rooms, check=True, dry_run=True, verbosity=1)
