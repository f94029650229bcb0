"""Days and moments in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from openmission.kernel.days import zoned_time


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        ("en", "America/New_York", "23 Jul 2026, 21:30 EDT"),
        ("es", "America/New_York", "23 jul 2026, 21:30 EDT"),
        ("en", "America/Sao_Paulo", "23 Jul 2026, 22:30 UTC-03:00"),
        ("en", "Asia/Kathmandu", "24 Jul 2026, 07:15 UTC+05:45"),
        ("en", "UTC", "24 Jul 2026, 01:30 UTC"),
    ],
)
def test_a_moment_on_paper_names_its_zone(language: str, zone: str, words: str) -> None:
    with override(language):
        assert zoned_time(datetime(2026, 7, 24, 1, 30, tzinfo=UTC), ZoneInfo(zone)) == words
