"""Group numbers: finite population intervals, percent positive, benchmark, differences."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.change import paired_change
from scoring.groups import (
    benchmark,
    group_difference,
    mean_and_sd,
    mean_interval,
    percent_positive,
    proportion_interval,
    response_rate,
    shown_difference,
)
from tests.scoring.cases import load

CASES = load("group_cases")


def test_reference_percent_positive():
    case = CASES["percent_positive"]
    expected = case["theme_percent_positive_mean_of_items"]
    assert percent_positive(case["responses"], {4, 5}) == pytest.approx(expected, abs=1e-6)


def test_items_nobody_answered_are_left_out():
    assert percent_positive([[5, None], [1, None]], {4, 5}) == 50
    assert percent_positive([[None]], {4, 5}) is None
    assert percent_positive([], {4, 5}) is None


def test_reference_benchmark():
    case = CASES["benchmark"]
    found = benchmark(case["unit_scores"], fewest=7)
    assert (found.median, found.upper_quartile) == (case["median"], case["upper_quartile_linear"])
    assert benchmark(case["unit_scores"]) is None  # seven agencies are too few


def test_reference_mean_interval_of_an_endless_population():
    case = CASES["mean_ci_fpc"]
    found = mean_interval(case["scores"], population=10**12)
    assert found.interval == pytest.approx(tuple(case["infinite_N_check_scipy"]), abs=1e-6)


def test_a_finite_population_narrows_the_interval_and_everybody_leaves_none():
    scores = CASES["mean_ci_fpc"]["scores"]
    mean, sd = mean_and_sd(scores)
    # 12 of 16 people: the variance shrinks to a quarter
    assert mean_interval(scores, 16).se == pytest.approx(math.sqrt(0.25 * sd**2 / 12))
    for population in (12, 5):  # 5: a directory that is behind
        assert mean_interval(scores, population).interval == (mean, mean)
    assert [mean_interval(scores, population).is_directory_behind for population in (12, 5, 40)] == [
        False,
        True,
        False,
    ]
    assert mean_interval([70], 10).interval is None
    assert mean_interval([100, 99, 100], 50).interval[1] == 100
    with pytest.raises(ValueError):
        mean_interval([], 10)


def test_equal_scores_have_no_spread_even_where_their_sum_is_rounded():
    # 22 times 93 1/3, added and divided, is not quite 93 1/3 again
    same = [280 / 3] * 22
    assert mean_and_sd(same) == (280 / 3, 0.0)
    found = group_difference(same, [80.0] * 12)
    assert (found.g, found.reason) == (None, "zero pooled sd")
    assert paired_change([0.0] * 22, same).se == 0


def test_a_spread_that_is_only_rounding_gives_no_effect_size():
    found = group_difference([0.0, 7.9e-104], [0.0] * 10)
    assert (found.g, found.interval, found.reason) == (None, None, "zero pooled sd")
    assert group_difference([50, 50 + 1e-6], [50.0] * 10).g is not None


def test_wilson_intervals():
    # 8 of 10, endless population: the textbook interval .4902 .. .9433
    assert proportion_interval(8, 10, 10**12) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert proportion_interval(8, 10, 10) == (0.8, 0.8)
    # N = 19: effective size 10*18/9 = 20, so as 16 of 20
    assert proportion_interval(8, 10, 19) == pytest.approx(proportion_interval(16, 20, 10**12), abs=1e-6)
    with pytest.raises(ValueError, match="bukan proporsi"):
        proportion_interval(11, 10, 20)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 500))
def test_wilson_holds_the_share(n, count, more):
    count = min(count, n)
    low, high = proportion_interval(count, n, n + more)
    assert 0 <= low <= count / n + 1e-12 and count / n - 1e-12 <= high <= 1


def test_reference_perception_gap():
    """The case names the managers' scores and, of the 15 staff, only what follows from the expected numbers."""
    case = CASES["perception_gap"]
    expected, managers = case["expected"], case["management"]
    mean, sd = mean_and_sd(managers)
    staff_sd = math.sqrt((expected["welch_se"] ** 2 - sd**2 / len(managers)) * expected["n2"])
    pattern = range(expected["n2"])
    middle, spread = mean_and_sd(pattern)
    staff = [mean - expected["diff"] + staff_sd * (place - middle) / spread for place in pattern]
    found = group_difference(managers, staff)
    assert found.difference == pytest.approx(expected["diff"])
    for name in ("welch_se", "welch_df", "pooled_sd", "g", "g_se"):
        assert getattr(found, name) == pytest.approx(expected[name], abs=1e-6)
    assert found.interval == pytest.approx(tuple(expected["diff_ci95"]), abs=1e-6)
    assert found.g_interval == pytest.approx(tuple(expected["g_ci95"]), abs=1e-6)
    assert (found.wording, found.is_certain) == ("sangat berbeda", True)


def test_reference_gap_without_variance():
    expected = CASES["perception_gap"]["zero_sd"]
    found = group_difference([70] * 10, [70] * 10)
    assert (found.difference, found.pooled_sd, found.g, found.g_interval) == (0, 0, None, None)
    assert (found.reason, found.wording, found.is_certain) == (expected["reason"], None, False)
    with pytest.raises(ValueError, match="sedikitnya dua"):
        group_difference([70], [70, 71])


@pytest.mark.parametrize("case", CASES["response_rate"], ids=str)
def test_reference_response_rate(case):
    scored = case["completed"] + case["partial_scored"]
    found = response_rate(scored=scored, invited=case["invited"], ineligible=case["ineligible"])
    assert found == (case["expected"] if case["expected"] is None else pytest.approx(case["expected"]))


def test_reference_rounding_of_differences():
    for case in CASES["rounding_of_differences"]:
        assert shown_difference(case["a"], case["b"]) == case["display_diff"]
    assert [shown_difference(70, 70.4), shown_difference(70, 71)] == ["0", "-1"]
