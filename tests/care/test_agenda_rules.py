"""Each rule of the agenda as a table of cases: facts and a day in, keys and severities out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openmission.care.rules.agenda import Action, DueItem, EnrollmentFacts, RoleFacts, Seen, due_items
from openmission.programs.rules import Severity
from tests.care.agenda_facts import CASE_MANAGER, PEER, appointment, day, no_show, settled, tried
from tests.programs.shipped import program_of

WEEK, TODAY, NOW = Severity.WEEK, Severity.TODAY, Severity.NOW
CM, PEER_ROLE = "contact:case_manager", "contact:peer_specialist"
MISSION = program_of("mission")


def lines(facts: EnrollmentFacts, on: int) -> dict[str, Severity]:
    return {item.key: item.severity for item in due_items(facts, MISSION, day(on))}


def line(facts: EnrollmentFacts, on: int, key: str) -> DueItem:
    return next(item for item in due_items(facts, MISSION, day(on)) if item.key == key)


def met(facts: EnrollmentFacts, role: str, on: int | None) -> EnrollmentFacts:
    """The same facts, but this role last met the client on that day."""
    seen = None if on is None else Seen(day(on))
    return replace(facts, roles=tuple(replace(r, last_met=seen) if r.role == role else r for r in facts.roles))


def without(facts: EnrollmentFacts, role: str) -> EnrollmentFacts:
    return replace(facts, roles=tuple(r for r in facts.roles if r.role != role))


@pytest.mark.parametrize(
    ("met_on", "on", "expected"),
    [
        (10, 13, {}),
        (10, 14, {CM: WEEK, PEER_ROLE: WEEK}),  # weekly in the first phase
        (10, 17, {CM: TODAY, PEER_ROLE: TODAY}),
        (10, 23, {CM: TODAY, PEER_ROLE: TODAY}),
        (10, 24, {"outreach": NOW}),  # a week over, and nobody has seen the client
        (70, 80, {}),
        (70, 81, {CM: WEEK, PEER_ROLE: WEEK}),  # every two weeks in the second
        (70, 84, {CM: TODAY, PEER_ROLE: TODAY}),
        (130, 156, {}),
        (130, 157, {CM: WEEK, PEER_ROLE: WEEK}),  # monthly in the third
        (58, 65, {CM: TODAY, PEER_ROLE: TODAY}),  # the phase of the last meeting counts: a new phase excuses nothing
    ],
)
def test_contacts_by_phase(met_on: int, on: int, expected: dict[str, Severity]) -> None:
    facts = settled(met_on, phases_reviewed=frozenset({"transition", "try_out", "transfer"}))
    assert lines(facts, on) == expected


def test_one_of_the_pair_may_be_behind_while_the_other_meets() -> None:
    facts = met(settled(20), "case_manager", 10)
    assert lines(facts, 17) == {CM: TODAY}
    assert lines(facts, 24) == {CM: NOW, PEER_ROLE: WEEK}
    assert line(facts, 24, CM).for_roles == ("case_manager",)
    assert line(facts, 24, CM).action is Action.RECORD_CONTACT


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (0, {"first_contact:case_manager": WEEK, "first_contact:peer_specialist": WEEK}),
        (3, {"first_contact:case_manager": TODAY, "first_contact:peer_specialist": WEEK}),
        (6, {"first_contact:case_manager": NOW, "first_contact:peer_specialist": WEEK}),
        (9, {"first_contact:case_manager": NOW, "first_contact:peer_specialist": TODAY}),
        (10, {"outreach": NOW}),
    ],
)
def test_the_first_week(on: int, expected: dict[str, Severity]) -> None:
    assert lines(settled(None), on) == expected


@pytest.mark.parametrize(
    ("misses", "last", "on", "level", "severity", "due"),
    [
        (1, no_show(12), 12, 1, TODAY, 12),
        (1, tried(12), 12, 1, WEEK, 14),  # tried today: the next try in two days
        (1, tried(12), 14, 1, TODAY, 14),
        (2, no_show(12), 13, 2, NOW, 12),
        (2, tried(13), 13, 2, WEEK, 15),
        (2, tried(13), 15, 2, NOW, 15),
        (4, tried(14), 14, 3, WEEK, 15),  # the whole team, every day
        (4, tried(14), 15, 3, NOW, 15),
        (1, tried(20), 24, 2, NOW, 22),  # days without contact raise it too: met on day 10, due on 17
        (1, tried(36), 38, 3, NOW, 37),
    ],
)
def test_outreach_rises_with_misses_and_days(
    misses: int,
    last,
    on: int,
    level: int,
    severity: Severity,
    due: int,  # type: ignore[no-untyped-def]
) -> None:
    facts = settled(10, misses=misses, last_miss=last)
    assert list(lines(facts, on)) == ["outreach"]
    item = line(facts, on, "outreach")
    assert (item.level, item.severity, item.due_on) == (level, severity, day(due))
    assert item.action is Action.REACH_OUT


def test_outreach_is_the_pairs_and_at_the_top_the_supervisors_too() -> None:
    facts = settled(10, misses=2, last_miss=no_show(12))
    assert line(facts, 12, "outreach").for_roles == ("case_manager", "peer_specialist")
    facts = settled(10, misses=4, last_miss=no_show(12))
    assert line(facts, 12, "outreach").for_roles == ("case_manager", "peer_specialist", "supervisor")


def test_outreach_rises_in_every_phase() -> None:
    for met_on in (10, 70, 130):
        reviewed = frozenset({"transition", "try_out", "transfer"})
        facts = settled(met_on, misses=2, last_miss=no_show(met_on + 2), phases_reviewed=reviewed)
        assert lines(facts, met_on + 2) == {"outreach": NOW}


def test_outreach_presses_no_less_than_the_lines_it_replaces() -> None:
    behind = met(settled(23), "case_manager", 10)
    assert lines(behind, 24)[CM] is NOW
    assert lines(replace(behind, misses=1, last_miss=no_show(24)), 24) == {"outreach": NOW}


@pytest.mark.parametrize(
    ("slip", "met_on", "due"),
    [
        (None, 70, 84),
        (70, 70, 77),  # told at the meeting: weekly again
        (40, 70, 77),  # within 30 days of the last meeting
        (39, 70, 84),
        (75, 70, 82),  # told by somebody else, between meetings
        (80, 70, 84),  # never later than it was
    ],
)
def test_a_slip_brings_support_closer(slip: int | None, met_on: int, due: int) -> None:
    facts = settled(
        met_on, use_reported_on=None if slip is None else day(slip), phases_reviewed=frozenset({"transition"})
    )
    item = line(facts, due, CM)
    assert (item.due_on, item.severity) == (day(due), TODAY)
    assert CM not in lines(facts, due - 4)
    closer = any(fact.message.code == "closer_contact" for fact in item.why)
    assert closer == (due != 84)
    assert ("punished" in item.rule_text.en) == closer


def test_an_empty_role_is_one_line_of_the_supervisor() -> None:
    facts = without(settled(None), "peer_specialist")
    assert lines(facts, 0) == {"pair:peer_specialist": TODAY, "first_contact:case_manager": WEEK}
    assert line(facts, 3, "pair:peer_specialist").severity is NOW
    assert line(facts, 3, "pair:peer_specialist").for_roles == ("supervisor",)
    assert line(facts, 3, "pair:peer_specialist").what.params["roles"] == ("peer_specialist",)


def test_no_line_is_for_nobody() -> None:
    facts = replace(settled(None), roles=(), documents_signed=frozenset())
    assert all(item.for_roles == ("supervisor",) for item in due_items(facts, MISSION, day(60)))


@pytest.mark.parametrize(
    ("changes", "on", "key", "severity", "also"),
    [
        ({"documents_signed": frozenset({"privacy_notice"})}, 0, "documents", TODAY, ()),
        ({"documents_signed": frozenset()}, 7, "documents", NOW, ()),
        ({"topics_covered": frozenset({"team"})}, 3, "orientation", WEEK, ()),
        ({"topics_covered": frozenset({"team"})}, 7, "orientation", TODAY, ()),
        ({"topics_covered": frozenset()}, 14, "orientation", NOW, ()),
        ({"assessments_done": frozenset({"psychosocial"})}, 14, "assessments", TODAY, ()),
        ({"assessments_done": frozenset()}, 28, "assessments", NOW, ()),
        ({"assessments_done": frozenset(), "topics_covered": frozenset()}, 28, "orientation", NOW, ("assessments",)),
    ],
)
def test_gaps_are_one_line(changes: dict, on: int, key: str, severity: Severity, also: tuple[str, ...]) -> None:
    item = line(settled(on, **changes), on, key)
    assert (item.severity, item.what.params["also"]) == (severity, also)
    assert len(due_items(settled(on, **changes), MISSION, day(on))) == 1


def test_the_gap_line_presses_like_its_most_pressing_part() -> None:
    """In this version of the program the papers may take a month."""
    unhurried = replace(MISSION.due_rules["documents"], within_days=30)
    program = replace(MISSION, due_rules={**MISSION.due_rules, "documents": unhurried})
    facts = settled(28, documents_signed=frozenset(), assessments_done=frozenset())
    (item,) = due_items(facts, program, day(28))
    assert (item.key, item.severity, item.due_on) == ("documents", NOW, day(14))


def test_an_optional_release_is_no_gap() -> None:
    required = frozenset(document.slug for document in MISSION.required_documents)
    assert lines(settled(0, documents_signed=required), 0) == {}


@pytest.mark.parametrize(
    ("planned", "on", "severity", "code"),
    [
        (20, 14, WEEK, "appointment.coming"),
        (20, 20, TODAY, "appointment.today"),
        (20, 21, TODAY, "appointment.past"),
        (20, 22, NOW, "appointment.past"),
    ],
)
def test_appointments(planned: int, on: int, severity: Severity, code: str) -> None:
    item = line(settled(on, appointments=(appointment(planned),)), on, f"appointment:{appointment(planned).id}")
    assert (item.severity, item.what.code, item.for_users) == (severity, code, {CASE_MANAGER})
    assert item.for_roles == ("case_manager",)
    assert (item.why[0].link, item.why[0].link_id) == ("appointment", appointment(planned).id)


def test_a_planned_appointment_in_time_stands_for_the_contact_line() -> None:
    assert CM in lines(settled(10), 16)
    assert CM not in lines(settled(10, appointments=(appointment(17),)), 16)
    assert PEER_ROLE in lines(settled(10, appointments=(appointment(17),)), 16)
    assert CM in lines(settled(10, appointments=(appointment(18),)), 16), "planned too late"
    assert CM in lines(settled(10, appointments=(appointment(17),)), 18), "passed without a record"
    assert CM in lines(settled(10, appointments=(appointment(17, PEER),)), 16), "with the other of the pair"


@pytest.mark.parametrize(
    ("reviewed", "on", "expected"),
    [
        ((), 52, {}),
        ((), 53, {"review:transition": WEEK}),
        ((), 60, {"review:transition": TODAY}),
        ((), 67, {"review:transition": NOW}),
        (("transition",), 67, {}),
        (("transition",), 121, {"review:try_out": TODAY}),
        ((), 121, {"review:transition": NOW}),
        (("transition", "try_out"), 151, {}),
        (("transition", "try_out"), 152, {"discharge_plan": WEEK}),
        (("transition", "try_out"), 166, {"discharge_plan": TODAY}),
        (("transition", "try_out"), 175, {"discharge_plan": NOW}),
        (("transition", "try_out", "transfer"), 167, {}),
        (("transition", "try_out", "transfer"), 168, {"discharge": WEEK}),
        (("transition", "try_out", "transfer"), 182, {"discharge": TODAY}),
        (("transition", "try_out", "transfer"), 185, {"discharge": NOW}),
    ],
)
def test_phases_and_the_end_cannot_pass_silently(
    reviewed: tuple[str, ...], on: int, expected: dict[str, Severity]
) -> None:
    assert lines(settled(on, phases_reviewed=frozenset(reviewed)), on) == expected


def test_an_end_is_due_on_its_last_day_and_speaks_of_it_in_the_past_from_the_next() -> None:
    """docs/reference/due-rules.md: the review is due on the last day of the phase, day 60 counted from 0 in MISSION."""
    all_reviewed = ("transition", "try_out", "transfer")
    for reviewed, key, last, codes in (
        ((), "review:transition", 60, ("review.coming", "review.passed")),
        (all_reviewed, "discharge", 182, ("discharge.coming", "discharge.passed")),
    ):
        for on, code in zip((last, last + 1), codes, strict=True):
            item = line(settled(on, phases_reviewed=frozenset(reviewed)), on, key)
            assert (item.due_on, item.what.params["on"], item.what.code) == (day(last), day(last), code)


def test_in_the_short_format_the_plan_is_due_when_the_last_phase_begins() -> None:
    from openmission.programs.rules import phase_boundaries

    spans = phase_boundaries(day(0), 2, MISSION)
    facts = settled(45, spans=spans, phases_reviewed=frozenset({"transition", "try_out"}))
    item = line(facts, (spans[2].starts_on - day(0)).days, "discharge_plan")
    assert item.due_on == spans[2].starts_on


def test_a_closed_enrollment_needs_nothing() -> None:
    assert due_items(settled(None, closed=True), MISSION, date(2030, 1, 1)) == ()


def test_service_goes_on_past_the_planned_end() -> None:
    facts = settled(180, phases_reviewed=frozenset({"transition", "try_out", "transfer"}))
    assert lines(facts, 215) == {"discharge": NOW, CM: TODAY, PEER_ROLE: TODAY}


def test_every_line_names_its_rule_its_source_and_its_facts() -> None:
    facts = settled(10, misses=1, last_miss=no_show(12), documents_signed=frozenset())
    for item in due_items(facts, MISSION, day(60)):
        assert item.source.document
        assert item.source.place
        assert item.rule_text.en
        assert item.why
    outreach = line(facts, 60, "outreach")
    assert [fact.message.code for fact in outreach.why] == ["last_met", "missed", "expected_every", "reach.team"]
    assert [fact.link for fact in outreach.why] == ["contact", "contact", "", ""]


def test_linkage_only_has_one_peer_and_no_mission_step() -> None:
    linkage = program_of("linkage-only")
    facts = settled(0, program=linkage)
    found = {item.key for n in range(260) for item in due_items(facts, linkage, day(0) + timedelta(days=n))}
    assert found == {"contact:peer_specialist", "outreach", "discharge"}


def test_misses_without_the_latest_are_refused() -> None:
    with pytest.raises(ValueError, match="go together"):
        settled(0, misses=2)


def test_a_role_that_nobody_ever_filled_is_empty() -> None:
    assert settled(0).role("nurse") == RoleFacts(role="nurse")
