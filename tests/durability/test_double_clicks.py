"""A form that is sent several times at the same moment: saved once, and every answer says so. Two that do different
things to one person at the same moment: neither waits for the other without end.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from openmission.kernel.ids import new_id
from tests.browser.server import serving
from tests.durability.test_contacts import at_once, ledger, luis
from tests.durability.visitor import Visitor, meeting, planned
from tests.world.intake import CRITERIA

TIMES = 4
RELEASE = {"recipient": "Clinic", "information": "That I take part", "purpose": "Care", "expires_on": "2099-05-31"}
MET = {f"{slug}-answer": "met" for slug in CRITERIA} | {f"{slug}-kind": "self_report" for slug in CRITERIA}


def clicked(visitor: Visitor, address: str, sent: dict[str, Any]) -> str:
    """Where all the answers lead."""
    answers = at_once(*[lambda: visitor.post(address, sent)] * TIMES)
    assert {status for status, _place in answers} == {302}, answers
    (place,) = {place for _status, place in answers}
    return place


def referred(visitor: Visitor, team: str, name: str) -> dict[str, Any]:
    ids = {"id": str(new_id()), "client_id": str(new_id())}
    return {**ids, "team": team, "source": "self", "language": "en", "first_name": name}


def first_day(ana: Visitor, team: str, name: str) -> None:
    """Somebody new from the referral to the first paper, everything clicked several times."""
    referral = clicked(ana, "/referrals/new/", referred(ana, team, name))
    clicked(ana, f"{referral}attempt/", {"id": str(new_id()), "how": "phone", "reached": "yes"})
    save = {**MET, "step": "save"}
    decide = {**MET, "step": "eligible", "reason": "Fits well."}
    page = f"{referral}screening/"
    answers = at_once(*[lambda: ana.post(page, save), lambda: ana.post(page, decide)] * 2)
    assert {status for status, _place in answers} <= {302, 422}, answers
    enrollment = clicked(ana, f"{referral}enroll/", {"id": str(new_id()), "months": "2", "starts_on": today(ana)})
    clicked(ana, f"{enrollment}sign/release/", {"id": str(new_id()), **RELEASE, "name": name})


def today(visitor: Visitor) -> str:
    return str(meeting("")["day"])


def test_what_is_clicked_several_times_is_saved_once_and_always_answered(data: Path) -> None:
    before = Counter(ledger(data)["events"])
    names = ("Noor", "Quill", "Wren")
    with serving(data) as (address, _process):
        ana = Visitor(address, "ana")
        page = ana.get("/referrals/new/")
        team = page[page.index('name="team" value="') + 19 :].split('"', 1)[0]
        who = luis(ana)
        for name in names:
            first_day(ana, team, name)
            clicked(ana, "/appointments/new/", planned(who))
    new = Counter(ledger(data)["events"]) - before
    once = ("clients.ClientCreated", "intake.ReferralReceived", "intake.ReferralAttempted", "intake.ScreeningDecided")
    once += ("intake.ClientEnrolled", "intake.DocumentSigned", "care.AppointmentMade")
    assert {kind: new[kind] for kind in once} == dict.fromkeys(once, len(names))


def test_moving_an_appointment_while_it_is_recorded_ends_for_both(data: Path) -> None:
    with serving(data) as (address, _process):
        ana, pat = Visitor(address, "ana"), Visitor(address, "pat")
        who = luis(ana)
        pat.get("/contacts/new/")
        for _ in range(8):
            appointment = planned(who)
            assert ana.post("/appointments/new/", appointment)[0] == 302
            moved = {"next_day": appointment["next_day"], "next_time": "11:00", "reason": "The bus."}
            answers = at_once(
                lambda: ana.post(f"/appointments/{appointment['id']}/move/", moved),  # noqa: B023
                lambda: pat.post("/contacts/new/", meeting(f"a:{appointment['id']}")),  # noqa: B023
            )
            assert {status for status, _place in answers} <= {302, 422}, answers
            assert 302 in {status for status, _place in answers}
