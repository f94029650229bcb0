"""The agenda in words: every code has its sentence, and the sentences are the ones we want people to read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from openmission.care import sentences
from openmission.care.rules.agenda import Action, EnrollmentFacts, Seen, due_items
from openmission.programs.rules import Program
from tests.care.agenda_facts import appointment, day, enrollments, no_show, settled, tried
from tests.programs.shipped import program_of

MISSION = program_of("mission")
BUT_THE_LAST = frozenset({"transition", "try_out"})
ALL_REVIEWED = frozenset({"transition", "try_out", "transfer"})


def spoken(facts: EnrollmentFacts, on: int) -> list[str]:
    return [sentences.what(item, name="Dana", program=MISSION) for item in due_items(facts, MISSION, day(on))]


def with_peer_met(facts: EnrollmentFacts, on: int) -> EnrollmentFacts:
    case_manager, peer = facts.roles
    return replace(facts, roles=(case_manager, replace(peer, last_met=Seen(day(on)))))


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        pytest.param(
            lambda: settled(10, misses=2, last_miss=no_show(12)),
            26,
            "Dana missed a meeting or did not answer 2 times in a row; last seen 16 days ago. "
            "Visit at home or in the community.",
            id="two misses",
        ),
        pytest.param(
            lambda: settled(10, misses=1, last_miss=tried(12)),
            12,
            "Dana missed a meeting or did not answer once; last seen 2 days ago. Tried. Next try by Mon 15 Jun.",
            id="just tried",
        ),
        pytest.param(
            lambda: settled(10),
            26,
            "Dana has not been seen for 16 days. Visit at home or in the community.",
            id="silence",
        ),
        pytest.param(
            lambda: settled(None),
            12,
            "Dana: nobody has met them since enrolling, 12 days ago. Visit at home or in the community.",
            id="never met",
        ),
        pytest.param(
            lambda: with_peer_met(settled(10), 20),
            18,
            "Dana has not met the case manager for 8 days.",
            id="contact due",
        ),
        pytest.param(
            lambda: with_peer_met(settled(10), 20),
            15,
            "Dana meets the case manager next by Thu 18 Jun.",
            id="contact coming",
        ),
        pytest.param(
            lambda: with_peer_met(settled(None), 1),
            2,
            "Dana is new: first meeting with the case manager by Thu 4 Jun.",
            id="first contact",
        ),
        pytest.param(
            lambda: settled(0, roles=settled(0).roles[:1]), 0, "Dana still needs a peer.", id="a role is empty"
        ),
        pytest.param(
            lambda: settled(0, documents_signed=frozenset({"privacy_notice"}), topics_covered=frozenset()),
            0,
            "To sign: “Our agreement” and “How your team works and shares”. Also open: the orientation.",
            id="papers",
        ),
        pytest.param(
            lambda: settled(7, topics_covered=frozenset({"team", "length"})),
            7,
            "Orientation: 12 of 14 topics to cover.",
            id="orientation",
        ),
        pytest.param(
            lambda: settled(14, assessments_done=frozenset({"psychosocial"})),
            14,
            "To assess: Mental health and Substance use.",
            id="assessments",
        ),
        pytest.param(
            lambda: settled(20, appointments=(appointment(20),)), 20, "Appointment at 09:30: In person.", id="today"
        ),
        pytest.param(
            lambda: settled(20, appointments=(appointment(20),)),
            22,
            "Appointment of Sun 21 Jun, 09:30 (In person): no record yet.",
            id="no record",
        ),
        pytest.param(
            lambda: settled(60),
            60,
            "Transition to community ends on Fri 31 Jul: look back on it together.",
            id="last day of a phase",
        ),
        pytest.param(
            lambda: settled(60),
            61,
            "Transition to community ended on Fri 31 Jul and has not been looked back on yet.",
            id="first day of the next",
        ),
        pytest.param(
            lambda: settled(183, phases_reviewed=BUT_THE_LAST),
            182,
            "The program ends on Mon 30 Nov: plan with Dana what comes after.",
            id="plan for afterwards",
        ),
        pytest.param(
            lambda: settled(183, phases_reviewed=BUT_THE_LAST),
            183,
            "The program ended on Mon 30 Nov: plan with Dana what comes after.",
            id="no plan after the end",
        ),
        pytest.param(
            lambda: settled(167, phases_reviewed=ALL_REVIEWED),
            169,
            "Dana completes the program on Mon 30 Nov: honor the work.",
            id="discharge",
        ),
        pytest.param(
            lambda: settled(183, phases_reviewed=ALL_REVIEWED),
            183,
            "The program ended on Mon 30 Nov: close it with Dana and honor the work.",
            id="discharge passed",
        ),
    ],
)
def test_sentences(facts: Callable[[], EnrollmentFacts], on: int, expected: str) -> None:
    assert spoken(facts(), on)[0] == expected


def test_why_gives_rule_and_facts() -> None:
    facts = settled(10, misses=2, last_miss=tried(12), use_reported_on=day(10))
    (item,) = due_items(facts, MISSION, day(20))
    assert [sentences.why(fact, program=MISSION) for fact in item.why] == [
        "Last met anyone of the team on Thu 11 Jun.",
        "2 misses in a row; the latest was a try of ours on Sat 13 Jun.",
        "When last met, in the phase “Transition to community”: meetings at least every 7 days.",
        "Outreach: go and visit; try again after 2 days.",
    ]


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        pytest.param(lambda: settled(60), 60, ["The phase “Transition to community” ends on Fri 31 Jul."], id="ends"),
        pytest.param(lambda: settled(61), 61, ["The phase “Transition to community” ended on Fri 31 Jul."], id="ended"),
        pytest.param(
            lambda: settled(183, phases_reviewed=ALL_REVIEWED), 182, ["The program ends on Mon 30 Nov."], id="all ends"
        ),
        pytest.param(
            lambda: settled(183, phases_reviewed=BUT_THE_LAST),
            183,
            ["The program ended on Mon 30 Nov.", "There is no plan for afterwards yet."],
            id="all ended",
        ),
        pytest.param(
            lambda: settled(None),
            12,
            [
                "Has not met anyone of the team yet.",
                "Enrolled on Mon 1 Jun.",
                "First meeting by Thu 4 Jun.",
                "Outreach: go and visit; try again after 2 days.",
            ],
            id="never met",
        ),
    ],
)
def test_why_speaks_of_days_as_they_are(facts: Callable[[], EnrollmentFacts], on: int, expected: list[str]) -> None:
    item = due_items(facts(), MISSION, day(on))[0]
    assert [sentences.why(fact, program=MISSION) for fact in item.why] == expected


def test_every_action_has_a_button() -> None:
    assert set(sentences.ACTIONS) == set(Action) - {Action.OPEN}


@given(st.sampled_from(["mission", "linkage-only"]).flatmap(enrollments), st.sampled_from(["en", "es"]))
def test_every_line_and_every_fact_has_words(enrollment: tuple[EnrollmentFacts, Program, date], language: Any) -> None:
    facts, program, on = enrollment
    with translation.override(language):
        for item in due_items(facts, program, on):
            words = [sentences.what(item, name="Dana", program=program)]
            words += [sentences.why(fact, program=program) for fact in item.why]
            assert all(text and "%(" not in text and "None" not in text for text in words)
