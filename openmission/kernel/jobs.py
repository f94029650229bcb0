"""Background jobs: what the queue's library leaves open."""

from collections.abc import Callable
from functools import wraps

from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from openmission.kernel.logs import class_and_places


class JobFailed(Exception):
    """Stands for what a job raised: its class and places. The queue keeps whole tracebacks, whose texts may hold what
    a person typed.
    """


def job(function: Callable[..., None]) -> Task[..., None]:
    """A function of a module as a job: ids come in, nothing comes out."""

    @task()
    @wraps(function)
    def run(*args: str) -> None:
        failed = ""
        try:
            function(*args)
        except Exception as error:
            failed = class_and_places(error)
        if failed:
            raise JobFailed(failed)

    return run


def queue_cut_off_jobs_again() -> int:
    """Put back what was running when its worker was killed, and say how many.

    Called by the one worker of an installation as it starts: what is running then has nobody to finish it. So every job
    is written to be run twice: it checks what is already done.
    """
    return DBTaskResult.objects.running().update(status=TaskResultStatus.READY, started_at=None)
