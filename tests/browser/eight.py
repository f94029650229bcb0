"""python -m tests.browser.eight adds to a filled data folder a DRT group of eight with mixed progress, led by Ana and
Pat, whose meeting with session 4 began a moment ago. It prints the ids as JSON: meeting, and {name: enrollment}.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

import django
from django.db import transaction

os.environ["WORLD_NOW"] = datetime.now(UTC).isoformat()
django.setup()

from openmission.delivery.services.groups import join_group  # noqa: E402
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting  # noqa: E402
from openmission.staff.models import Agency, Team, User  # noqa: E402
from openmission.staff.roles import ROLES  # noqa: E402
from tests.world.cast import NAMES, NOW, World  # noqa: E402
from tests.world.delivery import CALM, hold, make_drt_group, people, plan  # noqa: E402

EARLIER = ("onset_of_problems", "life_problem_areas", "motivation")

with transaction.atomic():
    world = World(Agency.objects.get(), Team.objects.get(name="North"), Team.objects.get(name="South"))
    for role in ROLES:
        world.staff[role] = User.objects.get(name=NAMES[role][0])
    group, members = make_drt_group(world, name="Eight"), people(world, 8)
    for member in members[:7]:
        join_group(group, member, by=world.actor("case_manager"), at=member.enrolled_at)
    for number, session in enumerate(EARLIER):
        meeting = plan(world, group, session, days_ago=15 - 5 * number)
        away = members[(0, 1, 4)[number]]
        there = {m.id: {"attendance": "absent"} if m == away else {"exam": CALM} for m in members[:7]}
        hold(world, meeting, there)
    join_group(group, members[7], by=world.actor("case_manager"), at=NOW)
    details = MeetingDetails(
        at=NOW - timedelta(minutes=1), minutes=60, place="office", room="Room 2", session="personal_recovery_plan"
    )
    today = plan_meeting(group, details=details, by=world.actor("case_manager"), at=NOW)
    names = {f"{m.client.first_name} {m.client.last_name}": [str(m.id), str(m.client_id)] for m in members}
    json.dump({"meeting": str(today.id), "members": names}, sys.stdout)
