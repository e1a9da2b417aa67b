"""Higher, lower or even: the rest of a parent is worked out from moments alone, and words need size and certainty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.comparisons import (
    EVEN,
    HIGHER,
    LOWER,
    PERCENT_THAT_MATTER,
    POINTS_THAT_MATTER,
    REST_TOO_SMALL,
    TOO_FEW_PEOPLE,
    Moments,
    compare_with_rest,
    direction,
    rest_of,
)
from scoring.groups import group_difference, mean_and_sd


@pytest.mark.parametrize(
    ("difference", "interval", "least", "word"),
    [
        (3, (0.1, 5.9), POINTS_THAT_MATTER, HIGHER),
        (-3, (-5.9, -0.1), POINTS_THAT_MATTER, LOWER),
        (2.99, (1, 4.98), POINTS_THAT_MATTER, EVEN),  # certain, but too small to matter
        (9, (0, 18), POINTS_THAT_MATTER, EVEN),  # large, but zero is within reach
        (4.9, (1, 8.8), PERCENT_THAT_MATTER, EVEN),
        (5, (1, 9), PERCENT_THAT_MATTER, HIGHER),
        (50, None, POINTS_THAT_MATTER, EVEN),  # no interval, no word
    ],
)
def test_a_direction_needs_size_and_certainty(difference, interval, least, word):
    assert direction(difference, interval, least=least) == word


def moments(scores):
    return Moments(len(scores), *mean_and_sd(scores))


def test_the_rest_by_hand():
    # own 60, 70; all 60, 70, 80, 90: the rest is 80, 90 with mean 85 and variance 50
    rest = rest_of(moments([60, 70, 80, 90]), moments([60, 70]))
    assert (rest.n, rest.mean) == (2, 85)
    assert rest.sd**2 == pytest.approx(50)
    assert rest_of(moments([60, 70, 80]), moments([60, 70])) == Moments(1, 80, None)


points = st.floats(0, 100)


@given(st.lists(points, min_size=1, max_size=20), st.lists(points, min_size=2, max_size=20))
def test_the_rest_has_the_moments_of_its_people(own, others):
    rest = rest_of(moments(own + others), moments(own))
    mean, sd = mean_and_sd(others)
    assert rest.n == len(others)
    assert rest.mean == pytest.approx(mean, abs=1e-9)
    assert rest.sd == pytest.approx(sd, abs=1e-5)


@given(st.lists(points, min_size=2, max_size=20), st.lists(points, min_size=10, max_size=30))
def test_the_comparison_is_welchs_between_two_separate_groups(own, others):
    plain = group_difference(own, others)
    if plain.interval is None or plain.pooled_sd < 0.01:
        return
    found = compare_with_rest(moments(own), moments(own + others))
    assert found.difference.value == pytest.approx(plain.difference, abs=1e-6)
    assert found.difference.interval == pytest.approx(plain.interval, rel=1e-4, abs=1e-4)


def test_too_few_people_are_not_compared():
    own, parent = [50.0] * 5, [50.0] * 5 + [70.0] * 9
    assert compare_with_rest(moments(own), moments(parent)).refusal == REST_TOO_SMALL
    assert compare_with_rest(moments([50.0]), moments([50.0, *parent])).refusal == TOO_FEW_PEOPLE
    found = compare_with_rest(moments(own), moments([*parent, 70.0]))
    assert (found.refusal, found.difference.value, found.direction) == (None, -20, LOWER)


@pytest.mark.parametrize(
    ("parent", "own"),
    [
        (Moments(10, 50, 5.0), Moments(10, 50, 5.0)),
        (Moments(10, 50, 5.0), Moments(0, 50, None)),
        (Moments(10, 50, 1.0), Moments(5, 90, 1.0)),
    ],
)
def test_figures_that_cannot_belong_together_are_refused(parent, own):
    with pytest.raises(ValueError, match="bukan bagian"):
        rest_of(parent, own)
