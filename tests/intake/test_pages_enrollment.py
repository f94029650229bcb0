"""The pages of an enrollment: format, papers, orientation, assessments, pair; in one sitting or several."""

import html
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment, Referral, SignedDocument
from openmission.kernel import files
from openmission.kernel.ids import new_id
from tests.world.cast import NOW, World
from tests.world.intake import enroll, find_eligible, refer

pytestmark = pytest.mark.django_db
WAVE = [[[20.0 * n, 100 + 40.0 * (-1) ** n] for n in range(12)]]
RELEASE = {
    "recipient": "Harbor Clinic",
    "information": "That I take part",
    "purpose": "To plan my care",
    "expires_on": "2027-05-31",
}


@pytest.fixture
def browser(signed_in: Any) -> Browser:
    return signed_in["intake_worker", False]


@pytest.fixture
def eligible(world: World) -> Referral:
    return find_eligible(world, refer(world, ClientDetails(first_name="Noor", language="es"), at=NOW), at=NOW)


@pytest.fixture
def here(world: World) -> str:
    return f"/enrollments/{world.ids['enrollment']}/"


def text(page: Any) -> str:
    return html.unescape(page.content.decode())


def test_a_case_manager_walks_the_first_day_from_the_referral_to_the_pair(
    signed_in: Any, eligible: Referral, world: World
) -> None:
    browser = signed_in["case_manager", False]
    sent = {"id": new_id(), "months": "6", "starts_on": "2026-11-23"}
    here = f"/enrollments/{sent['id']}/"
    for _ in range(2):
        assert browser.post(f"/referrals/{eligible.id}/enroll/", sent).headers["Location"] == here
    assert browser.get(f"/referrals/{eligible.id}/enroll/").headers["Location"] == here
    assert "Next: Sign: Our agreement" in text(browser.get(here))
    for slug in ("treatment_contract", "pair_sharing", "privacy_notice"):
        browser.post(f"{here}sign/{slug}/", {"id": new_id(), "name": "Noor"})
    assert "Next: Orientation" in text(browser.get(here))
    topics = [topic["slug"] for topic in eligible.screening.program_version.content["orientation"]["topics"]]
    browser.post(f"{here}orientation/", {"done": topics, "done_on": "2026-11-23"})
    done = ["mental_health", "substance_use", "psychosocial"]
    browser.post(f"{here}assessments/", {"done": done, "done_on": "2026-11-23"})
    page = text(browser.get(here))
    assert "14 of 14 topics covered" in page and "Next: Who serves them" in page
    pair = {role: world.staff[role].id for role in ("case_manager", "peer_specialist")}
    assert browser.post(f"{here}pair/", pair).headers["Location"] == here
    page = text(browser.get(here))
    assert "Everything for a good start is done" in page and "7 of 7 done" in page
    assert f"/referrals/{eligible.id}/" in page and "Ana Ruiz, Pat Bell" in page


def test_who_hands_the_client_over_is_led_to_the_board(signed_in: Any, eligible: Referral, world: World) -> None:
    browser = signed_in["case_manager", False]
    sent = {"id": new_id(), "months": "2", "starts_on": "2026-11-23"}
    browser.post(f"/referrals/{eligible.id}/enroll/", sent)
    pair = {role: user.id for role, user in world.second_pair.items()}
    saved = browser.post(f"/enrollments/{sent['id']}/pair/", pair)
    assert saved.headers["Location"] == "/referrals/"
    assert browser.get(f"/enrollments/{sent['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"months": ""}, "Choose how long."),
        ({"months": "7"}, "no longer offered"),
        ({"starts_on": "2029-01-01"}, "more than a year away"),
        ({"starts_on": "monday"}, "This is no day."),
    ],
    ids=["no length", "no such length", "far away", "no day"],
)
def test_an_enrollment_that_cannot_be_right_says_why(
    browser: Browser, eligible: Referral, wrong: dict[str, str], told: str
) -> None:
    sent = {"id": new_id(), "months": "6", "starts_on": "2026-11-23", **wrong}
    page = browser.post(f"/referrals/{eligible.id}/enroll/", sent)
    assert page.status_code == 422 and told in text(page)
    assert str(sent["id"]) in text(page) and str(sent["starts_on"]) in text(page)
    assert not Enrollment.objects.filter(id=sent["id"]).exists()


