"""The eligibility decision, a referral's way, loads and signatures, as tables of cases."""

import pytest

from openmission.intake.rules import (
    NEXT,
    OPEN,
    TRANSITIONS,
    Answer,
    Outlook,
    ReferralState,
    assess,
    is_full,
    may_move,
    strokes_are_a_signature,
)

CRITERIA = ("housing", "willing", "community")
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "outlook", "not_met", "unknown"),
    [
        pytest.param((MET, MET, MET), Outlook.ELIGIBLE, (), (), id="all met"),
        pytest.param((MET, UNKNOWN, MET), Outlook.FIND_OUT, (), ("willing",), id="one unknown"),
        pytest.param((UNKNOWN, UNKNOWN, UNKNOWN), Outlook.FIND_OUT, (), CRITERIA, id="nothing known"),
        pytest.param((MET, NOT_MET, MET), Outlook.NOT_ELIGIBLE, ("willing",), (), id="one not met"),
        pytest.param((NOT_MET, MET, UNKNOWN), Outlook.NOT_ELIGIBLE, ("housing",), ("community",), id="not met wins"),
        pytest.param((NOT_MET, NOT_MET, NOT_MET), Outlook.NOT_ELIGIBLE, CRITERIA, (), id="none met"),
    ],
)
def test_what_the_answers_allow(
    answers: tuple[Answer, ...], outlook: Outlook, not_met: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    found = assess(CRITERIA, dict(zip(CRITERIA, answers, strict=True)))
    assert (found.outlook, found.not_met, found.unknown) == (outlook, not_met, unknown)


def test_what_was_never_answered_is_unknown_and_answers_to_other_questions_do_not_count() -> None:
    found = assess(CRITERIA, {"housing": MET, "willing": MET, "arrest": NOT_MET})
    assert (found.outlook, found.unknown) == (Outlook.FIND_OUT, ("community",))


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("received", "contacted", True),
        ("received", "screened", True),
        ("received", "waiting", False),
        ("received", "enrolled", False),
        ("contacted", "received", False),
        ("screened", "waiting", True),
        ("waiting", "enrolled", True),
        ("waiting", "screened", False),
        ("enrolled", "closed", False),
        ("closed", "received", False),
        ("closed", "closed", True),
    ],
)
def test_where_a_referral_may_go(old: str, new: str, may: bool) -> None:
    assert may_move(old, new) is may


def test_every_open_referral_may_be_closed_and_every_state_has_a_next_action() -> None:
    assert all(may_move(state, ReferralState.CLOSED) for state in OPEN)
    assert set(NEXT) == set(TRANSITIONS) == set(ReferralState)


@pytest.mark.parametrize(("clients", "full"), [(0, False), (19, False), (20, True), (31, True)])
def test_a_full_load_is_twenty_clients(clients: int, full: bool) -> None:
    assert is_full(clients) is full


LINE = [[float(x), 50.0] for x in range(10)]


@pytest.mark.parametrize(
    ("strokes", "signature"),
    [
        pytest.param([LINE], True, id="a line"),
        pytest.param([LINE[:4], LINE[4:8]], True, id="a cross"),
        pytest.param([], False, id="nothing"),
        pytest.param([LINE[:7]], False, id="a dot"),
        pytest.param([[*LINE, [1.0]]], False, id="half a point"),
        pytest.param([[*LINE, [2001.0, 1.0]]], False, id="off the sheet"),
        pytest.param([[*LINE, [float("nan"), 1.0]]], False, id="no number"),
        pytest.param([LINE * 2001], False, id="endless"),
    ],
)
def test_what_counts_as_a_drawn_signature(strokes: list[list[list[float]]], signature: bool) -> None:
    assert strokes_are_a_signature(strokes) is signature
