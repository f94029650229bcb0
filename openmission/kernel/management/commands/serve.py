"""Prepares the installation, then becomes the server: one process, so that a signal always reaches the right one."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prepare database, content and static files, then serve"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true", help="no practice data: create the first administrator")

    def handle(self, *, empty: bool, **options: Any) -> None:
        call_command("prepare", first_run="create_agency" if empty else "fill_practice")
        call_command("show_sign_ins")
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "python:openmission.config.gunicorn"])
