"""The same seed and day give the same agency, but for its ids."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from openmission.delivery.models import GroupMeeting
from openmission.practice.rules.cast import HILL, LIVES, Stage, Turn
from openmission.practice.rules.circles import CIRCLES
from openmission.practice.simulator import fill
from tests.practice.digest import digest

SUNDAY = date(2026, 11, 22)
TURNS = [life for life in LIVES if life.days < 80 and (life.turn != Turn.NONE or life.stage != Stage.SERVED)][:6]
CIRCLE = next(circle for circle in CIRCLES if circle.team == HILL and circle.curriculum == "drt")
A_FEW = [*TURNS, *(life for life in LIVES if life.name in CIRCLE.members and life.days < 140 and life not in TURNS)]


def _filled(seed: int) -> str:
    """The digest of a part of the agency; nothing of it stays."""
    with transaction.atomic():
        fill(today=SUNDAY, seed=seed, lives=A_FEW)
        found = digest()
        assert GroupMeeting.objects.filter(state="held").count() == CIRCLE.weeks
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_and_day_give_the_same_agency() -> None:
    call_command("load_content", verbosity=0)
    call_command("load_curricula", verbosity=0)
    first = _filled(3)
    assert _filled(3) == first
    assert _filled(4) != first
