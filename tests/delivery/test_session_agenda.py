"""Which lines one client's sessions raise: the next, behind, make-ups, the worksheet, the booster.

Day 0 is the first of the enrollment.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from openmission.care.rules.agenda import DueItem, EnrollmentFacts
from openmission.delivery.rules.agenda import CourseFacts, session_items
from openmission.delivery.words import RAISER
from openmission.programs.rules import Severity, phase_boundaries
from tests.care.agenda_facts import START, appointment, day, settled
from tests.delivery.courses import DRT, SHEETS, SLUGS, coming, titles
from tests.delivery.courses import PEER as PEER_SESSIONS
from tests.programs.shipped import program_of

__all__ = ["titles"]
pytestmark = pytest.mark.usefixtures("titles")
MISSION = program_of("mission")
WEEK, TODAY = Severity.WEEK, Severity.TODAY


def course(*, done: dict[int, int] | None = None, missed: dict[int, int] | None = None, **given: Any) -> CourseFacts:
    """DRT with the sessions given and missed on these days; `coming` (day, number) of the group's next meeting."""
    planned = given.pop("coming", None)
    return CourseFacts(
        curriculum=given.pop("curriculum", DRT),
        done={SLUGS[n - 1]: (day(on), day(on)) for n, on in (done or {}).items()},
        missed={SLUGS[n - 1]: day(on) for n, on in (missed or {}).items()},
        coming=coming(day(planned[0]), SLUGS[planned[1] - 1]) if planned else None,
        **given,
    )


def items(course: CourseFacts, on: int, facts: EnrollmentFacts | None = None) -> dict[str, DueItem]:
    found = session_items(course, facts or settled(on), MISSION, day(on))
    assert len({item.key for item in found}) == len(found)
    return {item.key.partition(":")[0]: item for item in found}


def pressing(course: CourseFacts, on: int, facts: EnrollmentFacts | None = None) -> dict[str, Severity]:
    return {rule: item.severity for rule, item in items(course, on, facts).items()}


def due(item: DueItem) -> int:
    return (item.due_on - START).days


ONE = {1: 7}
WEEKLY = {n: 7 * n for n in range(1, 5)}  # four sessions, the last on day 28


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        pytest.param(10, None, id="long before"),
        pytest.param(11, WEEK, id="three days before"),
        pytest.param(14, TODAY, id="on the day"),
        pytest.param(23, TODAY, id="nine days late"),
    ],
)
def test_the_first_session_is_due_within_two_weeks(on: int, severity: Severity | None) -> None:
    assert pressing(course(), on) == ({"next": severity} if severity else {})


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        pytest.param(31, None, id="four days before"),
        pytest.param(32, WEEK, id="three days before"),
        pytest.param(35, TODAY, id="a week after the last"),
        pytest.param(49, TODAY, id="three weeks after the last"),
    ],
)
def test_the_next_session_is_due_a_week_after_the_last(on: int, severity: Severity | None) -> None:
    assert pressing(course(done=WEEKLY), on).get("next") == severity


def test_the_line_names_the_session_and_what_was_had() -> None:
    item = items(course(done=WEEKLY), 35)["next"]
    assert (due(item), item.need_on) == (35, day(35))
    told = item.what.params
    assert (told["session"], told["number"], told["given"], told["total"]) == (SLUGS[4], 5, 4, 13)
    assert item.for_roles == ("case_manager",)
    assert [fact.message.code for fact in item.why] == ["delivery.given", "delivery.rhythm"]


@pytest.mark.parametrize(
    ("done", "first", "later"), [pytest.param({}, 7, 8, id="the first"), pytest.param(ONE, 11, 12, id="the second")]
)
def test_the_2_month_format_has_two_a_week(done: dict[int, int], first: int, later: int) -> None:
    facts = settled(7, spans=phase_boundaries(START, 2, MISSION))
    item = items(course(done=done, per_week=2), first, facts)["next"]
    assert (due(item), item.severity) == (first, TODAY)
    assert due(items(course(done=done, per_week=2), later, facts)["next"]) == first


VISIT = replace(appointment(40), component="drt")


