"""Agreement of raters against R, against the paper, and by hand.

The figures of :data:`FROM_R` are ``psych::ICC(matrix, lmer = FALSE)``, row ICC2k, of psych 2.2.9 on R 4.2.2, things in
rows and raters in columns. Here a row is a rater.
"""

import math
from fractions import Fraction
from statistics import mean, stdev

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.statistics import REASONS, rater_agreement

SHROUT_FLEISS = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
AGREEING = [
    [5, 3, 2, 1],
    [5, 4, 2, 1],
    [4, 3, 2, 2],
    [5, 3, 1, 1],
    [5, 3, 2, 1],
    [4, 3, 3, 1],
    [5, 4, 2, 1],
    [5, 3, 2, 2],
]
LENIENT_AND_STRICT = [
    [5, 4, 3, 2, 1],
    [4, 3, 2, 1, 1],
    [5, 5, 4, 3, 2],
    [3, 2, 1, 1, 1],
    [5, 4, 4, 2, 2],
    [4, 4, 3, 2, 1],
    [5, 3, 3, 2, 1],
    [4, 3, 3, 2, 2],
    [5, 4, 2, 2, 1],
    [4, 4, 3, 1, 1],
]
# Nobody agrees: R prints 14.06, which no agreement can be.
DISAGREEING = [
    [5, 3, 2],
    [1, 4, 5],
    [3, 3, 3],
    [2, 5, 1],
    [4, 1, 3],
    [5, 2, 4],
    [1, 3, 2],
    [3, 4, 5],
    [2, 2, 4],
]
FROM_R = [
    (SHROUT_FLEISS, 0.6200505476, 0.0711368153, 0.9272320402),
    (AGREEING, 0.9876229768, 0.9543726395, 0.9991241667),
    (LENIENT_AND_STRICT, 0.9674148188, 0.8898290799, 0.9961326263),
]


@pytest.mark.parametrize(("ratings", "icc", "low", "high"), FROM_R)
def test_agreement_is_what_r_says(ratings, icc, low, high):
    found = rater_agreement(ratings)
    assert float(found.icc) == pytest.approx(icc, abs=1e-9)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-7), pytest.approx(high, abs=1e-7))
    assert (found.raters, found.incomplete, found.reason) == (len(ratings), 0, None)


def test_agreement_of_the_paper():
    """Shrout and Fleiss 1979, table 4: ICC(2,4) = .62."""
    assert round(float(rater_agreement(SHROUT_FLEISS).icc), 2) == 0.62


def test_agreement_by_hand():
    # Means of the things 4.5 and 1.5, of the raters 3 and 3: MSR = 2 (1.5^2 + 1.5^2) = 9, MSC = 0, SST = 10, MSE = 1;
    # (9 - 1) / (9 + (0 - 1) / 2) = 16 / 17.
    found = rater_agreement([[5, 1], [4, 2]])
    assert found.icc == Fraction(16, 17)
    assert (found.low, found.high) == (None, None)  # one degree of freedom: R prints a lower bound of 2.03


def test_strict_and_lenient_raters_agree_less_than_raters_who_mean_the_same():
    # The same order, two points apart: absolute agreement counts the distance. Means of the things 2 and 4, of the
    # raters 4 and 2: MSR = 2 (1 + 1) = 4, MSC = 2 (1 + 1) = 4, MSE = 0; 4 / (4 + 4 / 2) = 2/3.
    assert rater_agreement([[3, 5], [1, 3]]).icc == Fraction(2, 3)
    assert rater_agreement([[3, 5], [3, 5]]).icc == 1


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ([], "fewer_than_2_raters"),
        ([[5, 3, 1]], "fewer_than_2_raters"),
        ([[5, 3, 1], [4, None, 2]], "fewer_than_2_raters"),
        ([[5], [4]], "fewer_than_2_targets"),
        ([[3, 3], [3, 3]], "ratings_without_variance"),
        ([[1, 2, 3], [3, 2, 1]], "variance_not_positive"),
        (DISAGREEING, "variance_not_positive"),
    ],
)
def test_ratings_without_an_agreement_say_why(ratings, reason):
    found = rater_agreement(ratings)
    assert (found.icc, found.low, found.high, found.reason) == (None, None, None, reason)
    assert reason in REASONS


def test_perfect_agreement_has_no_interval():
    found = rater_agreement([[5, 3, 1]] * 8)
    assert (found.icc, found.low, found.high) == (1, None, None)


def test_a_rater_with_a_gap_counts_for_nothing_and_is_counted():
    found = rater_agreement([*AGREEING, [5, None, 1, 1], [None] * 4])
    assert (found.raters, found.incomplete) == (8, 1)
    assert found.icc == rater_agreement(AGREEING).icc
    assert [figures.n for figures in found.targets] == [8, 8, 8, 8]


def test_means_and_spreads_are_what_r_says():
    # R: apply(m, 1, mean) and apply(m, 1, sd)
    figures = rater_agreement(AGREEING).targets
    assert [float(each.mean) for each in figures] == [4.75, 3.25, 2, 1.25]
    expected = [0.46291, 0.46291, 0.5345225, 0.46291]
    assert [each.sd for each in figures] == pytest.approx(expected, abs=1e-6)


def test_one_rater_has_means_without_a_spread():
    [first, second] = rater_agreement([[5, 1]]).targets
    assert (first.mean, first.sd, second.mean) == (5, None, 1)


matrices = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(1, 5), min_size=width, max_size=width), min_size=2, max_size=12
    )
)


@given(matrices)
def test_agreement_is_never_above_one_and_the_interval_holds_it(ratings):
    found = rater_agreement(ratings)
    assert (found.icc is None) == (found.reason is not None)
    assume(found.icc is not None)
    assert found.icc <= 1
    if found.low is not None:
        assert math.isfinite(found.low)
        assert found.low <= found.icc + 1e-9
        assert found.icc <= found.high + 1e-9
        assert found.high <= 1


@given(matrices)
def test_who_rated_first_does_not_matter(ratings):
    assert rater_agreement(ratings) == rater_agreement(ratings[::-1])


@given(st.lists(st.integers(1, 5), min_size=2, max_size=20))
def test_mean_and_spread_are_those_of_the_standard_library(values):
    [figures] = rater_agreement([[value] for value in values]).targets
    assert float(figures.mean) == pytest.approx(mean(values))
    assert figures.sd == pytest.approx(stdev(values))
