"""Content files: YAML, checked against a JSON schema, named with a licence."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
from django.conf import settings

from openmission.kernel.errors import DomainError


class InvalidContent(DomainError):
    """A content file does not fit its schema; the text lists every fault with its place."""


@cache
def _validator(schema: str) -> jsonschema_rs.Validator:
    path = settings.CONTENT_DIR / "schemas" / f"{schema}.json"
    return jsonschema_rs.validator_for(json.loads(path.read_text()))


def load_yaml(path: Path, *, schema: str) -> dict[str, Any]:
    """Read one content file and check it. Raises `InvalidContent` with all faults, each with its place."""
    data = yaml.safe_load(path.read_text())
    faults = [
        f"{'/'.join(map(str, e.instance_path)) or '(top)'}: {e.message}" for e in _validator(schema).iter_errors(data)
    ]
    if faults:
        raise InvalidContent(f"{path.name}: " + "; ".join(faults))
    return data


def fingerprint(data: dict[str, Any]) -> str:
    """SHA-256 of the content's meaning: the order of keys and the layout of the file do not count."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()
