"""One variable chooses the database: empty for SQLite in the data folder, else a PostgreSQL address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
    "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000; PRAGMA wal_autocheckpoint=4000"
)  # no mmap_size: every page writes into the access log, and SQLite would drop and rebuild the map each time


def database(url: str, data: Path) -> dict[str, Any]:
    """Return Django's settings for the database at `url` (``postgresql://user:word@host:port/name``), or SQLite.

    SQLite takes its write lock at the start of a transaction (IMMEDIATE): a transaction that reads and then writes
    would otherwise fail under load instead of waiting.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "openmission.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("OPENMISSION_DATABASE_URL starts with postgresql:// or is empty")
    options: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
    threshold = options.pop("prepare_threshold", "2")  # asked so often, a question is prepared; "none": never
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": None if threshold == "none" else int(threshold),
            "options": "-c random_page_cost=1.1",  # no spinning disk: looking up thirty clients is not reading them all
            **options,
        },
    }