@pytest.mark.parametrize(
    ("found", "facts", "stands"),
    [
        pytest.param(course(done=WEEKLY, coming=(40, 5)), settled(38), True, id="the group meets"),
        pytest.param(course(done=WEEKLY, coming=(38, 5)), settled(38), True, id="it meets today"),
        pytest.param(course(done=WEEKLY, coming=(37, 5)), settled(38), False, id="it met yesterday"),
        pytest.param(course(done=WEEKLY), settled(38, appointments=(VISIT,)), True, id="an appointment about it"),
        pytest.param(
            course(done=WEEKLY),
            settled(38, appointments=(replace(VISIT, on=day(37)),)),
            False,
            id="an appointment that is over",
        ),
        pytest.param(
            course(done=WEEKLY),
            settled(38, appointments=(replace(VISIT, component="cti"),)),
            False,
            id="an appointment about something else",
        ),
    ],
)
def test_a_day_that_is_planned_stands_for_the_line(found: CourseFacts, facts: EnrollmentFacts, stands: bool) -> None:
    assert ("next" not in items(found, 38, facts)) is stands


def test_who_had_all_thirteen_has_no_next_and_is_not_behind() -> None:
    assert items(course(done={n: n for n in range(1, 14)}), 200) == {}


@pytest.mark.parametrize(
    ("done", "on", "severity"),
    [
        pytest.param(4, 60, None, id="thirteen days behind"),
        pytest.param(4, 61, WEEK, id="two weeks behind"),
        pytest.param(4, 75, TODAY, id="four weeks behind"),
        pytest.param(5, 61, None, id="one more session had"),
        pytest.param(12, 135, None, id="one left after the two phases"),
        pytest.param(12, 136, WEEK, id="one left two weeks later"),
    ],
)
def test_behind_is_more_than_two_weeks_late_when_spread_over_the_two_phases(
    done: int, on: int, severity: Severity | None
) -> None:
    """The two phases have 122 days: session 5 would be given by day 47, session 13 by day 122."""
    recent = course(done=dict.fromkeys(range(1, done + 1), on))
    assert pressing(recent, on).get("behind") == severity


def test_behind_says_how_many_would_fit() -> None:
    told = items(course(done=dict.fromkeys(range(1, 5), 60)), 75)["behind"].what.params
    assert (told["given"], told["expected"], told["total"], told["number"]) == (4, 7, 13, 5)


def test_behind_takes_the_place_of_the_next_session_and_presses_no_less() -> None:
    slow = course(done=WEEKLY)
    assert pressing(slow, 60) == {"next": TODAY}
    assert pressing(slow, 61) == {"behind": TODAY}


def test_who_has_not_begun_and_has_a_day_is_not_behind_yet() -> None:
    assert items(course(coming=(30, 1)), 28).keys() == {"worksheet"}
    assert "behind" in items(course(coming=(100, 1)), 90)


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        pytest.param(30, WEEK, id="at once"),
        pytest.param(36, WEEK, id="six days later"),
        pytest.param(37, TODAY, id="a week later"),
        pytest.param(51, TODAY, id="three weeks later"),
    ],
)
def test_a_make_up_is_due_within_a_week(on: int, severity: Severity) -> None:
    found = course(done=WEEKLY, missed={5: 30}, coming=(on + 3, 6))
    item = items(found, on)["make_up"]
    assert (item.severity, due(item), item.since_on) == (severity, 37, day(30))
    assert item.what.params["number"] == 5


def test_of_several_missed_the_earliest_is_asked_for_and_why_names_all() -> None:
    item = items(course(done=WEEKLY, missed={5: 35, 6: 42, 7: 31}), 43)["make_up"]
    assert item.what.params["number"] == 7
    assert [(fact.message.params["number"], fact.message.params["on"]) for fact in item.why] == [
        (7, day(31)),
        (5, day(35)),
        (6, day(42)),
    ]


