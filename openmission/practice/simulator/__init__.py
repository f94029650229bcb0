"""Plays the practice agency through the services of every room, as if it had worked for eight months."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from openmission.practice.rules.cast import LIVES, WORKERS, Life, Stage
from openmission.practice.simulator.agency import Practice, open_agency
from openmission.practice.simulator.door import come_to_the_door
from openmission.practice.simulator.groups import meet_in_groups
from openmission.practice.simulator.house import cover_a_colleague, look_at_charts, open_in_an_emergency
from openmission.practice.simulator.service import live_through_service


@transaction.atomic
def fill(*, today: date, seed: int, lives: Iterable[Life] = LIVES) -> Practice:
    """Fill an empty installation: all of it or nothing. The same day and seed give the same agency, but for its ids.

    What happened ends with the evening before `today`, so that nothing is recorded later than now, whatever the hour.
    Raises `AgencyExists` where there is an agency.
    """
    practice = open_agency(WORKERS, today=today, seed=seed)
    cover = cover_a_colleague(practice)
    served = {}
    for number, life in enumerate(lives):
        if life.stage in (Stage.SERVED, Stage.COMPLETED, Stage.STOPPED, Stage.MOVED):
            served[life.name] = live_through_service(practice, life, number, cover)
        else:
            come_to_the_door(practice, life, number)
    meet_in_groups(practice, served)
    look_at_charts(practice)
    open_in_an_emergency(practice)
    return practice