def test_before_the_decision_enrolling_is_refused_with_the_reason_and_the_way(browser: Browser, world: World) -> None:
    page = text(browser.get(f"/referrals/{world.ids['referral']}/enroll/"))
    assert "has not found this person eligible yet" in page and "disabled" in page
    assert f"/referrals/{world.ids['referral']}/screening/" in page


@pytest.mark.parametrize(
    ("address", "language", "said"),
    [
        ("", "es", "Permiso para compartir"),
        ("?language=en", "en", "Yes to share"),
        ("?language=xx", "en", "Yes to share"),
    ],
    ids=["the client's", "another", "one that we do not have"],
)
def test_a_paper_is_read_in_the_clients_language_first(
    browser: Browser, here: str, address: str, language: str, said: str
) -> None:
    page = text(browser.get(f"{here}sign/release/{address}"))
    assert said in page and f'<form method="post" autocomplete="off" class="paper" lang="{language}"' in page


def test_signing_by_typing_and_by_drawing_once(browser: Browser, here: str, world: World) -> None:
    typed = {"id": new_id(), "name": "Luis Marín", **RELEASE}
    drawn = {**typed, "id": new_id(), "strokes": json.dumps(WAVE)}
    for sent in (typed, typed, drawn):
        assert browser.post(f"{here}sign/release/?language=en", sent).headers["Location"] == here
    kinds = {str(row.id): (row.signature_kind, row.language) for row in SignedDocument.objects.filter(slug="release")}
    assert kinds == {str(typed["id"]): ("typed", "en"), str(drawn["id"]): ("drawn", "en")}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Write the name of the person who signs."),
        ({"recipient": " "}, "Fill in every blank before signing."),
        ({"expires_on": "soon"}, "Choose a day."),
        ({"expires_on": "2026-11-23"}, "Choose a day that is still to come."),
        ({"strokes": "[[[1"}, "The drawing did not arrive whole."),
        ({"strokes": "[[[1, 2, 3]]]"}, "The drawing did not arrive whole."),
        ({"strokes": "[[[1, 2]]]"}, "Draw the signature, or leave the box empty"),
    ],
    ids=["no name", "a blank", "no day", "a day over", "half a drawing", "no drawing", "a dot"],
)
def test_a_signature_that_lacks_something_says_so_and_keeps_the_rest(
    browser: Browser, here: str, wrong: dict[str, str], told: str
) -> None:
    sent = {"id": str(new_id()), "name": "Luis Marín", **RELEASE, "strokes": json.dumps(WAVE), **wrong}
    page = browser.post(f"{here}sign/release/?language=en", sent)
    assert page.status_code == 422 and told in text(page)
    lost = [name for name, value in sent.items() if name not in wrong and value not in text(page)]
    assert lost == []
    assert not SignedDocument.objects.filter(id=sent["id"]).exists()


def test_a_paper_that_the_program_does_not_have_is_not_there(browser: Browser, here: str) -> None:
    assert browser.get(f"{here}sign/lease/").status_code == 404


def test_the_pdf_opens_under_a_name_that_tells_nothing(browser: Browser, world: World) -> None:
    page = f"/enrollments/documents/{world.ids['document']}/"
    opened = text(browser.get(page))
    assert "Checked just now" in opened and "As it was signed on " in opened
    pdf = browser.get(f"{page}pdf/")
    assert pdf.content.startswith(b"%PDF") and pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"] == 'inline; filename="treatment-contract.pdf"'
    assert pdf.headers["Cache-Control"] == "no-store"
    assert pdf.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


def test_a_file_that_was_altered_is_not_handed_out(browser: Browser, world: World) -> None:
    page = f"/enrollments/documents/{world.ids['document']}/"
    kept = files.load(world.ids["document"])
    files.store(world.ids["document"], b"%PDF another")
    try:
        assert "The kept file is not what was signed" in text(browser.get(page))
        assert browser.get(f"{page}pdf/").headers["Location"] == page
    finally:
        files.store(world.ids["document"], kept)