def test_a_make_up_takes_the_place_of_the_next_session_and_of_behind_and_presses_no_less() -> None:
    """Absence never lowers what is asked for the client."""
    assert pressing(course(done=WEEKLY), 75) == {"behind": TODAY}
    assert pressing(course(done=WEEKLY, missed={5: 74}), 75) == {"make_up": TODAY}
    assert pressing(course(done=WEEKLY), 50) == {"next": TODAY}
    assert pressing(course(done=WEEKLY, missed={5: 48}), 50) == {"make_up": TODAY}
    assert pressing(course(done=WEEKLY, missed={5: 29}), 29) == {"make_up": WEEK}
    assert pressing(course(done=WEEKLY, missed={5: 48}, coming=(57, 6)), 50) == {"make_up": WEEK}


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        pytest.param(34, None, id="six days before the session"),
        pytest.param(35, WEEK, id="five days before"),
        pytest.param(38, TODAY, id="two days before"),
        pytest.param(39, TODAY, id="the day before"),
        pytest.param(40, TODAY, id="on the day"),
        pytest.param(41, None, id="when it is over"),
    ],
)
@pytest.mark.parametrize("way", ["group", "alone"])
def test_the_worksheet_is_ready_two_days_before(on: int, severity: Severity | None, way: str) -> None:
    group = way == "group"
    found = course(done=WEEKLY, coming=(40, 5) if group else None)
    facts = settled(on, appointments=() if group else (VISIT,))
    assert pressing(found, on, facts).get("worksheet") == severity


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        pytest.param("", True, id="not begun"),
        pytest.param("preparing", True, id="begun"),
        pytest.param("ready", False, id="ready"),
        pytest.param("overtaken", True, id="ready before its list grew"),
        pytest.param("brought", False, id="brought"),
        pytest.param("reviewed", False, id="reviewed"),
    ],
)
def test_a_worksheet_that_is_ready_is_not_asked_for(state: str, asked: bool) -> None:
    sheets = {SHEETS[SLUGS[4]]: state} if state else {}
    assert ("worksheet" in items(course(done=WEEKLY, coming=(40, 5), sheets=sheets), 38)) is asked


def test_the_worksheet_is_the_peers_and_of_the_session_that_has_the_day() -> None:
    item = items(course(done=WEEKLY, coming=(40, 9)), 38)["worksheet"]
    assert item.for_roles == ("peer_specialist",)
    assert (item.what.params["sheet"], item.what.params["number"]) == (SHEETS[SLUGS[8]], 9)
    alone = items(course(done=WEEKLY, coming=(41, 9)), 38, settled(38, appointments=(VISIT,)))["worksheet"]
    assert alone.what.params["number"] == 5  # the nearer day counts: alone it is their own next session


@pytest.mark.parametrize(
    ("role", "rule", "on", "found"),
    [
        pytest.param("case_manager", "next", 35, course(done=WEEKLY), id="no case manager"),
        pytest.param("peer_specialist", "worksheet", 38, course(done=WEEKLY, coming=(40, 5)), id="no peer"),
    ],
)
def test_while_nobody_holds_the_role_the_line_is_the_supervisors(
    role: str, rule: str, on: int, found: CourseFacts
) -> None:
    facts = settled(on)
    roles = tuple(replace(each, holders=frozenset()) if each.role == role else each for each in facts.roles)
    assert items(found, on, replace(facts, roles=roles))[rule].for_roles == ("supervisor",)


SLIP = 60
STEADY = {n: 7 * n for n in range(1, 9)}  # eight sessions, without the one on relapse prevention


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        pytest.param(60, WEEK, id="on the day"),
        pytest.param(67, TODAY, id="a week later"),
        pytest.param(81, TODAY, id="three weeks later"),
        pytest.param(90, TODAY, id="as long as support is closer"),
        pytest.param(91, None, id="no longer than that"),
    ],
)
@pytest.mark.parametrize("again", [False, True], ids=["sooner", "once more"])
def test_a_slip_is_answered_with_the_session_on_relapse_prevention(
    on: int, severity: Severity | None, again: bool
) -> None:
    done = STEADY | ({9: 58} if again else {})
    found = items(course(done=done), on, settled(on, use_reported_on=day(SLIP))).get("booster")
    assert (found.severity if found else None) == severity
    if found:
        assert (found.what.params["session"], found.what.params["again"]) == ("relapse_prevention", again)


def test_the_booster_goes_once_it_is_given_after_the_slip() -> None:
    facts = settled(70, use_reported_on=day(SLIP))
    assert "booster" not in items(course(done=STEADY | {9: SLIP}), 70, facts)
    assert "booster" in items(course(done=STEADY | {9: SLIP - 1}), 70, facts)


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        pytest.param(20, "transition", id="phase 1"),
        pytest.param(80, "try_out", id="phase 2"),
        pytest.param(150, "transfer", id="phase 3"),
        pytest.param(300, "transfer", id="after the last day"),
    ],
)
def test_what_was_not_had_stays_due_in_every_phase(on: int, phase: str) -> None:
    assert phase_of(on) == phase
    assert items(course(), on).keys() & {"next", "behind"}


