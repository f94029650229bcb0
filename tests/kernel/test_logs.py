"""Logs and the queue's table never hold what a person typed."""

import io
import logging
from urllib.parse import quote

import pytest
from django_tasks_db.models import DBTaskResult
from gunicorn.config import Config
from gunicorn.glogging import Logger

from openmission.config import gunicorn
from openmission.kernel.jobs import JobFailed, job
from openmission.kernel.logs import NoClientData

SECRET = "Dana Rivera"


def raise_it() -> None:
    raise ValueError(f"no such client: {SECRET}")


@job
def failing(client_id: str) -> None:
    try:
        raise KeyError(client_id)
    except KeyError:
        raise_it()


def written_by(logger: logging.Logger) -> str:
    """What an error with a name in its text, its cause and its address leaves in the log."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    if not logger.filters:
        handler.addFilter(NoClientData())
    try:
        raise_it()
    except ValueError:
        logger.exception("Error handling request %s", f"/search/?q={quote(SECRET)}&page=2")
    finally:
        logger.removeHandler(handler)
    return stream.getvalue()


def test_our_log_keeps_class_and_places_only() -> None:
    logger = logging.getLogger("openmission.test")
    text = written_by(logger)
    assert "[ValueError]" in text and "raise_it" in text and "/search/" in text
    assert "Dana" not in text and "Rivera" not in text


class Server:
    def __init__(self) -> None:
        self.log = Logger(Config())


def test_the_servers_own_log_too() -> None:
    server = Server()
    gunicorn.on_starting(server)
    text = written_by(server.log.error_log)
    server.log.error_log.filters.clear()
    assert "[ValueError]" in text and "/search/" in text
    assert "Dana" not in text and "Rivera" not in text


def test_of_a_failed_job_the_queue_keeps_class_and_places_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DBTaskResult, "save", lambda self, **_: None)
    with pytest.raises(JobFailed) as failed:
        failing.call(SECRET)
    kept = DBTaskResult()
    kept.set_failed(failed.value)
    assert "[ValueError]" in kept.traceback and "raise_it" in kept.traceback
    assert "Dana" not in kept.traceback and SECRET not in kept.traceback


def test_a_job_is_found_by_its_name() -> None:
    assert failing.module_path == f"{__name__}.failing"
