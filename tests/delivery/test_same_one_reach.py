"""Adding a session to somebody else's contact gives nobody what they did not have."""

from datetime import timedelta

import pytest

from openmission.care.models import ContactStaff
from openmission.clients.services.break_glass import break_glass
from openmission.delivery.models import Delivery
from openmission.intake.models import Enrollment
from tests.care.people import log, rosa
from tests.delivery.test_corrections import browser
from tests.delivery.test_same_one import HOUR, by_pat, form, sent
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(world: World) -> Enrollment:
    return rosa(world)


def test_by_emergency_access_nobody_joins_who_took_part(world: World, member: Enrollment) -> None:
    """Who took part may withdraw the contact; who only looks in an emergency does not get there by saying so."""
    contact, cal = by_pat(world, member, at=NOW - HOUR), world.outsiders["case_manager"]
    by = world.actor("case_manager", outsider=True)
    break_glass(client_id=member.client_id, reason="An emergency at the shelter.", by=by, at=NOW)
    theirs = browser(world, "case_manager")
    theirs.force_login(cal)
    theirs.post(form(member), sent(same=str(contact.id), staff=[str(cal.id)]))
    assert set(ContactStaff.objects.filter(contact=contact).values_list("user__name", flat=True)) == {"Pat Bell"}
    assert theirs.get(f"/contacts/{contact.id}/withdraw/").status_code == 403


def test_a_contact_at_another_time_takes_no_session(world: World, member: Enrollment) -> None:
    contact = log(world, member, component="drt", at=NOW - timedelta(days=15))
    answer = browser(world, "peer_specialist").post(form(member), sent(same=str(contact.id)))
    assert answer.status_code == 422 and b"cannot have been this session" in answer.content
    assert not Delivery.objects.filter(contact=contact).exists()
