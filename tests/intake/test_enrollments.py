"""Enrollment: once, in the program that found the person eligible; phases, pair, first days, end."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from openmission.clients.models import CareTeamMember, ClientTeam
from openmission.clients.policies import charts_in_reach, intake_in_reach
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment, Referral
from openmission.intake.selectors.referrals import WrongState, get_referral
from openmission.intake.services import checklists, enrollments, referrals
from openmission.intake.services.checklists import InvalidMark
from openmission.intake.services.enrollments import (
    AlreadyDischarged,
    AlreadyEnrolled,
    InvalidEnrollment,
    InvalidPair,
    InvalidPhase,
)
from openmission.kernel.errors import NotFound, Refused
from openmission.kernel.ids import new_id
from tests.world.cast import NOW, SINCE, TODAY, World
from tests.world.intake import find_eligible, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def eligible(world: World) -> Referral:
    return find_eligible(world, refer(world, ClientDetails(first_name="Noor"), at=NOW), at=NOW)


def luis(world: World) -> Enrollment:
    return Enrollment.objects.get(id=world.ids["enrollment"])


def take(world: World, referral: Referral, role: str = "intake_worker", **given: Any) -> Enrollment:
    given = {"months": 6, "starts_on": TODAY, **given}
    return enrollments.enroll_client(referral, **given, by=world.actor(role), at=NOW)


def test_three_equal_phases_from_the_first_day(world: World, eligible: Referral) -> None:
    enrolled = take(world, eligible)
    assert (enrolled.ends_on, enrolled.state) == (date(2027, 5, 23), "active")
    phases = list(enrolled.phases.order_by("position").values_list("slug", "starts_on", "ends_on"))
    assert [slug for slug, _, _ in phases] == ["transition", "try_out", "transfer"]
    assert phases[0][1] == TODAY and phases[-1][2] == enrolled.ends_on
    assert all(one[2] == other[1] for one, other in pairwise(phases))
    assert Referral.objects.get(id=eligible.id).state == "enrolled"


def test_sending_twice_is_enrolling_once(world: World, eligible: Referral) -> None:
    id = new_id()
    assert take(world, eligible, id=id) == take(world, eligible, id=id)
    with pytest.raises(AlreadyEnrolled):
        take(world, Referral.objects.get(id=eligible.id))
    assert Enrollment.objects.filter(client=eligible.client).count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [({"months": 7}, "months"), ({"starts_on": TODAY + 400 * DAY}, "starts_on")],
    ids=["a length that is none", "a year away"],
)
def test_what_cannot_be_right_is_told_at_its_field(
    world: World, eligible: Referral, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidEnrollment) as told:
        take(world, eligible, **given)
    assert told.value.field == field


def test_only_who_was_found_eligible_is_enrolled(world: World) -> None:
    with pytest.raises(Refused, match="has not found this person eligible"):
        take(world, Referral.objects.get(id=world.ids["referral"]))


def test_a_closed_referral_is_not_enrolled(world: World, eligible: Referral) -> None:
    by = world.actor("intake_worker")
    referrals.close_referral(eligible, outcome="declined", note="Moved away.", by=by, at=NOW)
    with pytest.raises(WrongState):
        take(world, eligible)


def test_who_enrolls_keeps_the_person_in_reach_until_a_pair_serves_them(world: World, eligible: Referral) -> None:
    enrolled = take(world, eligible, role="case_manager")
    ana = world.actor("case_manager")
    assert intake_in_reach(ana, NOW).filter(id=enrolled.client_id).exists()
    assert get_referral(ana, eligible.id)
    one = {"case_manager": world.second_pair["case_manager"]}
    enrollments.assign_pair(enrolled, pair=one, by=ana, at=NOW)
    assert intake_in_reach(ana, NOW).filter(id=enrolled.client_id).exists()
    enrollments.assign_pair(enrolled, pair=world.second_pair, by=ana, at=NOW)
    assert not intake_in_reach(ana, NOW).filter(id=enrolled.client_id).exists()
    with pytest.raises(NotFound):
        get_referral(ana, eligible.id)
    assert charts_in_reach(world.actor("supervisor"), NOW).filter(id=enrolled.client_id).exists()


def test_the_pair_is_of_the_team_and_holds_the_roles(world: World) -> None:
    by = world.actor("supervisor")
    for stranger in (world.outsiders["case_manager"], world.staff["peer_specialist"]):
        with pytest.raises(InvalidPair) as told:
            enrollments.assign_pair(luis(world), pair={"case_manager": stranger}, by=by, at=NOW)
        assert told.value.field == "case_manager"
    with pytest.raises(Refused):
        enrollments.assign_pair(luis(world), pair={}, by=world.actor("peer_specialist"), at=NOW)


def test_a_new_worker_takes_the_place_of_the_one_before(world: World) -> None:
    pair = {"case_manager": world.second_pair["case_manager"]}
    for _ in range(2):
        enrollments.assign_pair(luis(world), pair=pair, by=world.actor("supervisor"), at=NOW)
    serving = CareTeamMember.objects.filter(enrollment_id=luis(world).id, role="case_manager")
    assert serving.count() == 2
    assert serving.get(until=None).user == world.second_pair["case_manager"]


def test_a_phase_keeps_at_least_a_day(world: World) -> None:
    enrollment = luis(world)
    by = world.actor("case_manager")
    first, second = enrollment.phases.order_by("position")[:2]
    enrollments.move_phase_end(enrollment, slug="transition", ends_on=first.ends_on + DAY, by=by, at=NOW)
    second.refresh_from_db()
    assert second.starts_on == first.ends_on + DAY
    for slug, ends_on in (("transition", first.starts_on), ("transition", second.ends_on), ("no_such", TODAY)):
        with pytest.raises(InvalidPhase):
            enrollments.move_phase_end(enrollment, slug=slug, ends_on=ends_on, by=by, at=NOW)


def test_an_enrollment_ends_once_and_with_it_the_reach_of_its_pair(world: World) -> None:
    enrollment, by = luis(world), world.actor("case_manager")
    with pytest.raises(InvalidEnrollment):
        enrollments.end_enrollment(enrollment, discharge="completed", discharged_on=TODAY + DAY, by=by, at=NOW)
    enrollments.end_enrollment(enrollment, discharge="completed", discharged_on=TODAY, by=by, at=NOW)
    assert not charts_in_reach(by, NOW).filter(id=enrollment.client_id).exists()
    supervisor = world.actor("supervisor")
    with pytest.raises(AlreadyDischarged):
        enrollments.end_enrollment(enrollment, discharge="moved", discharged_on=TODAY, by=supervisor, at=NOW)
    with pytest.raises(AlreadyDischarged):
        enrollments.assign_pair(luis(world), pair={}, by=supervisor, at=NOW)
    assert not ClientTeam.objects.filter(client_id=enrollment.client_id, because="referral", until=None).exists()


def mark(world: World, *done: str, **given: Any) -> None:
    given = {"list": "orientation", "done_on": TODAY, **given}
    checklists.mark_checklist(luis(world), done=done, **given, by=world.actor("peer_specialist"), at=NOW)


def test_marks_become_what_is_ticked_and_keep_their_day(world: World) -> None:
    mark(world, "length", "team", done_on=SINCE.date())
    mark(world, "team", "rhythm", "no_such_topic")
    marks = dict(luis(world).marks.filter(list="orientation").values_list("slug", "done_on"))
    assert marks == {"team": SINCE.date(), "rhythm": TODAY}


def test_nothing_is_done_on_a_day_to_come(world: World) -> None:
    with pytest.raises(InvalidMark) as told:
        mark(world, "length", done_on=TODAY + DAY)
    assert told.value.field == "done_on"


def test_another_team_does_not_mark(world: World) -> None:
    by = world.actor("case_manager", outsider=True)
    with pytest.raises(Refused):
        checklists.mark_checklist(luis(world), list="assessment", done=["psychosocial"], done_on=TODAY, by=by, at=NOW)
