"""Two staff save the same meeting at once: neither loses an answer, and the second is told what changed."""

from typing import Any
from uuid import UUID

import pytest

from openmission.care.services.corrections import correct_contact
from openmission.delivery.answers import stored_answers
from openmission.delivery.models import Delivery
from openmission.delivery.services.rounds import RoundSaved
from tests.delivery.groups import record_of, save, versions, with_members
from tests.delivery.test_deliveries import as_it_is
from tests.world.cast import NOW, World
from tests.world.delivery import CALM, plan

pytestmark = pytest.mark.django_db
Answers = dict[str, Any]


class Room:
    """A meeting of two members, whom Ana and Pat both record."""

    def __init__(self, world: World):
        self.world = world
        group, (self.will, self.grace) = with_members(world, 2)
        self.meeting = plan(world, group, "motivation")

    def ana(self, answers: Answers, *, seen: int = 0, **said: Any) -> RoundSaved:
        return self.save("case_manager", {self.will.id: answers}, seen, **said)

    def pat(self, answers: Answers, *, seen: int = 0, **said: Any) -> RoundSaved:
        return self.save("peer_specialist", {self.will.id: answers}, seen, **said)

    def save(self, role: str, answers: dict[UUID, Answers], seen: int = 0, **said: Any) -> RoundSaved:
        return save(self.meeting, answers, self.world.actor(role), seen=seen, **said)

    def told(self, saved: RoundSaved) -> list[tuple[str, Any, Any]]:
        """Of Will: the last word of the place, what is stored, what this person has."""
        found = [(each.place[-1], each.stored, each.mine) for each in saved.conflicts.get(self.will.id, ())]
        return sorted(found, key=lambda each: each[0])

    @property
    def stored(self) -> Answers:
        """What the record of Will says now."""
        row = record_of(self.meeting, self.will)
        return stored_answers(row, row.contact)


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def exam(**changed: Any) -> Answers:
    """All items, some said otherwise."""
    return {"exam": CALM | changed}


def test_different_members(room: Room) -> None:
    room.save("case_manager", {room.will.id: {"note": "From Ana."}, room.grace.id: {}})
    saved = room.save("peer_specialist", {room.will.id: {}, room.grace.id: {"note": "From Pat."}})
    assert saved.conflicts == {}
    notes = {row.enrollment_id: row.contact.note for row in Delivery.objects.filter(meeting=room.meeting)}
    assert notes == {room.will.id: "From Ana.", room.grace.id: "From Pat."}


def test_different_items_of_one_member(room: Room) -> None:
    room.ana({"exam": {"mood": 7, "use": "none"}})
    assert room.told(room.pat({"exam": {"anxiety": 3, "supports": ["people"]}})) == []
    assert room.stored["exam"] == {"mood": 7, "use": "none", "anxiety": 3, "supports": ["people"]}


def test_marks_of_a_list_are_united(room: Room) -> None:
    room.ana({"exam": {"supports": ["people"]}})
    assert room.told(room.pat({"exam": {"supports": ["treatment", "twelve_step"]}})) == []
    assert room.stored["exam"]["supports"] == ["people", "treatment", "twelve_step"]


@pytest.mark.parametrize(
    ("first", "second"),
    [pytest.param(4, 6, id="two numbers"), pytest.param("pass", 6, id="a pass"), pytest.param(4, "pass", id="another")],
)
def test_the_same_item_stays_as_the_first_said_and_the_second_is_told(room: Room, first: Any, second: Any) -> None:
    room.ana(exam(mood=first))
    saved = room.pat(exam(mood=second, motivation=9))
    assert room.told(saved) == [("mood", first, second), ("motivation", 7, 9)]
    assert room.stored["exam"] == CALM | {"mood": first}


