"""Safety concerns: raised once, the first line of the day, never put off, closed by a person, nothing said is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from openmission.audit.models import RecordedEvent
from openmission.care import sentences
from openmission.care.models import Contact, SafetyConcern
from openmission.care.models.safety import Because
from openmission.care.rules.agenda import due_items
from openmission.care.rules.safety import added_note
from openmission.care.selectors.agenda import Line, day_lines, due_item
from openmission.care.selectors.safety import get_concern, safety_checklist
from openmission.care.services.deferrals import InvalidDeferral, defer_item, hand_item
from openmission.care.services.phases import InvalidReview, discharge_client
from openmission.care.services.safety import InvalidConcern, StepsLeft, raise_concern, take_safety_steps
from openmission.kernel.decisions import ALLOWED, denied
from openmission.kernel.errors import NotFound, Refused
from openmission.kernel.ids import new_id
from openmission.programs.rules import Severity
from tests.care.agenda_facts import CASE_MANAGER, concern, day, deferral, no_show, settled
from tests.care.people import log, luis, rosa
from tests.programs.shipped import program_of
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
MISSION = program_of("mission")
LOW, ANXIOUS, WORRIED = "low_mood", "high_anxiety", "worried"
FIRST = ("ask", "supervisor", "next_contact")


def raised(world: World, *because: str, contact: Contact | None = None, **said: Any) -> SafetyConcern:
    """Ana raises it, about Luis unless a contact is given."""
    enrollment = contact.enrollment if contact else luis(world)
    said = {"by": world.actor("case_manager"), "at": NOW} | said
    return raise_concern(enrollment, because=because or (LOW,), contact=contact, **said)


def take(concern: SafetyConcern, world: World, *steps: str, note: str = "", close: bool = False, **said: Any) -> Any:
    said = {"by": world.actor("case_manager"), "at": NOW} | said
    return take_safety_steps(concern, steps=steps, note=note, close=close, **said)


def every_step(world: World) -> tuple[str, ...]:
    found = safety_checklist(world.actor("case_manager"), 1)
    assert found
    return tuple(step.slug for step in found.steps)


def said_of(concern: SafetyConcern) -> list[str]:
    """The events about it."""
    rows = RecordedEvent.objects.filter(client_id=concern.client_id).order_by("id")
    return [row.kind.removeprefix("care.Safety") for row in rows if row.data.get("concern_id") == str(concern.id)]


def lines_of(world: World, role: str) -> list[Line]:
    return [line for line in day_lines(world.actor(role), on=TODAY) if line.item.rule == "safety"]


# Raising


def test_for_one_contact_it_is_raised_once_and_what_is_new_is_added(world: World) -> None:
    contact = log(world, luis(world))
    first = raised(world, LOW, contact=contact)
    again = raised(world, LOW, ANXIOUS, contact=contact, by=world.actor("peer_specialist"))
    third = raised(world, LOW, ANXIOUS, contact=contact)
    assert {first.id} == {again.id, third.id}
    assert (third.because, third.on, third.raised_by_name, third.version) == ([LOW, ANXIOUS], contact.on, "Ana Ruiz", 1)
    assert said_of(first) == ["ConcernRaised", "ConcernRaised"]


def test_the_same_form_twice_is_one_concern_also_after_it_was_closed(world: World) -> None:
    first = raised(world, WORRIED, id=(id := new_id()))
    take(first, world, *FIRST, why="She is with her sister.", close=True)
    assert raised(world, WORRIED, id=id).id == first.id
    assert said_of(first) == ["ConcernRaised", "StepsTaken", "ConcernClosed"]


def test_what_a_closed_concern_was_about_opens_no_other_of_that_contact(world: World) -> None:
    contact = log(world, luis(world))
    first = raised(world, LOW, contact=contact)
    take(first, world, *FIRST, why="Talked it through.", close=True)
    assert raised(world, LOW, contact=contact).id == first.id
    other = raised(world, LOW, ANXIOUS, contact=contact)
    assert (other.id != first.id, other.because, other.closed_at) == (True, [ANXIOUS], None)
    assert raised(world, LOW, contact=contact).id == other.id


def test_a_worry_without_a_contact_joins_the_open_one_and_a_later_one_is_new(world: World) -> None:
    first = raised(world, WORRIED)
    assert raised(world, WORRIED, by=world.actor("supervisor")).id == first.id
    take(first, world, *FIRST, why="All is well.", close=True)
    assert raised(world, WORRIED).id != first.id


def test_a_worry_needs_a_reason_that_we_know_and_a_contact_of_the_client(world: World) -> None:
    with pytest.raises(InvalidConcern):
        raised(world, "unheard_of")
    ana, other = world.actor("case_manager"), log(world, rosa(world))
    for because, contact in (((), None), ((LOW,), other)):
        with pytest.raises(InvalidConcern):
            raise_concern(luis(world), because=because, contact=contact, by=ana, at=NOW)


def test_out_of_reach_nothing_is_raised_taken_or_read_unless_a_room_above_says_so(world: World) -> None:
    cal = world.actor("case_manager", outsider=True)
    with pytest.raises(Refused):
        raised(world, by=cal)
    with pytest.raises(Refused):
        raised(world, may=denied("Not your group."))
    concern = raised(world, by=cal, may=ALLOWED)
    with pytest.raises(Refused):
        take(concern, world, "stay", by=cal)
    with pytest.raises(NotFound):
        get_concern(cal, concern.id, at=NOW)


# The steps


def test_half_may_be_saved_and_twice_is_once(world: World) -> None:
    concern = raised(world)
    for _ in range(2):
        saved = take(concern, world, "stay", "ask", note="He said no.")
    assert (saved.steps, saved.note, saved.closed_at) == (["stay", "ask"], "He said no.", None)
    assert said_of(concern) == ["ConcernRaised", "StepsTaken"]


def test_two_at_once_lose_neither_a_tick_nor_a_word(world: World) -> None:
    """Both opened the page before either saved."""
    concern = raised(world)
    take(concern, world, "stay", note="I am with him.")
    pat = world.actor("peer_specialist")
    saved = take(concern, world, "ask", "lifeline", note="I called 988 with him.", by=pat)
    assert (set(saved.steps), saved.note) == ({"stay", "ask", "lifeline"}, "I am with him.\n\nI called 988 with him.")
    take(concern, world, *FIRST, why="She is safe.", close=True)
    late = take(concern, world, "means", note="His brother has the keys.", close=True, by=pat)
    assert (late.closed_by_name, "means" in late.steps, "brother" in late.note) == ("Ana Ruiz", True, True)
    assert said_of(concern).count("ConcernClosed") == 1


def test_closing_needs_every_step_or_a_word_of_why_not(world: World) -> None:
    concern = raised(world)
    with pytest.raises(StepsLeft) as refused:
        take(concern, world, *FIRST, "stay", note="Her mother knows.", close=True)
    assert refused.value.field == "why"
    concern.refresh_from_db()
    assert (concern.steps, concern.closed_at) == ([], None)
    assert take(concern, world, *every_step(world), close=True).closed_by_name == "Ana Ruiz"
    assert take(raised(world), world, *FIRST, why="He has no means.", close=True).closed_at == NOW


@pytest.mark.parametrize("left_out", FIRST)
def test_without_a_step_that_comes_first_only_the_supervisor_closes_it(world: World, left_out: str) -> None:
    concern, done = raised(world), [step for step in FIRST if step != left_out]
    for role in ("case_manager", "peer_specialist"):
        with pytest.raises(StepsLeft) as refused:
            take(concern, world, *done, why="Ticked by mistake; he is well.", close=True, by=world.actor(role))
        assert refused.value.field == "steps" and "your supervisor" in str(refused.value.message)
    lead = world.actor("supervisor")
    with pytest.raises(StepsLeft):
        take(concern, world, *done, close=True, by=lead)
    saved = take(concern, world, *done, note="I spoke with Ana.", why="Ticked by mistake.", close=True, by=lead)
    assert (saved.closed_by_name, saved.note) == (lead.name, "I spoke with Ana.\n\nTicked by mistake.")


@pytest.mark.parametrize(
    ("stored", "more", "stands"),
    [
        pytest.param("", " He is safe. \r\n", "He is safe.", id="the first words"),
        pytest.param("He is safe.", "", "He is safe.", id="no more words"),
        pytest.param("He is safe.", "Call at 5.", "He is safe.\n\nCall at 5.", id="more words"),
        pytest.param("He is safe.\n\nCall at 5.", "Call at 5.", "He is safe.\n\nCall at 5.", id="the same again"),
        pytest.param("He is safe.", "safe.", "He is safe.\n\nsafe.", id="words that end alike"),
    ],
)
def test_what_was_agreed_only_grows(stored: str, more: str, stands: str) -> None:
    assert added_note(stored, more) == stands


# The agenda


@pytest.mark.parametrize("role", ["case_manager", "peer_specialist", "supervisor"])
def test_it_is_the_first_line_now_of_the_pair_and_the_supervisor_until_it_is_closed(world: World, role: str) -> None:
    contact = log(world, luis(world))
    concern = raised(world, LOW, ANXIOUS, contact=contact)
    first = day_lines(world.actor(role), on=TODAY)[0]
    assert (first.item.key, first.severity) == (f"safety:{concern.id}", Severity.NOW)
    assert [fact.link_id for fact in first.item.why] == [contact.id, contact.id]
    take(concern, world, "stay", note="She is calmer.")
    assert lines_of(world, role)
    take(concern, world, *FIRST, why="Her sister stays.", close=True)
    assert lines_of(world, role) == []


def test_it_goes_before_the_strongest_outreach() -> None:
    facts = settled(10, misses=6, last_miss=no_show(12), concerns=(concern(40), concern(39, number=61)))
    keys = [item.key for item in due_items(facts, MISSION, day(45))]
    assert keys[:3] == [f"safety:{concern(39, number=61).id}", f"safety:{concern(40).id}", "outreach"]


def test_a_closed_enrollment_needs_only_its_safety_steps_and_none_is_left_behind(world: World) -> None:
    assert due_items(settled(10, closed=True), MISSION, day(45)) == ()
    last = due_items(settled(10, closed=True, concerns=(concern(40),)), MISSION, day(45))
    assert [item.rule for item in last] == ["safety"]
    raised(world)
    said = {"discharge": "completed", "discharged_on": TODAY, "note": "Well done.", "leave_open": True}
    with pytest.raises(InvalidReview, match="safety steps"):
        discharge_client(luis(world), **said, by=world.actor("case_manager"), at=NOW)


def test_it_is_never_put_off_and_may_be_handed_on(world: World) -> None:
    key = f"safety:{raised(world).id}"
    ana, item = world.actor("case_manager"), lines_of(world, "case_manager")[0].item
    said = {"item_key": key, "weight": item.weight, "need_on": item.need_on, "until_on": TODAY + timedelta(days=1)}
    with pytest.raises(InvalidDeferral):
        defer_item(luis(world), **said, reason="Later", by=ana, at=NOW)
    hand_item(luis(world), **said, reason="I drive.", to=world.staff["supervisor"], by=ana, at=NOW)
    assert lines_of(world, "supervisor")[0].severity == Severity.NOW
    assert lines_of(world, "case_manager")[0].severity == Severity.WAITING


def test_a_word_that_puts_it_off_hides_nothing() -> None:
    facts = settled(10, concerns=(concern(12),))
    plain = due_items(facts, MISSION, day(12))
    word = deferral(plain[0].key, weight=99, until=40)
    assert due_items(replace(facts, deferrals=(word,)), MISSION, day(12)) == plain
    users = frozenset({CASE_MANAGER})
    assert plain[0].severity_for(users=users, roles=frozenset({"case_manager"})) is Severity.NOW


@pytest.mark.parametrize(
    ("language", "because", "line", "why"),
    [
        pytest.param("en", (LOW,), "Worrying answers on Mon 23 Nov", "A very low mood on Mon 23 Nov.", id="an answer"),
        pytest.param("en", (WORRIED,), "A worry about safety on Mon 23 Nov", "Somebody is worried", id="a worry"),
        pytest.param("es", (ANXIOUS,), "Respuestas preocupantes el lun 23 nov", "Ansiedad muy alta", id="in Spanish"),
    ],
)
def test_the_line_says_what_worries_in_kind_words(
    world: World, language: str, because: tuple[str, ...], line: str, why: str
) -> None:
    concern = raised(world, *because)
    found = due_item(world.actor("case_manager"), luis(world).id, f"safety:{concern.id}", on=TODAY, at=NOW)
    program = found.standing.program
    with translation.override(language):
        assert line in sentences.what(found.item, name="Luis", program=program)
        assert why in sentences.why(found.item.why[0], program=program)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reason_has_its_words_in_the_line(world: World, language: str) -> None:
    concern = raised(world, *Because.values)
    found = due_item(world.actor("case_manager"), luis(world).id, f"safety:{concern.id}", on=TODAY, at=NOW)
    with translation.override(language):
        said = {sentences.why(fact, program=found.standing.program) for fact in found.item.why}
    assert len(said) == len(Because.values)