def test_a_release_is_taken_back(browser: Browser, here: str) -> None:
    id = new_id()
    browser.post(f"{here}sign/release/", {"id": id, "name": "Luis Marín", **RELEASE})
    page = f"/enrollments/documents/{id}/"
    assert "Take back" in text(browser.get(page)) and "Harbor Clinic" in text(browser.get(page))
    browser.post(f"{page}revoke/")
    assert "Taken back on 23 Nov 2026" in text(browser.get(page))
    assert "taken back 23 Nov 2026" in text(browser.get(here))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"done_on": "2026-12-24"}, "Choose today or a day before."), ({"done_on": ""}, "Choose the day.")],
    ids=["a day to come", "no day"],
)
def test_a_checklist_keeps_its_ticks_when_the_day_is_wrong(
    browser: Browser, here: str, wrong: dict[str, str], told: str
) -> None:
    page = browser.post(f"{here}orientation/", {"done": ["team", "housing"], **wrong})
    assert page.status_code == 422 and told in text(page)
    assert text(page).count(" checked") == 2


def test_orientation_speaks_the_clients_language(browser: Browser, here: str) -> None:
    page = text(browser.get(f"{here}orientation/"))
    assert "Your team of two" in page and "Un gestor de casos y un especialista de pares trabajan lado a lado" in page


def test_the_pair_page_shows_the_load_and_who_is_full(browser: Browser, here: str, monkeypatch: Any) -> None:
    page = text(browser.get(f"{here}pair/"))
    assert "Bea Novak" in page and "1 client" in page and "Full</span>" not in page
    monkeypatch.setattr("openmission.intake.rules.FULL_LOAD", 1)
    assert "Full</span>" in text(browser.get(f"{here}pair/"))


def test_the_pair_needs_both(browser: Browser, here: str, world: World) -> None:
    page = browser.post(f"{here}pair/", {"case_manager": world.second_pair["case_manager"].id})
    assert page.status_code == 422 and "Peer support specialist: " in text(page)
    assert f'value="{world.second_pair["case_manager"].id}" checked' in text(page)
    stranger = {
        "case_manager": world.outsiders["case_manager"].id,
        "peer_specialist": world.staff["peer_specialist"].id,
    }
    assert browser.post(f"{here}pair/", stranger).status_code == 422


def test_a_peer_sees_the_pair_and_why_they_do_not_choose_it(signed_in: Any, here: str, world: World) -> None:
    page = text(signed_in["peer_specialist", False].get(f"{here}pair/"))
    assert "The pair is chosen within the client's team." in page
    pair = {role: world.staff[role].id for role in ("case_manager", "peer_specialist")}
    refused = signed_in["peer_specialist", False].post(f"{here}pair/", pair)
    assert refused.status_code == 403 and "within the client's team" in text(refused)


def test_the_enrollment_costs_the_same_whatever_is_signed_and_whoever_is_enrolled(
    browser: Browser, here: str, world: World
) -> None:
    def cost(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        return len(queries)

    cost(here)  # reads the program, which is kept then
    few = cost(here), cost(f"{here}pair/")
    for number in range(3):
        browser.post(f"{here}sign/release/", {"id": new_id(), "name": "Luis", **RELEASE})
        enroll(world, ClientDetails(first_name=f"More {number}"), at=NOW)
    cost(here)  # tells what was signed
    assert (cost(here), cost(f"{here}pair/")) == few


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": "Lu\x1bis"}, "There is a hidden character in it"),
        ({"name": "Luis", "strokes": "[" * 5000}, "The drawing did not arrive whole"),
        ({"name": "Luis", "strokes": f"[[[{'9' * 400}, 1]]]"}, "The drawing did not arrive whole"),
    ],
    ids=["a hidden character in the name", "a drawing without end", "a drawing as large as the sky"],
)
def test_a_signature_that_cannot_be_read_is_told_and_what_was_typed_stays(
    browser: Browser, here: str, sent: dict[str, str], told: str
) -> None:
    page = browser.post(f"{here}sign/release/?language=en", {"id": new_id(), **RELEASE, **sent})
    assert page.status_code == 422 and told in text(page) and "Harbor Clinic" in text(page)


def test_a_name_without_letters_that_a_font_here_has_is_signed(browser: Browser, here: str) -> None:
    signed = {"id": new_id(), **RELEASE, "name": "王小明"}
    assert browser.post(f"{here}sign/release/", signed).status_code == 302
    assert SignedDocument.objects.get(id=signed["id"]).signed_name == "王小明"
