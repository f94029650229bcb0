"""One save of a group meeting: a record for each member, with nobody else in it."""

from typing import Any

import pytest

from openmission.care.models import Contact
from openmission.care.models.contact import Outcome
from openmission.delivery.models import Delivery, StatusExam
from openmission.delivery.naming import NamesAnother
from openmission.delivery.selectors.courses import known_of
from openmission.delivery.services.groups import join_group
from tests.world.cast import World
from tests.world.delivery import CALM, hold, make_drt_group, people, plan

pytestmark = pytest.mark.django_db


def test_one_save_writes_contact_delivery_and_exam_for_each(world: World) -> None:
    group, members = make_drt_group(world, name="Other group"), people(world, 4)
    for member in members:
        join_group(group, member, by=world.actor("case_manager"), at=member.enrolled_at)
    will, grace, mark, hope = members
    meeting = plan(world, group, "personal_recovery_plan")
    answers: dict[Any, dict[str, Any]] = {
        will.id: {"exam": CALM, "note": "Has a plan."},
        grace.id: {"attendance": "late", "exam": {**CALM, "use": "used", "substances": ["alcohol"]}},
        mark.id: {"attendance": "absent"},
        hope.id: {"attendance": "excused"},
    }
    hold(world, meeting, answers, homework="One step this week.")
    rows = {
        row.enrollment_id: row for row in Delivery.objects.filter(meeting=meeting).select_related("contact", "exam")
    }
    assert {id: row.contact.outcome for id, row in rows.items()} == {
        will.id: Outcome.MET,
        grace.id: Outcome.MET,
        mark.id: Outcome.NO_SHOW,
        hope.id: Outcome.CANCELLED,
    }
    assert rows[grace.id].late
    assert rows[grace.id].contact.slip
    assert rows[will.id].contact.note == "Has a plan."
    assert rows[will.id].exam.mood == 6
    known = known_of(world.actor("case_manager"), [mark.id, will.id])
    assert set(known[mark.id].course("drt").missed) == {"personal_recovery_plan"}
    assert set(known[will.id].course("drt").done) == {"personal_recovery_plan"}


def test_saved_twice_it_is_saved_once(world: World) -> None:
    group, members = make_drt_group(world, name="Other group"), people(world, 1)
    join_group(group, members[0], by=world.actor("case_manager"), at=members[0].enrolled_at)
    meeting = plan(world, group, "communication")
    for _time in range(2):
        hold(world, meeting, {members[0].id: {"exam": CALM}})
    assert Delivery.objects.filter(meeting=meeting).count() == 1
    assert Contact.objects.filter(enrollment=members[0]).count() == 1
    assert StatusExam.objects.filter(delivery__meeting=meeting).count() == 1


def test_a_note_does_not_name_another_member(world: World) -> None:
    group, members = make_drt_group(world, name="Other group"), people(world, 3)
    for member in members:
        join_group(group, member, by=world.actor("case_manager"), at=member.enrolled_at)
    meeting = plan(world, group, "communication")
    with pytest.raises(NamesAnother):
        hold(world, meeting, {members[0].id: {"note": "He argued with Grace about rent."}})
    assert not Delivery.objects.filter(meeting=meeting).exists()
