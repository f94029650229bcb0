"""Every answer fits its column: PostgreSQL refuses what is longer, SQLite takes it."""

import pytest

from openmission.delivery.models import StatusExam
from openmission.delivery.rules.exam import CHOICES


@pytest.mark.parametrize("item", sorted(CHOICES))
def test_the_longest_choice_of_a_question_fits_its_column(item: str) -> None:
    width = StatusExam._meta.get_field(item).max_length
    assert max(map(len, CHOICES[item])) <= width
