"""What must hold for every enrollment, not only for the cases somebody thought of."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from openmission.care.rules.agenda import Action, DueItem, EnrollmentFacts, Miss, Seen, due_items, may_wait
from openmission.programs.rules import Program, Severity
from tests.care.agenda_facts import CASE_MANAGER, COLLEAGUE, PEER, appointment, day, deferral, enrollments, settled
from tests.programs.shipped import program_of

SLUGS = ["mission", "linkage-only"]
ANY = st.sampled_from(SLUGS).flatmap(enrollments)
Enrollment = tuple[EnrollmentFacts, Program, date]


def by_key(facts: EnrollmentFacts, program: Program, on: date) -> dict[str, DueItem]:
    return {item.key: item for item in due_items(facts, program, on)}


SUPERVISOR = UUID(int=77)


def heir(item: DueItem, later: dict[str, DueItem]) -> DueItem | None:
    """The line that carries the need on: itself, or for a contact the outreach that takes its place."""
    if item.rule in ("contact", "first_contact"):
        return later.get(item.key) or later.get("outreach")
    return later.get(item.key)


def assert_nothing_lowered(before: dict[str, DueItem], after: dict[str, DueItem]) -> None:
    for item in before.values():
        carried = heir(item, after)
        assert carried is not None, f"{item.key} vanished"
        assert carried.severity >= item.severity, f"{item.key} was lowered"
        assert carried.level >= item.level, f"{item.key} was lowered"


@given(ANY, st.integers(1, 90))
def test_time_alone_only_keeps_or_raises(enrollment: Enrollment, days: int) -> None:
    facts, program, on = enrollment
    assert_nothing_lowered(by_key(facts, program, on), by_key(facts, program, on + timedelta(days=days)))


@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(enrollment: Enrollment, random) -> None:  # type: ignore[no-untyped-def]
    facts, program, on = enrollment
    items = due_items(facts, program, on)
    words = [
        deferral(item.key, weight=20, until=300, to=to, hour=hour)
        for item in items
        for hour, to in ((8, None), (9, PEER))
    ]
    told = replace(facts, deferrals=tuple(words))
    mixed = [list(told.roles), list(told.appointments), words]
    for part in mixed:
        random.shuffle(part)
    shuffled = replace(told, roles=tuple(mixed[0]), appointments=tuple(mixed[1]), deferrals=tuple(words))
    assert due_items(shuffled, program, on) == due_items(told, program, on)


def test_who_was_handed_what_they_owe_still_owes_it_after_a_cover_met_the_client() -> None:
    """Else nobody had it: it would wait for those who gave it away, and they are the same."""
    word = deferral(key := "contact:peer_specialist", weight=99, until=40, to=PEER, to_met=True)
    item = by_key(replace(settled(10), deferrals=(word,)), program_of("mission"), day(17))[key]
    assert item.severity_for(users=frozenset({PEER}), roles=frozenset({"peer_specialist"})) is item.severity


def test_an_appointment_that_was_handed_on_waits_for_who_else_goes_there() -> None:
    """Who gave it away need not be one of the pair: a supervisor who goes along."""
    there = appointment(17, SUPERVISOR, CASE_MANAGER)
    word = deferral(key := f"appointment:{there.id}", weight=99, until=30, to=PEER)
    item = by_key(replace(settled(10), appointments=(there,), deferrals=(word,)), program_of("mission"), day(17))[key]
    for who in (SUPERVISOR, CASE_MANAGER):
        assert item.severity_for(users=frozenset({who}), roles=frozenset()) is Severity.WAITING
    assert item.severity_for(users=frozenset({PEER}), roles=frozenset()) is item.severity
    assert item.severity_for(users=frozenset({PEER, CASE_MANAGER}), roles=frozenset()) is item.severity
    assert item.severity_for(users=frozenset({COLLEAGUE}), roles=frozenset()) is None


def test_an_empty_place_says_nothing_of_another_one() -> None:
    """The peer's place was put off; that of the case manager, who left afterwards, presses."""
    word = deferral("pair:peer_specialist", weight=99, need=0, until=400)
    items = {}
    for empty in ("peer_specialist", "case_manager"):
        roles = tuple(replace(r, holders=frozenset()) if r.role == empty else r for r in settled(10).roles)
        items |= by_key(replace(settled(10), roles=roles, deferrals=(word,)), program_of("mission"), day(17))
    assert (items["pair:peer_specialist"].held, items["pair:case_manager"].held) == (word, None)


def test_a_colleague_who_was_handed_a_contact_sees_the_outreach_that_takes_its_place() -> None:
    word = deferral("contact:case_manager", weight=99, until=40, to=COLLEAGUE)
    items = by_key(replace(settled(10), deferrals=(word,)), program_of("mission"), day(31))
    assert "contact:case_manager" not in items
    outreach = items["outreach"]
    assert outreach.severity_for(users=frozenset({COLLEAGUE}), roles=frozenset()) is outreach.severity
    assert outreach.severity_for(users=frozenset({PEER}), roles=frozenset({"peer_specialist"})) is outreach.severity


