"""An id that a form carries and that belongs to another record: told, nothing revealed, saved the next time."""

import html
import re
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.care.models import Appointment
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment, Referral, ReferralAttempt, SignedDocument
from openmission.intake.services.referrals import record_attempt
from openmission.kernel.ids import new_id
from tests.world.cast import NOW, World
from tests.world.intake import enroll, find_eligible, refer

pytestmark = pytest.mark.django_db
TOLD = "This form was used for another record and has a new number now. Save again."
ROSA = ClientDetails(first_name="Rosa", last_name="Vega")


def said_again(browser: Browser, address: str, sent: dict[str, Any]) -> Any:
    """Refused with the form's own words kept; sent again with the new number it is saved."""
    page = browser.post(address, sent)
    text = html.unescape(page.content.decode())
    assert page.status_code == 422 and TOLD in text
    number = re.findall(r'name="id" value="([^"]+)"', text)[0]
    assert number != str(sent["id"])
    people = re.findall(r'name="client_id" value="([^"]+)"', text)
    again = browser.post(address, {**sent, "id": number, **({"client_id": people[0]} if people else {})})
    assert again.status_code == 302
    return number


def test_an_appointment_of_another_client(signed_in: Any, world: World) -> None:
    rosa = enroll(world, ROSA, at=NOW)
    taken = world.ids["appointment"]
    sent = {"id": taken, "who": f"e:{rosa.id}", "next_day": "2026-11-30", "next_time": "10:00", "mode": "phone"}
    sent |= {"minutes": "30", "component": "cti"}
    number = said_again(signed_in["case_manager", False], "/appointments/new/", sent)
    assert Appointment.objects.get(id=number).client_id == rosa.client_id
    assert Appointment.objects.get(id=taken).client_id == world.ids["client"]


@pytest.mark.parametrize("whose", ["another client's", "another paper's", "another worker's"])
def test_a_paper(signed_in: Any, world: World, whose: str) -> None:
    enrollment = enroll(world, ROSA, at=NOW).id if whose == "another client's" else world.ids["enrollment"]
    slug = "pair_sharing" if whose == "another paper's" else "treatment_contract"
    role = "supervisor" if whose == "another worker's" else "case_manager"
    sent = {"id": world.ids["document"], "name": "Rosa Vega"}
    number = said_again(signed_in[role, False], f"/enrollments/{enrollment}/sign/{slug}/", sent)
    assert SignedDocument.objects.get(id=number).slug == slug
    assert SignedDocument.objects.get(id=world.ids["document"]).signed_name == "Luis Marín"


def test_an_attempt_to_reach_somebody_else(signed_in: Any, world: World) -> None:
    by, other = world.actor("intake_worker"), refer(world, ROSA, at=NOW)
    taken = record_attempt(other, how="phone", reached=False, note="Rosa's sister", by=by, at=NOW, id=new_id())
    sent = {"id": taken.id, "how": "text", "reached": "no", "note": "Wrote to Dana."}
    number = said_again(signed_in["intake_worker", False], f"/referrals/{world.ids['referral']}/attempt/", sent)
    assert ReferralAttempt.objects.get(id=number).referral_id == world.ids["referral"]


@pytest.mark.parametrize("which", ["id", "client_id"])
def test_a_referral_or_person_of_another_team(signed_in: Any, world: World, which: str) -> None:
    other = refer(world, ROSA, at=NOW, outsider=True)
    sent = {"id": new_id(), "client_id": new_id(), "team": world.north.id, "source": "self", "language": "en"}
    sent |= {"first_name": "Noor", which: other.id if which == "id" else other.client_id}
    number = said_again(signed_in["intake_worker", False], "/referrals/new/", sent)
    assert Referral.objects.get(id=number).client.first_name == "Noor"


def test_an_enrollment_of_somebody_else(signed_in: Any, world: World) -> None:
    eligible = find_eligible(world, refer(world, ROSA, at=NOW), at=NOW)
    sent = {"id": world.ids["enrollment"], "months": "2", "starts_on": "2026-11-23"}
    number = said_again(signed_in["intake_worker", False], f"/referrals/{eligible.id}/enroll/", sent)
    assert Enrollment.objects.get(id=number).client_id == eligible.client_id
