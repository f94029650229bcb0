"""Logs never hold client data."""

import logging
import re

_QUERY = re.compile(r"\?[^\s\"']*")


class NoClientData(logging.Filter):
    """Strip query strings and tracebacks' messages from log records: only where it happened and of what class.

    An exception's text may hold what a person typed (a database error quotes values), so only its class is kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _QUERY.sub("", record.getMessage())
        record.args = ()
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            frames = []
            while trace:
                code = trace.tb_frame.f_code
                frames.append(f"{code.co_filename.rsplit('/openmission/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            record.msg = f"{record.msg} [{kind.__name__}] at {' < '.join(reversed(frames[-6:]))}"
            record.exc_info = record.exc_text = None
        return True
