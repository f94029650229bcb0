"""Logs never hold client data."""

import logging
import re

_QUERY = re.compile(r"\?[^\s\"']*")


def class_and_places(error: BaseException) -> str:
    """What may be kept of an exception: its class and where it was raised, the innermost place first."""
    frames, trace = [], error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/openmission/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"[{type(error).__name__}] at {' < '.join(reversed(frames[-6:]))}"


class NoClientData(logging.Filter):
    """Strip query strings and tracebacks' messages from log records: only where it happened and of what class.

    An exception's text may hold what a person typed (a database error quotes values), so only its class is kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _QUERY.sub("", record.getMessage())
        record.args = ()
        if record.exc_info and record.exc_info[1]:
            record.msg = f"{record.msg} {class_and_places(record.exc_info[1])}"
            record.exc_info = record.exc_text = None
        return True
