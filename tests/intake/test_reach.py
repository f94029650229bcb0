"""Another team's enrollment stays closed to who has the same person at their own door."""

from datetime import timedelta

import pytest

from openmission.clients.models import Client
from openmission.clients.services.break_glass import break_glass
from openmission.intake.models import Enrollment
from openmission.intake.selectors.documents import get_document
from openmission.intake.selectors.enrollments import get_enrollment
from openmission.intake.services import documents, referrals
from openmission.intake.services.documents import Signature
from openmission.intake.services.referrals import ReferralDetails
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import NotFound, Refused
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db


def _bring_to_the_south(world: World) -> None:
    """The north's client, opened there in an emergency, comes to the south by an import as well."""
    viewer, client = world.actor("case_manager", outsider=True), Client.objects.get(id=world.ids["client"])
    break_glass(client_id=client.id, reason="They called from the bridge.", by=viewer, at=NOW)
    referrals.receive_referral(person=client, team=world.south, details=ReferralDetails("hmis"), by=SYSTEM, at=NOW)


def test_an_emergency_opens_every_enrollment_until_it_ends(world: World) -> None:
    _bring_to_the_south(world)
    viewer, id = world.actor("case_manager", outsider=True), world.ids["enrollment"]
    assert get_enrollment(viewer, id, at=NOW).id == id
    with pytest.raises(NotFound):
        get_enrollment(viewer, id, at=NOW + timedelta(hours=5))


@pytest.mark.parametrize("role", ["intake_worker", "case_manager", "supervisor"])
def test_a_referral_to_a_second_team_opens_no_paper_of_the_first(world: World, role: str) -> None:
    _bring_to_the_south(world)
    viewer, later = world.actor(role, outsider=True), NOW + timedelta(hours=5)
    with pytest.raises(NotFound):
        get_document(viewer, world.ids["document"], at=later)
    document = Enrollment.objects.get(id=world.ids["enrollment"]).documents.get(id=world.ids["document"])
    with pytest.raises(Refused):
        documents.revoke_document(document, by=viewer, at=later)
    with pytest.raises(Refused):
        documents.sign_document(
            document.enrollment,
            slug="treatment_contract",
            language="es",
            fields={},
            signature=Signature("Luis Marín"),
            by=viewer,
            at=later,
        )
