"""Runs background jobs beside one server and ends when that server ends."""

import os
import signal
import threading
import time
from typing import Any

from django_tasks_db.management.commands import db_worker

from openmission.kernel.jobs import queue_cut_off_jobs_again

WATCH_SECONDS = 1.0


class Command(db_worker.Command):
    help = "Run background jobs until the process that started this one ends"

    def handle(self, **options: Any) -> None:
        queue_cut_off_jobs_again()
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
        super().handle(**{**options, "verbosity": 0})


def _end_with(parent: int) -> None:
    """A killed server cannot stop its worker: the worker sees that it has been orphaned and stops itself."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
