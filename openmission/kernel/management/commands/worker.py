"""Runs background jobs beside one server and ends when that server ends."""

import logging
import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from openmission.kernel.jobs import queue_cut_off_jobs_again

WATCH_SECONDS = 1.0


class Command(BaseCommand):
    help = "Run background jobs until the process SERVER ends"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("server", type=int, help="process id of the server that starts this worker")

    def handle(self, *, server: int, **options: Any) -> None:
        for name in ("django_tasks", "django_tasks_db"):  # failures only, not every start and stop
            logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
        queue_cut_off_jobs_again()
        threading.Thread(target=_end_with, args=(server,), daemon=True).start()
        call_command("db_worker")


def _end_with(server: int) -> None:
    """A killed server cannot stop its worker: the worker sees that it has been orphaned and stops itself."""
    while os.getppid() == server:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