MET_AGAIN = (Action.RECORD_CONTACT, Action.REACH_OUT)


def recorded(item: DueItem, facts: EnrollmentFacts, program: Program, on: date) -> EnrollmentFacts:
    """The facts after somebody did on that day what the line asks for, and recorded it."""
    match item.action:
        case Action.RECORD_CONTACT:
            (role,) = item.for_roles
            roles = tuple(replace(r, last_met=Seen(on)) if r.role == role else r for r in facts.roles)
            return replace(facts, roles=roles, last_met=Seen(on), misses=0, last_miss=None)
        case Action.REACH_OUT:
            return replace(facts, last_met=Seen(on), misses=0, last_miss=None)
        case Action.COVER_ORIENTATION:
            return replace(facts, topics_covered=frozenset(topic.slug for topic in program.orientation.topics))
        case Action.SIGN_DOCUMENT:
            return replace(facts, documents_signed=frozenset(document.slug for document in program.documents))
        case Action.DO_ASSESSMENT:
            return replace(facts, assessments_done=frozenset(assessment.slug for assessment in program.assessments))
        case Action.ASSIGN_PAIR:
            roles = tuple(replace(facts.role(row.role), holders=frozenset({COLLEAGUE})) for row in program.pair)
            return replace(facts, roles=roles)
        case Action.REVIEW_PHASE | Action.PLAN_DISCHARGE:
            phase = item.what.params.get("phase", facts.spans[-1].phase)
            return replace(facts, phases_reviewed=facts.phases_reviewed | {phase})
        case Action.DISCHARGE:
            return replace(facts, closed=True)
        case Action.RECORD_APPOINTMENT:
            left = tuple(a for a in facts.appointments if f"appointment:{a.id}" != item.key)
            return replace(facts, appointments=left)
        case Action.TAKE_SAFETY_STEPS:
            return replace(facts, concerns=tuple(c for c in facts.concerns if f"safety:{c.id}" != item.key))


@given(ANY)
def test_recording_what_is_asked_clears_the_line(enrollment: Enrollment) -> None:
    facts, program, on = enrollment
    for item in due_items(facts, program, on):
        assert item.key not in by_key(recorded(item, facts, program, on), program, on)


@given(ANY)
def test_doing_all_that_is_asked_empties_the_agenda(enrollment: Enrollment) -> None:
    facts, program, on = enrollment
    for _ in range(40):
        items = due_items(facts, program, on)
        if not items:
            return
        facts = recorded(items[0], facts, program, on)
    pytest.fail(f"still open: {[item.key for item in items]}")


@given(ANY)
def test_a_try_that_finds_nobody_rests_the_line_for_some_days_only(enrollment: Enrollment) -> None:
    facts, program, on = enrollment
    after = replace(facts, misses=facts.misses + 1, last_miss=Miss(on, tried=True))
    resting = by_key(after, program, on)["outreach"]
    retry = program.outreach.levels[resting.level - 1].retry_days
    assert (resting.severity, resting.due_on) == (Severity.WEEK, on + timedelta(days=retry))
    again = by_key(after, program, on + timedelta(days=retry))["outreach"]
    assert again.severity >= program.outreach.levels[again.level - 1].severity > Severity.WEEK


@given(ANY, st.integers(0, 420))
def test_a_reported_slip_never_lowers_support(enrollment: Enrollment, back: int) -> None:
    """Guide, Table 3, phase 2: relapse is not punished. Here it may only bring people closer."""
    facts, program, on = enrollment
    sober = replace(facts, use_reported_on=None)
    slip = replace(facts, use_reported_on=max(on - timedelta(days=back), facts.starts_on))
    before, after = by_key(sober, program, on), by_key(slip, program, on)
    assert_nothing_lowered(before, after)
    assert all(after[key].due_on <= item.due_on for key, item in before.items() if key in after)


@given(ANY)
def test_a_miss_never_lowers_support(enrollment: Enrollment) -> None:
    facts, program, on = enrollment
    missed = replace(facts, misses=facts.misses + 1, last_miss=Miss(on, tried=False))
    assert_nothing_lowered(by_key(facts, program, on), by_key(missed, program, on))


@given(enrollments("linkage-only"))
def test_linkage_only_never_asks_for_mission(enrollment: Enrollment) -> None:
    facts, program, on = enrollment
    for item in due_items(facts, program, on):
        assert item.rule not in ("assessments", "review", "discharge_plan")
        assert "case_manager" not in item.for_roles
        assert "A Case Manager's Practical Guide" not in item.source.document.en


