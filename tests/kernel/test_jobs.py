"""Jobs that a killed worker left behind."""

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from openmission.kernel.jobs import queue_cut_off_jobs_again


def _job(status: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status, args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", run_after=get_date_max()
    )


@pytest.mark.django_db
def test_only_what_was_running_is_queued_again() -> None:
    cut_off, done = _job(TaskResultStatus.RUNNING), _job(TaskResultStatus.SUCCESSFUL)
    assert queue_cut_off_jobs_again() == 1
    assert set(DBTaskResult.objects.ready()) == {cut_off}
    assert done not in DBTaskResult.objects.ready()
