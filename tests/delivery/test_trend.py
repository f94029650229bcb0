"""The small drawing of mood, motivation and use: places between the edges, gaps where nothing was said."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from openmission.delivery.rules.exam import Exam
from openmission.delivery.rules.trend import EDGE, HEIGHT, WIDTH, Dot, trend_of

START = date(2026, 6, 1)
SAID = st.builds(
    Exam,
    mood=st.none() | st.integers(1, 10),
    motivation=st.none() | st.integers(0, 10),
    use=st.sampled_from(["", "none", "used"]),
)
POINTS = st.lists(st.tuples(st.integers(0, 400), SAID), max_size=30).map(
    lambda rows: [(START + timedelta(days=day), exam) for day, exam in sorted(rows, key=lambda row: row[0])]
)


def test_nothing_said_is_no_trend() -> None:
    assert not trend_of([])


def test_one_session_stands_at_the_left_edge() -> None:
    trend = trend_of([(START, Exam(mood=10, motivation=0, use="used"))])
    assert trend.mood == (Dot(EDGE, EDGE),)
    assert trend.motivation == (Dot(EDGE, HEIGHT - EDGE),)
    assert trend.used == (EDGE,)


def test_days_are_spread_by_their_distance_not_by_their_number() -> None:
    days = (0, 10, 40)
    trend = trend_of([(START + timedelta(days=day), Exam(mood=5)) for day in days])
    width = WIDTH - 2 * EDGE
    assert [dot.x for dot in trend.mood] == [EDGE, EDGE + width / 4, EDGE + width]


def test_only_the_latest_are_drawn_and_the_table_holds_the_same() -> None:
    points = [(START + timedelta(days=n), Exam(mood=1 + n % 10)) for n in range(20)]
    trend = trend_of(points, most=13)
    assert trend.rows == tuple(points[-13:])
    assert (trend.mood[0].x, trend.mood[-1].x) == (EDGE, WIDTH - EDGE)


def test_what_was_not_said_or_passed_leaves_a_gap_in_its_own_line_only() -> None:
    first, second, third = (
        Exam(mood=4, motivation=5),
        Exam(motivation=6),
        Exam(mood=6, passed=frozenset({"motivation"})),
    )
    trend = trend_of([(START + timedelta(days=n), exam) for n, exam in enumerate((first, second, third))])
    assert [dot.x for dot in trend.mood] == [EDGE, WIDTH - EDGE]
    assert [dot.x for dot in trend.motivation] == [EDGE, WIDTH / 2]
    assert trend.used == ()


def test_more_is_higher() -> None:
    trend = trend_of([(START + timedelta(days=n), Exam(mood=n)) for n in range(1, 11)])
    heights = [dot.y for dot in trend.mood]
    assert heights == sorted(heights, reverse=True)


@given(POINTS)
def test_everything_lies_inside_and_goes_from_left_to_right(points: list[tuple[date, Exam]]) -> None:
    trend = trend_of(points)
    for line in (trend.mood, trend.motivation):
        assert [dot.x for dot in line] == sorted(dot.x for dot in line)
        assert all(EDGE <= dot.x <= WIDTH - EDGE and EDGE <= dot.y <= HEIGHT - EDGE for dot in line)
    assert all(EDGE <= place <= WIDTH - EDGE for place in trend.used)
    assert len(trend.used) == sum(exam.used for _on, exam in trend.rows)
    assert len(trend.mood) == sum(exam.mood is not None for _on, exam in trend.rows)