@given(ANY)
def test_every_line_is_for_somebody_and_one_client_does_not_flood_the_page(enrollment: Enrollment) -> None:
    facts, program, on = enrollment
    items = due_items(facts, program, on)
    assert all(item.for_roles for item in items)
    assert len(items) - len(facts.appointments) - len(facts.concerns) <= 6
    assert len({item.key for item in items}) == len(items)


@given(
    ANY,
    st.integers(0, 40),
    st.integers(-1, 30),
    st.integers(-30, 30),
    st.sampled_from([None, PEER, COLLEAGUE]),
    st.booleans(),
    st.booleans(),
)
def test_a_deferral_hides_nothing(  # type: ignore[no-untyped-def]
    enrollment: Enrollment, weight: int, days: int, later: int, to, to_serves: bool, to_met: bool
) -> None:
    """Whatever was put off or handed on: the same lines; worse, on the day, about another need, or with a colleague who
    serves the client no longer it presses again. It waits for nobody but those who gave it away, and what may not wait
    for nobody who put it off.
    """
    facts, program, on = enrollment
    until = (on - facts.starts_on).days + days
    plain = by_key(facts, program, on)
    said = {"weight": weight, "until": until, "to": to, "to_serves": to_serves, "to_met": to_met}
    needs = {key: (item.need_on - facts.starts_on).days + later for key, item in plain.items()}
    words = tuple(deferral(key, need=needs[key], **said) for key in plain)
    told = by_key(replace(facts, deferrals=words), program, on)
    assert told.keys() == plain.keys()
    for key, item in told.items():
        pair = item.severity_for(users=frozenset({CASE_MANAGER}), roles=frozenset({*item.for_roles}))
        assert pair is not None
        stands = days > 0 and later >= 0 and (to_serves if to else may_wait(key))
        held = stands and item.weight <= weight
        assert (item.held is not None) == held
        assert (pair is Severity.WAITING) == (held)
        owes = any(to in facts.role(role).holders for role in item.for_roles)
        done = to_met and not owes and item.action is Action.RECORD_CONTACT
        if stands and to and not done:
            assert item.severity_for(users=frozenset({to}), roles=frozenset()) is item.severity
        if not stands:
            assert item == plain[key]
        assert item.severity is plain[key].severity


def test_the_newest_word_counts() -> None:
    facts = settled(10)
    words = (
        deferral("contact:case_manager", weight=20, until=19, to=PEER, hour=10),
        deferral("contact:case_manager", weight=20, until=25, hour=9),
    )
    item = by_key(replace(facts, deferrals=words), program_of("mission"), day(17))["contact:case_manager"]
    assert item.held == words[0]
    assert item.severity_for(users=frozenset({PEER}), roles=frozenset({"peer_specialist"})) is Severity.TODAY
    assert item.severity_for(users=frozenset({CASE_MANAGER}), roles=frozenset({"case_manager"})) is Severity.WAITING
    assert item.severity_for(users=frozenset({COLLEAGUE}), roles=frozenset()) is None


def test_a_meeting_that_was_handed_on_is_done_when_the_colleague_met_the_client() -> None:
    """The peer met in the case manager's place: the line leaves the peer, and stays owed where it came from. Once it
    weighs more it presses its own people, and the colleague who has not met the client.
    """
    for weight, met, theirs, owed in (
        (20, False, Severity.TODAY, Severity.WAITING),
        (20, True, None, Severity.WAITING),
        (19, False, Severity.TODAY, Severity.TODAY),
        (19, True, None, Severity.TODAY),
    ):
        word = deferral(CM := "contact:case_manager", weight=weight, until=19, to=PEER, to_met=met)
        item = by_key(replace(settled(10), deferrals=(word,)), program_of("mission"), day(17))[CM]
        assert item.severity_for(users=frozenset({PEER}), roles=frozenset({"peer_specialist"})) is theirs
        assert item.severity_for(users=frozenset({CASE_MANAGER}), roles=frozenset({"case_manager"})) is owed


@given(ANY, st.integers(1, 60))
def test_what_was_said_of_one_need_says_nothing_of_the_next(enrollment: Enrollment, days: int) -> None:
    """Each line put off for long, then all that they ask for done: whatever comes up afterwards presses. Needs are told
    apart by days: who was met that day already is not counted as met again.
    """
    facts, program, on = enrollment
    assume(not facts.last_seen or facts.last_seen.on < on)
    items = [item for item in due_items(facts, program, on) if item.action in MET_AGAIN]
    words = tuple(
        deferral(item.key, weight=99, need=(item.need_on - facts.starts_on).days, until=900) for item in items
    )
    for item in items:
        facts = recorded(item, facts, program, on)
    for item in due_items(replace(facts, deferrals=words), program, on + timedelta(days=days)):
        assert item.held is None, item.key
