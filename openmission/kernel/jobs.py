"""Background jobs: what the queue's library leaves open."""

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def queue_cut_off_jobs_again() -> int:
    """Put back what was running when its worker was killed, and say how many.

    Called by the one worker of an installation as it starts: what is running then has nobody to finish it. So every job
    is written to be run twice: it checks what is already done.
    """
    return DBTaskResult.objects.running().update(status=TaskResultStatus.READY, started_at=None)
