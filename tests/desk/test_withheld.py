"""What another team does for the same client is withheld, and the page says so."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from openmission.care.services.contacts import ContactDetails, log_contact
from openmission.clients.models import Client
from openmission.intake.models import Enrollment, Referral
from openmission.intake.rules import Answer
from openmission.intake.services import enrollments, referrals, screenings
from openmission.kernel.actors import SYSTEM
from openmission.programs.models import ProgramVersion
from tests.programs.shipped import program_of
from tests.world.cast import NOW, World


def _enroll_elsewhere(world: World) -> Enrollment:
    """The north team's client is in the south team's linkage program too."""
    by, version = world.actor("intake_worker", outsider=True), ProgramVersion.objects.get(slug="linkage-only")
    luis, details = Client.objects.get(id=world.ids["client"]), referrals.ReferralDetails("self")
    asked = referrals.receive_referral(person=luis, team=world.south, details=details, by=SYSTEM, at=NOW)
    answers = {c.slug: screenings.Evidence(Answer.MET, "self_report") for c in program_of("linkage-only").eligibility}
    screening = screenings.save_answers(asked, program_version=version, answers=answers, by=by, at=NOW)
    screenings.decide_eligible(screening, reason="Wants it.", by=by, at=NOW)
    asked = Referral.objects.get(id=asked.id)
    theirs = enrollments.enroll_client(asked, months=6, starts_on=NOW.date(), by=by, at=NOW)
    peer = world.outsiders["peer_specialist"]
    enrollments.assign_pair(theirs, pair={"peer_specialist": peer}, by=by, at=NOW)
    return theirs


@pytest.mark.django_db
def test_another_teams_work_is_withheld_and_counted(desk: Browser, world: World) -> None:
    theirs = _enroll_elsewhere(world)
    before = NOW - timedelta(minutes=30)
    said = ContactDetails(before, "met", "in_person", "", 20, "street", note="Their own note.")
    log_contact(theirs, details=said, by=world.actor("peer_specialist", outsider=True), at=NOW)
    page = desk.get(f"/clients/{world.ids['client']}/").content.decode()
    assert "1 item withheld" in page
    assert "1 item withheld" in page
    assert [text for text in ("Their own note.", "<h2>Linkage only</h2>", "Peg Lowe") if text in page] == []
