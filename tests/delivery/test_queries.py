"""A page of this room costs the same for two members and for nine, for one meeting and for many."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment
from tests.delivery.groups import join, save
from tests.delivery.test_deliveries import deliver
from tests.world.cast import SINCE, World
from tests.world.delivery import CALM, make_drt_group, plan
from tests.world.intake import enroll

pytestmark = pytest.mark.django_db
PAGES = ["/groups/", "/groups/{group}/", "/groups/{group}/plan/", "/groups/{group}/join/"]
PAGES += ["/meetings/{held}/", "/meetings/{held}/run/", "/meetings/{coming}/", "/meetings/{coming}/run/"]
PAGES += ["/meetings/{coming}/came/", "/meetings/{coming}/attendance/"]
PAGES += ["/sessions/{member}/", "/sessions/{member}/drt/", "/day/", "/caseload/"]


def newly(world: World, number: int) -> Enrollment:
    details = ClientDetails(first_name=f"Test{number}", last_name="Linden", aliases=(f"Alias{number}",))
    return enroll(world, details, at=SINCE)


def queries(browser: Browser, address: str) -> int:
    browser.get(address)  # the first page after sign-in renews the session's mark
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200, address
    return len([each for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


def test_a_page_costs_the_same_for_few_and_for_many(world: World) -> None:
    """First two members and one meeting that was held, then nine and five; sessions alone, too."""
    ana, browser = world.actor("case_manager"), Browser()
    browser.force_login(world.staff["case_manager"])
    group, members = make_drt_group(world, name="Grows"), [newly(world, number) for number in range(2)]
    for member in members:
        join(world, group, member)
    held, coming = plan(world, group, "onset_of_problems", days_ago=7), plan(world, group, "motivation")
    given = {member.id: {"exam": CALM, "note": "Came."} for member in members}
    save(held, given, ana)
    deliver(world, members[0], {"exam": CALM})
    named = {"group": group.id, "held": held.id, "coming": coming.id, "member": members[0].id}
    addresses = [page.format(**named) for page in PAGES]
    few = [queries(browser, address) for address in addresses]
    for number in range(2, 9):
        members.append(newly(world, number))
        join(world, group, members[-1], at=SINCE)
    for days_ago, session in ((14, "communication"), (21, "twelve_step"), (28, "anger_management"), (35, "motivation")):
        meeting = plan(world, group, session, days_ago=days_ago)
        save(meeting, {each.id: {"exam": CALM, "note": "Came."} for each in members}, ana)
        plan(world, group, session, days_ago=-days_ago)
    save(held, {each.id: {"exam": CALM, "note": "Came."} for each in members}, ana, seen=1)
    for _time in range(5):
        deliver(world, members[0], {"exam": CALM, "homework": "Walk."}, session="communication")
    many = [queries(browser, address) for address in addresses]
    assert dict(zip(PAGES, many, strict=True)) == dict(zip(PAGES, few, strict=True))
    assert held.deliveries.count() == 9
