"""A group or a planned meeting that two people change at once: nothing is undone, and what differs is told."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.delivery.models import Group, GroupMeeting
from openmission.delivery.services.groups import change_group
from openmission.delivery.views import groups as views
from tests.delivery.groups import with_members
from tests.delivery.test_reviewed import browser
from tests.world.cast import NOW, World
from tests.world.delivery import plan

pytestmark = pytest.mark.django_db


def form(who: Browser, address: str) -> dict[str, Any]:
    """What the page would send."""
    page, sent = unescape(who.get(address).content.decode()), {}
    for tag in re.findall(r"<input[^>]*>", page[page.index("<form method") :]):
        name, value = (re.search(rf' {part}="([^"]*)"', tag) for part in ("name", "value"))
        seen = re.search(r"""value="(\{.*\})" """, tag) if name and name[1] == "seen" else value
        if not name or (('type="radio"' in tag or 'type="checkbox"' in tag) and " checked" not in tag):
            continue
        sent.setdefault(name[1], []).append(seen[1] if seen else "")
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)
    return sent


@pytest.fixture
def group(world: World) -> Group:
    return with_members(world, 2)[0]


def test_an_older_form_gives_leading_back_to_nobody(world: World, group: Group) -> None:
    pat, address = world.staff["peer_specialist"], f"/groups/{group.id}/change/"
    ana, sol = browser(world, "case_manager"), browser(world, "supervisor")
    group.leaders.create(user=pat) if not group.leaders.filter(user=pat).exists() else None
    older = form(ana, address)
    newer = form(sol, address)
    newer["leaders"].remove(str(pat.id))
    assert sol.post(address, newer).status_code == 302
    assert ana.post(address, older | {"room": ["Room 9"]}).status_code == 302
    now = Group.objects.get(id=group.id)
    assert (now.room, now.leaders.filter(user=pat).exists()) == ("Room 9", False)


def test_a_meeting_is_not_moved_back_by_an_older_form(world: World, group: Group) -> None:
    meeting = plan(world, group, "motivation", days_ago=-3)
    address, later = f"/meetings/{meeting.id}/change/", (NOW + timedelta(days=7)).date()
    ana, pat = browser(world, "case_manager"), browser(world, "supervisor")
    older = form(pat, address)
    assert ana.post(address, form(ana, address) | {"day": [later.isoformat()]}).status_code == 302
    assert pat.post(address, older | {"room": ["R2"]}).status_code == 302
    now = GroupMeeting.objects.get(id=meeting.id)
    assert (now.on, now.room) == (later, "R2")


def test_what_two_changed_differently_is_told_and_saved_knowingly(world: World, group: Group) -> None:
    meeting = plan(world, group, "motivation", days_ago=-3)
    address = f"/meetings/{meeting.id}/change/"
    ana, pat = browser(world, "case_manager"), browser(world, "supervisor")
    older = form(pat, address)
    assert ana.post(address, form(ana, address) | {"room": ["The hall"], "minutes": ["75"]}).status_code == 302
    answer = pat.post(address, older | {"room": ["Room 5"]})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and "changed this meanwhile to “The hall”" in page and 'value="75"' in page
    seen = re.search(r"""name="seen" value="(\{.*?\})" """, page)
    assert seen
    again = older | {"room": ["Room 5"], "minutes": ["75"], "seen": [seen[1]]}
    assert pat.post(address, again).status_code == 302
    now = GroupMeeting.objects.get(id=meeting.id)
    assert (now.room, now.minutes) == ("Room 5", 75)


@pytest.mark.parametrize("seen", ["", "nonsense", "[]", '{"room": 5}'])
def test_a_form_that_says_nothing_useful_is_saved_as_it_is(world: World, group: Group, seen: str) -> None:
    meeting = plan(world, group, "motivation", days_ago=-3)
    address, ana = f"/meetings/{meeting.id}/change/", browser(world, "case_manager")
    assert ana.post(address, form(ana, address) | {"seen": [seen], "minutes": ["75"]}).status_code == 302
    assert GroupMeeting.objects.get(id=meeting.id).minutes == 75


def test_who_stopped_leading_at_the_same_moment_leads_no_more(
    world: World, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The supervisor's save comes between the reading of Ana's form and hers."""
    ana, sol = browser(world, "case_manager"), browser(world, "supervisor")
    address, pat = f"/groups/{group.id}/change/", str(world.staff["peer_specialist"].id)
    mine, theirs = form(ana, address), form(sol, address)
    theirs["leaders"].remove(pat)

    def slow(row: Group, **said: Any) -> Group:
        monkeypatch.undo()
        assert sol.post(address, theirs).status_code == 302
        return change_group(row, **said)

    monkeypatch.setattr(views, "change_group", slow)
    assert ana.post(address, mine | {"room": ["Room 9"]}).status_code == 302
    group.refresh_from_db()
    assert (group.room, group.leaders.filter(user_id=pat).exists()) == ("Room 9", False)
