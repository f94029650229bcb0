"""The content of a standard, read once."""

from functools import cache
from typing import Any

from django.conf import settings

from openmission.exchange.hmis_fy2026.housing import Families
from openmission.exchange.hmis_fy2026.standard import FileSpec, read_standard
from openmission.kernel.content import load_yaml


def _codes(name: str) -> dict[str, Any]:
    return load_yaml(settings.CONTENT_DIR / "codes" / "hmis-fy2026" / name, schema="codes")


@cache
def hmis_standard() -> dict[str, FileSpec]:
    """Files, columns and code lists of HMIS CSV FY2026."""
    return read_standard(_codes("files.yaml"), _codes("lists.yaml"))


@cache
def housing_families() -> Families:
    return Families.from_content(_codes("housing.yaml"))