def phase_of(on: int) -> str:
    return next((span.phase for span in settled().spans if day(on) < span.ends_on), "transfer")


EVERYTHING = course(done=ONE, missed={2: 8}, coming=(52, 2))


def test_a_closed_enrollment_and_a_program_without_the_component_need_nothing() -> None:
    facts = settled(50, use_reported_on=day(49))
    assert items(EVERYTHING, 50, facts).keys() == {"make_up", "worksheet", "booster"}
    assert session_items(EVERYTHING, replace(facts, closed=True), MISSION, day(50)) == ()
    without = replace(MISSION, components=MISSION.components - {"drt"})
    assert session_items(EVERYTHING, facts, without, day(50)) == ()


def test_peer_sessions_ask_gently_and_have_neither_worksheet_nor_booster() -> None:
    facts: EnrollmentFacts = settled(100, use_reported_on=day(99))
    found = items(course(curriculum=PEER_SESSIONS), 100, facts)
    assert {rule: item.severity for rule, item in found.items()} == {"behind": TODAY}
    (item,) = found.values()
    assert (item.for_roles, item.what.params["title"]) == (("peer_specialist",), None)
    assert isinstance(item.due_on, date)


TOLD = {
    "next": items(course(done=WEEKLY), 35),
    "behind": items(course(done=WEEKLY), 75),
    "make_up": items(EVERYTHING, 50),
    "worksheet": items(EVERYTHING, 50),
    "booster": items(course(), 60, settled(60, use_reported_on=day(SLIP))),
}


ENGLISH = {"the", "by", "of", "for", "it", "on", "with", "next", "hold", "missed", "week"}


def words(text: str) -> set[str]:
    return set(text.casefold().replace(".", " ").replace(":", " ").split())


@pytest.mark.parametrize("rule", TOLD)
def test_every_line_is_told_in_both_languages(rule: str) -> None:
    item, said = TOLD[rule][rule], {}
    for language in ("en", "es"):
        with translation.override(language):
            whys = [RAISER.why(fact, MISSION) for fact in item.why]
            said[language] = [RAISER.what(item, "Dana", MISSION), RAISER.label(item), *whys]
    assert "Dana" in said["en"][0] and "Dana" in said["es"][0]
    for english, spanish in zip(said["en"], said["es"], strict=True):
        assert english != spanish
        assert not ENGLISH & words(spanish), spanish


def test_a_group_without_a_date_is_no_line_of_a_client() -> None:
    assert DRT.due_rules.keys() == TOLD.keys() | {"date"}


@pytest.mark.parametrize(
    ("coming_on", "session", "found"),
    [
        pytest.param(52, 5, set(), id="a new one within the week"),
        pytest.param(52, 3, {"next"}, id="one that they have had"),
        pytest.param(58, 5, {"next"}, id="a new one after the week"),
    ],
)
def test_a_day_stands_for_the_next_session_when_it_is_new_and_soon(
    coming_on: int, session: int, found: set[str]
) -> None:
    now = course(done=WEEKLY, coming=(coming_on, session), sheets=dict.fromkeys(SHEETS.values(), "ready"))
    assert {rule for rule in items(now, 50) if rule in ("next", "behind")} == found


def test_who_is_behind_is_told_of_although_the_group_repeats_a_session() -> None:
    assert "behind" in items(course(done=WEEKLY, coming=(101, 3)), 100)
    assert "behind" not in items(course(done=WEEKLY, coming=(101, 5)), 100)


def test_with_two_a_week_behind_presses_in_half_the_days() -> None:
    once = {on for on in range(20, 100) if "behind" in items(course(done=WEEKLY), on)}
    twice = {on for on in range(20, 100) if "behind" in items(replace(course(done=WEEKLY), per_week=2), on)}
    assert min(once) - min(twice) == 7


def test_a_line_that_is_late_says_since_when() -> None:
    next_late, next_due = (items(course(done=WEEKLY), on)["next"] for on in (40, 34))
    assert "has been waiting for" in RAISER.what(next_late, "Dana", MISSION)
    assert "Next for Dana" in RAISER.what(next_due, "Dana", MISSION)
    made_late = items(course(done=WEEKLY, missed={5: 30}, coming=(42, 6)), 40)["make_up"]
    assert "It was to be made up by" in RAISER.what(made_late, "Dana", MISSION)
