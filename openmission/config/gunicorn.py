"""How the production server runs: two processes for each core, eight at most, or as many as WEB_CONCURRENCY says; and
one worker process for background jobs.

The worker is started here, beside the server, so that one signal stops everything, and again should it ever end. When
the server is killed outright, the worker notices and ends by itself (`kernel/management/commands/worker.py`).
"""

import gc
import os
import subprocess
import sys
import threading
from typing import Any

from django.urls import get_resolver

from openmission.kernel.logs import NoClientData

host = os.environ.get("HOST") or "127.0.0.1"
port = os.environ.get("PORT") or "8000"

bind = f"{host}:{port}"
wsgi_app = "openmission.config.wsgi"
_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2  # a Mac has none
workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * _cores, 8))
worker_class = "gthread"
threads = 2
preload_app = True
control_socket_disable = True
limit_request_line = 8190  # a long text pasted into a search gets a page of ours
loglevel = "warning"

_stopping = threading.Event()
_worker: list[subprocess.Popen[bytes]] = []


def on_starting(server: Any) -> None:
    """The server's own log of errors names addresses, and theirs hold what was searched for."""
    server.log.error_log.addFilter(NoClientData())


def when_ready(server: Any) -> None:
    """The address is ours, and nothing has been forked yet: start the worker and say where we are."""
    _spare_the_garbage_collector()
    threading.Thread(target=_keep_worker, daemon=True).start()
    print(f"\nOpenMISSION is at http://{'localhost' if host == '127.0.0.1' else host}:{port}/", flush=True)


def _spare_the_garbage_collector() -> None:
    """What is loaded by now stays for good: it is not searched for garbage again and again. Nor do the rows and lines
    that every page makes and drops start a search: that took a third of the time of a list of thirty clients.
    """
    get_resolver().url_patterns  # noqa: B018  (loads every view)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _keep_worker() -> None:
    while not _stopping.is_set():
        command = [sys.executable, "manage.py", "worker", str(os.getpid())]
        _worker[:] = [subprocess.Popen(command, start_new_session=True)]
        _worker[0].wait()
        _stopping.wait(1)


def on_exit(server: Any) -> None:
    """Let the worker finish the job in hand, at most ten seconds; a job cut off runs again after the next start."""
    _stopping.set()
    for worker in _worker:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
