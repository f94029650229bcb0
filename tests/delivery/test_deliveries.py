"""One client's session: contact, delivery and exam in one save; sent again, corrected, withdrawn."""

from datetime import timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.care.details import ContactDetails
from openmission.care.models import Contact, SafetyConcern
from openmission.care.services.contacts import log_contact
from openmission.care.services.corrections import correct_contact
from openmission.care.services.withdrawals import withdraw_contact
from openmission.curricula.selectors import curriculum
from openmission.delivery.answers import InvalidAnswer
from openmission.delivery.models import Delivery, StatusExam
from openmission.delivery.selectors.courses import known_one
from openmission.delivery.selectors.history import delivered_in, history, kinds_in, latest_exams
from openmission.delivery.services.changes import Recorded
from openmission.delivery.services.deliveries import NewDelivery, deliver_session
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import IdTaken, Refused
from openmission.kernel.ids import new_id
from openmission.staff.viewers import actor_for
from tests.care.people import rosa
from tests.delivery.groups import record_of, save, versions, with_members
from tests.world.cast import NOW, World
from tests.world.delivery import CALM, plan

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
USED = {**CALM, "use": "used", "substances": ["alcohol"]}


def deliver(world: World, member: Enrollment, answers: dict[str, Any], **said: Any) -> Recorded:
    """Ana, or whoever is named, records a session alone, an hour ago."""
    by: Actor = said.pop("by", None) or world.actor("case_manager")
    at = said.pop("on", NOW - HOUR)
    details = ContactDetails(at=at, outcome="met", mode="in_person", place="office", component="drt", minutes=50)
    course = curriculum(by, said.pop("curriculum", "drt"))
    given: dict[str, Any] = {"session": "onset_of_problems", **said}
    new = NewDelivery(curriculum=course, answers=answers, details=details, **given)
    return deliver_session(member, new=new, by=by, at=NOW)


def standing(world: World, member: Enrollment) -> tuple[set[str], set[str]]:
    """Sessions done and missed."""
    course = known_one(world.actor("case_manager"), member.id).course("drt")
    return set(course.done), set(course.missed)


def as_it_is(contact: Contact, **changed: Any) -> ContactDetails:
    names = ("at", "outcome", "mode", "component", "minutes", "place", "with_whom", "note", "slip")
    return ContactDetails(**({name: getattr(contact, name) for name in names} | changed))


def correct(world: World, contact: Contact, **changed: Any) -> None:
    """In the service log, by Ana."""
    contact.refresh_from_db()
    correct_contact(contact, details=as_it_is(contact, **changed), by=world.actor("case_manager"), at=NOW)


def ben(world: World) -> Actor:
    """The second pair's peer, who serves none of these members."""
    return actor_for(world.second_pair["peer_specialist"], on=NOW.date())


def changes() -> int:
    return RecordedEvent.objects.filter(kind="delivery.DeliveryChanged").count()


def test_one_save_writes_contact_delivery_exam_and_version(world: World) -> None:
    member, id = rosa(world), new_id()
    saved = deliver(world, member, {"exam": USED, "note": "A good talk.", "homework": "Call."}, id=id)
    contact = Contact.objects.get(id=id)
    assert (contact.outcome, contact.component, contact.minutes, contact.note) == ("met", "drt", 50, "A good talk.")
    assert (contact.slip, contact.recorded_by_name) == (True, "Ana Ruiz")
    row = saved.delivery
    assert (row.contact, row.component, row.homework, row.revision, row.version) == (contact, "drt", "Call.", 1, 1)
    assert (row.exam.mood, row.exam.substances, row.exam.passed) == (6, ["alcohol"], [])
    assert [version["exam"]["use"] for version in versions(row)] == ["used"]
    assert standing(world, member) == ({"onset_of_problems"}, set())


def test_sent_again_it_is_the_same_record(world: World) -> None:
    member, id = rosa(world), new_id()
    for _time in range(3):
        saved = deliver(world, member, {"exam": {**CALM, "mood": 1}, "note": "A talk.", "worried": True}, id=id)
        assert saved.concern and set(saved.concern.because) == {"worried", "low_mood"}
    assert (Contact.objects.filter(enrollment=member).count(), saved.delivery.revision) == (1, 1)
    assert (changes(), SafetyConcern.objects.filter(enrollment=member).count()) == (0, 1)
    assert StatusExam.objects.filter(delivery__enrollment=member).count() == 1


def test_sent_again_with_other_words_it_is_changed_and_the_first_words_are_kept(world: World) -> None:
    member, id = rosa(world), new_id()
    deliver(world, member, {"exam": CALM, "note": "First"}, id=id)
    row = deliver(world, member, {"exam": {**CALM, "mood": 5}, "note": "Second"}, id=id).delivery
    row.refresh_from_db()
    assert (row.contact.note, row.exam.mood) == ("Second", 5)
    assert versions(row)[0]["note"] == "First"
    said = {"attendance": "present", "exam": {**CALM, "mood": 5}, "note": "Second", "session": "onset_of_problems"}
    assert {part: answer for part, answer in versions(row)[-1].items() if part != "how"} == said