def test_who_was_told_of_some_support_goes_before_who_was_told_of_none(room: Room) -> None:
    room.ana({"exam": {"supports": ["none"]}})
    room.pat({"exam": {"supports": ["treatment"]}})
    assert room.stored["exam"]["supports"] == ["treatment"]


def test_who_saves_again_after_being_told_decides(room: Room) -> None:
    room.ana(exam(mood=4))
    assert room.told(room.pat(exam(mood=6)))
    revision = record_of(room.meeting, room.will).revision
    assert room.told(room.pat(exam(mood=6), seen=revision)) == []
    assert room.stored["exam"]["mood"] == 6
    assert [version["exam"]["mood"] for version in versions(record_of(room.meeting, room.will))] == [4, 6]


def test_the_same_words_from_both_are_one_record(room: Room) -> None:
    for say in (room.ana, room.pat):
        assert room.told(say({**exam(), "note": "A calm hour."})) == []
    assert record_of(room.meeting, room.will).revision == 1


def test_two_notes_about_one_member(room: Room) -> None:
    room.ana({"note": "He slept well."})
    assert room.told(room.pat({"note": "He has a room."})) == [("note", "He slept well.", "He has a room.")]
    assert room.stored["note"] == "He slept well."


def test_a_note_that_only_one_changed_since_both_read_it(room: Room) -> None:
    room.ana({"note": "He slept well.", "exam": {"mood": 5}})
    room.ana({"note": "He slept well. He has a room.", "exam": {"mood": 5}}, seen=1)
    assert room.told(room.pat({"note": "He slept well.", "exam": {"mood": 8}}, seen=1)) == []
    assert room.stored == {"attendance": "present", "note": "He slept well. He has a room.", "exam": {"mood": 8}}


AWAY = {"attendance": "absent"}


def test_answers_of_somebody_whom_a_colleague_marked_absent_are_told(room: Room) -> None:
    """Else they were gone without a word: who was not there has no answers."""
    room.ana(AWAY)
    saved = room.pat({"exam": {"mood": 6, "use": "none"}, "note": "He came late."})
    assert room.told(saved) == [("attendance", "absent", "present"), ("mood", None, 6), ("use", None, "none")]
    assert room.stored == {"attendance": "absent", "note": "He came late."}
    revision = record_of(room.meeting, room.will).revision
    again = {"attendance": "late", "exam": {"mood": 6, "use": "none"}, "note": "He came late."}
    assert room.told(room.pat(again, seen=revision)) == []
    assert room.stored == again


def test_who_is_marked_absent_keeps_the_answers_that_a_colleague_has(room: Room) -> None:
    room.ana({"exam": {"mood": 6}})
    assert room.told(room.pat({"attendance": "excused"})) == [("attendance", "present", "excused")]
    assert room.stored == {"attendance": "present", "exam": {"mood": 6}}
    revision = record_of(room.meeting, room.will).revision
    assert room.told(room.pat({"attendance": "excused"}, seen=revision)) == []
    assert room.stored == {"attendance": "excused"}


@pytest.mark.parametrize(
    ("first", "second", "seen", "stands"),
    [
        pytest.param(AWAY, {}, 0, AWAY, id="absent beside a form that nobody touched"),
        pytest.param({"exam": {"mood": 6}}, AWAY, 1, AWAY, id="absent by who knew of the answers"),
        pytest.param(
            AWAY, {"exam": {"mood": 6}}, 1, {"attendance": "present", "exam": {"mood": 6}}, id="came after all"
        ),
        pytest.param(
            {"attendance": "late"}, {"exam": {"mood": 6}}, 0, {"attendance": "late", "exam": {"mood": 6}}, id="late"
        ),
    ],
)
def test_attendance_without_a_contradiction(
    room: Room, first: Answers, second: Answers, seen: int, stands: Answers
) -> None:
    room.ana(first)
    assert room.told(room.pat(second, seen=seen)) == []
    assert room.stored == {"attendance": "present"} | stands


