"""Looking back on phases, and the end of the program."""

from datetime import timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.care.models import PhaseReview
from openmission.care.selectors.phases import phase_looks
from openmission.care.services.appointments import NewAppointment, make_appointment
from openmission.care.services.deferrals import defer_item
from openmission.care.services.phases import InvalidReview, discharge_client, review_phase
from openmission.clients.policies import charts_in_reach
from openmission.intake.models import Enrollment
from openmission.intake.services.enrollments import InvalidEnrollment, InvalidPhase
from openmission.kernel.errors import Refused
from tests.care.people import log, rosa
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def review(world: World, enrollment: Enrollment, **changed: Any) -> PhaseReview:
    given = {"phase": "transition", "decision": "move_on", "note": "She has a room and a doctor."}
    return review_phase(enrollment, **(given | changed), by=world.actor("case_manager"), at=NOW)


def spans(enrollment: Enrollment) -> dict[str, Any]:
    return {row.slug: (row.starts_on, row.ends_on) for row in enrollment.phases.order_by("position")}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"note": " "}, "note"),
        ({"phase": "fourth"}, None),
        ({"decision": "dance"}, "decision"),
        ({"decision": "plan"}, "decision"),
        ({"phase": "transfer", "decision": "move_on"}, "decision"),
        ({"decision": "stay"}, "ends_on"),
        ({"decision": "stay", "ends_on": TODAY}, "ends_on"),
    ],
    ids=["no note", "no such phase", "no such decision", "a plan too early", "beyond the last", "no day", "today"],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, changed: dict[str, Any], field: str | None) -> None:
    with pytest.raises(InvalidReview) as refused:
        review(world, rosa(world), **changed)
    assert refused.value.field == field


def test_moving_on_as_planned_moves_nothing(world: World) -> None:
    enrollment = rosa(world)
    before = spans(enrollment)
    kept = review(world, enrollment)
    assert (kept.ended_on, spans(enrollment)) == (before["transition"][1], before)


def test_moving_on_earlier_begins_the_next_phase_that_day(world: World) -> None:
    enrollment = rosa(world)
    review(world, enrollment, ends_on=TODAY + DAY)
    assert spans(enrollment)["transition"][1] == spans(enrollment)["try_out"][0] == TODAY + DAY


def test_staying_longer_can_be_looked_back_on_again(world: World) -> None:
    enrollment = rosa(world)
    later = spans(enrollment)["transition"][1] + 14 * DAY
    review(world, enrollment, decision="stay", ends_on=later)
    assert spans(enrollment)["transition"][1] == later
    review(world, enrollment)
    with pytest.raises(InvalidReview):
        review(world, enrollment)


def test_a_phase_keeps_a_day(world: World) -> None:
    enrollment = rosa(world)
    with pytest.raises(InvalidPhase):
        review(world, enrollment, decision="stay", ends_on=spans(enrollment)["try_out"][1])
    assert not PhaseReview.objects.filter(enrollment=enrollment).exists()


def test_what_a_phase_held(world: World) -> None:
    enrollment = rosa(world)
    log(world, enrollment, minutes=45)
    log(world, enrollment, minutes=30)
    log(world, enrollment, outcome="no_show", minutes=0)
    log(world, enrollment, with_whom="landlord", minutes=20)
    first, second, last = phase_looks(world.actor("case_manager"), enrollment)
    assert (first.meetings, first.minutes, first.reviewed) == (2, 75, False)
    assert (second.meetings, second.minutes) == (0, 0)
    assert (first.last, last.last) == (False, True)
    review(world, enrollment)
    assert phase_looks(world.actor("case_manager"), enrollment)[0].reviewed


def leave(world: World, enrollment: Enrollment, **changed: Any) -> None:
    given = {"discharge": "completed", "discharged_on": TODAY, "note": "A room, a doctor, a job."}
    discharge_client(enrollment, **(given | changed), by=world.actor("case_manager"), at=NOW)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"discharge": "vanished"}, InvalidReview),
        ({"note": ""}, InvalidReview),
        ({"discharged_on": TODAY + DAY}, InvalidEnrollment),
        ({"discharged_on": TODAY - 99 * DAY}, InvalidEnrollment),
    ],
    ids=["no such end", "no word", "tomorrow", "before it began"],
)
def test_an_end_that_cannot_be_changes_nothing(world: World, changed: dict[str, Any], error: type[Exception]) -> None:
    enrollment = rosa(world)
    with pytest.raises(error):
        leave(world, enrollment, **changed)
    enrollment.refresh_from_db()
    assert enrollment.state == "active"
    assert not PhaseReview.objects.filter(enrollment=enrollment).exists()


def test_the_end_is_kept_with_its_words_and_the_pairs_reach_ends(world: World) -> None:
    enrollment = rosa(world)
    review(world, enrollment, phase="transfer", decision="plan", note="Her sister, the clinic, the meeting on Fridays.")
    leave(world, enrollment)
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.discharge, enrollment.discharged_on) == ("discharged", "completed", TODAY)
    words = list(PhaseReview.objects.filter(enrollment=enrollment).order_by("id"))
    assert [row.note for row in words][1] == "A room, a doctor, a job."
    reach = {
        role: charts_in_reach(world.actor(role), NOW).filter(id=enrollment.client_id).exists()
        for role in ("case_manager", "supervisor")
    }
    assert reach == {"case_manager": False, "supervisor": True}
    assert RecordedEvent.objects.filter(kind="intake.ClientDischarged").count() == 1
    with pytest.raises(Refused):
        leave(world, enrollment)


@pytest.mark.parametrize(
    "act",
    [
        lambda it, by: make_appointment(it, details=NewAppointment(NOW + DAY), by=by, at=NOW),
        lambda it, by: review_phase(it, phase="transition", decision="move_on", note="Well.", by=by, at=NOW),
        lambda it, by: discharge_client(it, discharge="moved", discharged_on=TODAY, note="Well.", by=by, at=NOW),
        lambda it, by: defer_item(
            it, item_key="a", weight=1, need_on=TODAY, until_on=TODAY + DAY, reason="Later.", by=by, at=NOW
        ),
    ],
    ids=["an appointment", "a review", "a discharge", "putting off"],
)
def test_what_was_open_when_the_page_was_loaded_may_have_ended_since(world: World, act: Any) -> None:
    loaded, by = rosa(world), world.actor("supervisor")
    discharge_client(rosa_now(loaded), discharge="completed", discharged_on=TODAY, note="Well done.", by=by, at=NOW)
    with pytest.raises(Refused):
        act(loaded, by)


def rosa_now(loaded: Enrollment) -> Enrollment:
    return Enrollment.objects.get(id=loaded.id)
