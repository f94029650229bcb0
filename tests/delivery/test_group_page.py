"""The meetings on a group's page: those planned, the newest past ones, and the older ones one page after the other."""

import pytest
from django.test import Client

from openmission.delivery.services.meetings import cancel_meeting
from tests.delivery.groups import with_members
from tests.world.cast import NOW, World
from tests.world.delivery import plan


@pytest.mark.django_db
def test_every_meeting_can_be_found_again(world: World) -> None:
    group, _members = with_members(world, 1)
    ana, by = Client(), world.actor("case_manager")
    ana.force_login(world.staff["case_manager"])
    coming = [plan(world, group, "motivation", days_ago=-7 * n) for n in range(1, 22)]
    past = [plan(world, group, "motivation", days_ago=7 * n) for n in range(1, 44)]
    for meeting in past:
        cancel_meeting(meeting, reason="Rain.", by=by, at=NOW)
    start = f"/groups/{group.id}/"
    page = ana.get(start).content.decode()
    assert all(f"/meetings/{each.id}/" in page for each in coming)
    found = [each for each in past if f"/meetings/{each.id}/" in page]
    assert len(found) == 19  # of the latest forty, those that are past
    for address in ("?start=19", "?start=39"):
        assert f'hx-get="{address}"' in page
        page = ana.get(start + address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in page and not any(str(each.id) in page for each in coming)
        found += [each for each in past if f"/meetings/{each.id}/" in page]
    assert "hx-get" not in page
    assert found == past  # each once, the newest first
    assert f"/meetings/{past[42].id}/" in ana.get(f"{start}?start=39").content.decode()  # without a script
