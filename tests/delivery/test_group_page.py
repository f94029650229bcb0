"""The meetings on a group's page: those planned, the newest past ones, and the older ones one page after the other."""

import re

import pytest
from django.test import Client

from openmission.delivery.models import GroupMeeting
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
    start, found = f"/groups/{group.id}/", []
    page = ana.get(start).content.decode()
    assert all(f"/meetings/{each.id}/" in page for each in coming)
    found += past_on(page, past)
    for address in ("?start=20", "?start=40"):
        assert f'hx-get="{address}"' in page
        page = ana.get(start + address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in page and not any(str(each.id) in page for each in coming)
        found += past_on(page, past)
    assert "hx-get" not in page
    assert found == [str(each.id) for each in past]  # each once, the newest first
    assert past_on(ana.get(f"{start}?start=40").content.decode(), past) == found[40:]  # without a script


def past_on(page: str, past: list[GroupMeeting]) -> list[str]:
    """The ids of past meetings in the order in which the page lists them."""
    known = {str(each.id) for each in past}
    return [id for id in re.findall(r"/meetings/([0-9a-f-]{36})/", page) if id in known]


@pytest.mark.django_db
def test_a_meeting_that_was_forgotten_stays_in_sight(world: World) -> None:
    group, _members = with_members(world, 1)
    ana, by = Client(), world.actor("case_manager")
    ana.force_login(world.staff["case_manager"])
    forgotten = plan(world, group, "motivation", days_ago=300)
    for n in range(1, 21):
        cancel_meeting(plan(world, group, "motivation", days_ago=7 * n), reason="Rain.", by=by, at=NOW)
    page = ana.get(f"/groups/{group.id}/").content.decode()
    assert f"/meetings/{forgotten.id}/" in page
    assert "hx-get" not in page  # all twenty are shown: nothing older