def test_late_and_absent_and_present_at_once(room: Room) -> None:
    room.ana({"exam": {"mood": 6}})
    room.ana({"attendance": "late", "exam": {"mood": 6}}, seen=1)
    assert room.told(room.pat(AWAY, seen=1)) == [("attendance", "late", "absent")]
    assert room.stored == {"attendance": "late", "exam": {"mood": 6}}


def test_two_homeworks(room: Room) -> None:
    room.ana({}, homework="Walk.")
    saved = room.pat({}, homework="Call somebody.")
    assert [(each.stored, each.mine) for each in saved.conflicts[None]] == [("Walk.", "Call somebody.")]
    room.meeting.refresh_from_db()
    assert room.meeting.homework == "Walk."
    assert room.pat({}, homework="Call somebody.", homework_seen="Walk.").conflicts == {}
    room.meeting.refresh_from_db()
    assert room.meeting.homework == "Call somebody."


def test_the_homework_that_a_colleague_changed_is_not_undone(room: Room) -> None:
    room.ana({}, homework="Walk.")
    room.ana({}, homework="Walk twice.", homework_seen="Walk.")
    assert room.pat({}, homework=" Walk. ", homework_seen="Walk.").conflicts == {}
    room.meeting.refresh_from_db()
    assert room.meeting.homework == "Walk twice."


def test_a_round_that_comes_late_from_a_phone_adds_what_nobody_else_said(room: Room) -> None:
    """Pat filled it in without a signal; Ana recorded the meeting and corrected it; then the phone sends, twice."""
    room.save("case_manager", {room.will.id: exam(mood=4), room.grace.id: AWAY}, homework="Walk.")
    room.save(
        "case_manager", {room.will.id: exam(mood=5), room.grace.id: AWAY}, 1, homework="Walk.", homework_seen="Walk."
    )
    phone = {
        room.will.id: {"exam": {"mood": 5}, "note": "He told about his son."},
        room.grace.id: {"note": "Called in."},
    }
    for _time in range(2):
        saved = room.save("peer_specialist", phone, homework="")
        assert saved.conflicts == {}
    assert room.stored == {"attendance": "present", "exam": CALM | {"mood": 5}, "note": "He told about his son."}
    grace = record_of(room.meeting, room.grace).contact
    assert (grace.outcome, grace.note) == ("no_show", "Called in.")
    room.meeting.refresh_from_db()
    assert room.meeting.homework == "Walk."


def test_what_was_corrected_in_the_service_log_is_what_the_next_one_saw(room: Room) -> None:
    """Else every save after it would be told of the same difference, and the first words could not be written again."""
    room.ana({"note": "First."})
    contact = record_of(room.meeting, room.will).contact
    correct_contact(contact, details=as_it_is(contact, note="Second."), by=room.world.actor("case_manager"), at=NOW)
    revision = record_of(room.meeting, room.will).revision
    assert room.told(room.pat({"note": "Third."}, seen=revision)) == []
    assert room.stored["note"] == "Third."
    assert room.told(room.pat({"note": "First."}, seen=revision + 1)) == []
    assert room.stored["note"] == "First."
    assert room.told(room.pat({"note": "Mine."}, seen=1)) == []  # they saw "First." then, and it stands again
    assert [version["note"] for version in versions(record_of(room.meeting, room.will))] == [
        "First.",
        "Second.",
        "Third.",
        "First.",
        "Mine.",
    ]


def test_who_saw_it_before_the_correction_is_told(room: Room) -> None:
    room.ana({"note": "First."})
    contact = record_of(room.meeting, room.will).contact
    correct_contact(contact, details=as_it_is(contact, note="Second."), by=room.world.actor("case_manager"), at=NOW)
    assert room.told(room.pat({"note": "Third."}, seen=1)) == [("note", "Second.", "Third.")]
    assert room.told(room.pat({"note": "First."}, seen=1)) == []
    assert room.stored["note"] == "Second."