def test_a_form_that_comes_again_for_another_session_gets_a_new_number(world: World) -> None:
    member, id = rosa(world), new_id()
    deliver(world, member, {}, id=id)
    with pytest.raises(IdTaken):
        deliver(world, member, {}, id=id, session="motivation")
    assert standing(world, member) == ({"onset_of_problems"}, set())


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        pytest.param({"attendance": "asleep"}, "attendance", id="attendance"),
        pytest.param({"exam": {"mood": 11}}, "mood", id="off the scale"),
        pytest.param({"exam": {"mood": "six"}}, "exam", id="a word on a scale"),
        pytest.param({"exam": {"weight": 70}}, "exam", id="an unknown item"),
        pytest.param({"exam": "calm"}, "exam", id="no exam at all"),
        pytest.param({"exam": {"use": "relapsed"}}, "use", id="an unknown choice"),
        pytest.param({"homework": "x" * 2001}, "homework", id="too long"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_saved(world: World, answers: dict[str, Any], field: str) -> None:
    member = rosa(world)
    with pytest.raises(InvalidAnswer) as fault:
        deliver(world, member, answers)
    assert fault.value.field == field
    assert not Contact.objects.filter(enrollment=member).exists()


def test_a_session_of_another_curriculum_is_refused(world: World) -> None:
    with pytest.raises(InvalidAnswer):
        deliver(world, rosa(world), {}, session="yoga")


def test_peer_sessions_have_no_exam(world: World) -> None:
    member, by = rosa(world), world.actor("peer_specialist")
    slug = curriculum(by, "peer").sessions[0].slug
    saved = deliver(world, member, {"exam": CALM}, curriculum="peer", session=slug, by=by)
    assert (saved.delivery.contact.component, hasattr(saved.delivery, "exam")) == ("peer", False)
    assert not StatusExam.objects.filter(delivery=saved.delivery).exists()


def test_who_does_not_serve_the_client_is_refused(world: World) -> None:
    member = rosa(world)
    for stranger in (world.actor("case_manager", outsider=True), world.actor("intake_worker")):
        with pytest.raises(Refused):
            deliver(world, member, {}, by=stranger)
    assert not Delivery.objects.filter(enrollment=member).exists()


def test_a_missed_meeting_is_made_up_alone(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting = plan(world, group, "onset_of_problems", days_ago=7)
    save(meeting, {member.id: {"attendance": "excused"}}, world.actor("case_manager"))
    assert standing(world, member) == (set(), {"onset_of_problems"})
    first = deliver(world, member, {"exam": CALM}).delivery
    assert standing(world, member) == ({"onset_of_problems"}, set())
    again = deliver(world, member, {"exam": CALM}, on=NOW).delivery
    kinds = kinds_in(world.actor("case_manager"), member.id)
    assert (kinds[first.id], kinds[again.id]) == ("make_up", "repeat")  # in the first phase
    withdraw_contact(first.contact, reason="It was somebody else.", by=world.actor("case_manager"), at=NOW)
    assert kinds_in(world.actor("case_manager"), member.id)[again.id] == "make_up"


def test_what_a_session_was_to_the_client_follows_from_the_others(world: World) -> None:
    """Recorded late, an earlier one becomes the first, and the later one a repeat."""
    member, by = rosa(world), world.actor("case_manager")
    later = deliver(world, member, {}).delivery
    assert kinds_in(by, member.id) == {later.id: "first"}
    earlier = deliver(world, member, {}, on=NOW - timedelta(days=3)).delivery
    assert kinds_in(by, member.id) == {earlier.id: "first", later.id: "repeat"}


def test_a_contact_corrected_to_something_else_is_no_session_until_it_is_corrected_back(world: World) -> None:
    member, by = rosa(world), world.actor("case_manager")
    contact = deliver(world, member, {"exam": CALM}).delivery.contact
    for component, done, found in (("cti", set(), 0), ("drt", {"onset_of_problems"}, 1)):
        correct(world, contact, component=component)
        past = history(by, member)
        assert standing(world, member) == (done, set())
        assert (len(past.deliveries), len(past.kinds)) == (found, found)
        assert (len(latest_exams(by, [member.id])), len(delivered_in(by, [contact.id]))) == (found, found)


@pytest.mark.parametrize(
    ("answers", "opened"),
    [
        pytest.param({"exam": {**CALM, "mood": 2}}, {"low_mood"}, id="low mood"),
        pytest.param({"exam": {**CALM, "anxiety": 9}}, {"high_anxiety"}, id="high anxiety"),
        pytest.param({"worried": True}, {"worried"}, id="the worker is worried"),
        pytest.param({"attendance": "absent", "worried": True}, {"worried"}, id="worried about who did not come"),
        pytest.param({"exam": USED}, None, id="use is no danger"),
        pytest.param({"attendance": "absent", "exam": {"mood": 1}}, None, id="answers of who was not there"),
    ],
)
def test_a_worrying_answer_opens_the_safety_steps_once(
    world: World, answers: dict[str, Any], opened: set[str] | None
) -> None:
    """Also in a group that is saved twice, and for a leader who does not serve the member."""
    group, (member,) = with_members(world, 1, leaders=(world.second_pair["peer_specialist"].id,))
    details = MeetingDetails(at=NOW, minutes=60, place="office", room="", session="motivation")
    meeting = plan_meeting(group, details=details, by=ben(world), at=NOW)
    for _time in range(2):
        saved = save(meeting, {member.id: answers}, ben(world))
        assert {code for concern in saved.concerns for code in concern.because} == (opened or set())
    found = SafetyConcern.objects.filter(enrollment=member)
    assert [set(concern.because) for concern in found] == ([opened] if opened else [])
    assert [concern.contact for concern in found] == [record_of(meeting, member).contact] * len(found)


def test_absent_becomes_present_and_absent_again(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    save(meeting, {member.id: {"attendance": "absent"}}, by)
    assert standing(world, member) == (set(), {"motivation"})
    save(meeting, {member.id: {"attendance": "late", "exam": CALM}}, by, seen=1, minutes=45)
    row = record_of(meeting, member)
    assert (row.late, row.contact.outcome, row.contact.minutes, row.exam.mood) == (True, "met", 45, 6)
    assert standing(world, member) == ({"motivation"}, set())
    save(meeting, {member.id: {"attendance": "absent"}}, by, seen=2)
    row = record_of(meeting, member)
    assert (row.late, row.contact.outcome, row.contact.minutes, row.exam.mood) == (False, "no_show", 0, None)
    assert standing(world, member) == (set(), {"motivation"})
    assert [version["attendance"] for version in versions(row)] == ["absent", "late", "absent"]


def test_what_is_corrected_in_the_service_log_counts_at_once(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting = plan(world, group, "motivation")
    save(meeting, {member.id: {"exam": CALM, "note": "Came."}}, world.actor("case_manager"))
    contact = record_of(meeting, member).contact
    correct(world, contact, outcome="no_show", minutes=0)
    assert standing(world, member) == (set(), {"motivation"})
    correct(world, contact, outcome="met", minutes=50)
    assert standing(world, member) == ({"motivation"}, set())
    row = record_of(meeting, member)
    assert [version["attendance"] for version in versions(row)] == ["present", "absent", "present"]
    assert (row.revision, row.exam.mood, versions(row)[-1]["exam"]) == (3, 6, CALM)


def test_a_correction_that_changes_nothing_of_the_session_is_no_version_of_it(world: World) -> None:
    saved = deliver(world, rosa(world), {"exam": CALM, "note": "Came."})
    correct(world, saved.delivery.contact, slip=True)
    saved.delivery.refresh_from_db()
    assert (saved.delivery.revision, changes()) == (1, 0)


def test_where_it_was_is_part_of_a_session_alone(world: World) -> None:
    saved = deliver(world, rosa(world), {"exam": CALM, "note": "Came."})
    correct(world, saved.delivery.contact, place="home")
    saved.delivery.refresh_from_db()
    assert (saved.delivery.revision, changes()) == (2, 1)
    assert versions(saved.delivery)[-1]["how"]["where"] == "in_person/home"


def test_a_contact_without_a_session_has_none_after_its_correction(world: World) -> None:
    member = rosa(world)
    details = ContactDetails(at=NOW - HOUR, outcome="met", mode="phone", component="drt", minutes=10)
    contact = log_contact(member, details=details, by=world.actor("case_manager"), at=NOW)
    correct(world, contact, note="A word more.")
    assert not Delivery.objects.filter(enrollment=member).exists()


def test_what_was_withdrawn_counts_nowhere_and_stays(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    save(meeting, {member.id: {"exam": CALM, "note": "Came."}}, by)
    withdraw_contact(record_of(meeting, member).contact, reason="It was somebody else.", by=by, at=NOW)
    assert standing(world, member) == (set(), set())
    save(meeting, {member.id: {"exam": CALM, "note": "Came!"}}, by, seen=1)
    row = record_of(meeting, member)
    assert (row.contact.outcome, row.contact.note, row.revision) == ("withdrawn", "Came.", 1)


@pytest.mark.parametrize("ticked", [True, False], ids=["ticked", "not ticked"])
def test_a_slip_that_was_ticked_by_hand_stays(world: World, ticked: bool) -> None:
    group, (member,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    save(meeting, {member.id: {"exam": CALM}}, by)
    correct(world, record_of(meeting, member).contact, slip=ticked)
    save(meeting, {member.id: {"exam": {**CALM, "mood": 8}}}, by, seen=1)
    assert record_of(meeting, member).contact.slip is ticked


def test_a_slip_that_came_from_the_exam_goes_with_it(world: World) -> None:
    group, (member,) = with_members(world, 1)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    for seen, exam, slip in ((0, USED, True), (1, CALM, False), (2, USED, True)):
        save(meeting, {member.id: {"exam": exam}}, by, seen=seen)
        assert record_of(meeting, member).contact.slip is slip
