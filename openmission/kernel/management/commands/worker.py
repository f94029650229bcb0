"""Runs background jobs beside one server and ends when that server ends. Every hour it does the rooms' chores."""

import logging
import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from openmission.kernel.jobs import queue_cut_off_jobs_again

WATCH_SECONDS = 1.0
CHORES = ("expire_hmis_imports",)
CHORES_SECONDS = 3600


class Command(BaseCommand):
    help = "Run background jobs until the process SERVER ends"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("server", type=int, help="process id of the server that starts this worker")

    def handle(self, *, server: int, **options: Any) -> None:
        for name in ("django_tasks", "django_tasks_db"):  # failures only, not every start and stop
            logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
        queue_cut_off_jobs_again()
        threading.Thread(target=_end_with, args=(server,), daemon=True).start()
        threading.Thread(target=_do_chores, daemon=True).start()
        call_command("db_worker")


def _end_with(server: int) -> None:
    """A killed server cannot stop its worker: the worker sees that it has been orphaned and stops itself."""
    while os.getppid() == server:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _do_chores() -> None:
    """By name: the kernel knows no room. What fails is tried again an hour later."""
    while True:
        for chore in CHORES:
            try:
                call_command(chore)
            except Exception:
                logging.getLogger(__name__).exception("%s failed", chore)
        connections.close_all()
        time.sleep(CHORES_SECONDS)
