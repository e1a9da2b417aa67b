"""How many more answers, and how precise: against hand arithmetic and against the interval of the report itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.sampling import answers_for_margin, answers_for_target, outlook, widest_margin
from scoring.groups import proportion_interval


def test_half_of_a_small_group():
    # N = 200, n = 50: effective size 50 x 199 / 150 = 66.333; z^2 = 3.8415;
    # 1.95996 / (2 x sqrt(66.333 + 3.8415)) = 1.95996 / (2 x 8.37702) = 0.116984, in points 11.698.
    assert widest_margin(50, 200) == pytest.approx(11.698, abs=0.001)


def test_a_census_leaves_no_margin_and_no_answer_gives_none():
    assert widest_margin(40, 40) == 0
    assert widest_margin(41, 40) == 0  # a stale directory counts as everybody
    assert widest_margin(0, 40) is None


def test_a_large_group_comes_near_the_familiar_figure():
    # 384 of a million: 1.95996 / (2 x sqrt(384.15 + 3.84)) = 0.0497; the textbook says 5 points for 384.
    assert widest_margin(384, 10**6) == pytest.approx(4.975, abs=0.01)


@given(st.integers(2, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n // 2))))
def test_it_is_the_interval_of_the_report_at_one_half(sizes):
    population, half = sizes
    answered = min(2 * half, population)
    low, high = proportion_interval(answered // 2, answered, population)
    if answered % 2 == 0 and answered < population:
        assert widest_margin(answered, population) == pytest.approx(100 * (high - low) / 2)


@given(st.integers(1, 3000), st.integers(1, 100))
def test_the_target_is_the_fewest_that_reach_it(population, target):
    needed = answers_for_target(population, target)
    assert 100 * needed >= target * population
    assert 100 * (needed - 1) < target * population


@given(st.integers(2, 3000), st.floats(1, 40))
def test_the_fewest_answers_for_a_margin_reach_it_and_one_less_does_not(population, margin):
    needed = answers_for_margin(population, margin)
    assert widest_margin(needed, population) <= margin
    assert needed == 1 or widest_margin(needed - 1, population) > margin


def test_a_group_that_has_only_begun():
    # 25 asked, 4 done, 10 to be shown, 80 % = 20: six more to be shown, sixteen to the target.
    found = outlook(asked=25, done=4, minimum=10, target=80)
    assert (found.missing_to_show, found.missing_to_target, found.margin_now) == (6, 16, None)
    # n = 20 of 25: 20 x 24 / 5 = 96; 1.95996 / (2 x sqrt(99.84)) = 0.09808: ten points, rounded up.
    assert found.margin_at_target == 10
    # 24 of 25 leave 100 x 1.95996 / (2 x sqrt(576 + 3.84)) = 4.07 points, 23 of 25 leave 5.84: twenty more.
    assert found.missing_to_margin == 20
    assert not found.is_enough


def test_a_group_past_its_target():
    # 95 of 100: 95 x 99 / 5 = 1881; 1.95996 / (2 x sqrt(1884.84)) = 0.02257: three points, rounded up.
    found = outlook(asked=100, done=95, minimum=10, target=80)
    assert (found.missing_to_show, found.missing_to_target) == (0, 0)
    assert found.margin_now == found.margin_at_target == 3
    assert found.is_enough


def test_a_target_below_the_minimum_promises_the_width_at_the_minimum():
    # 12 asked, 50 % = 6 would not be shown; at 10 of 12: 10 x 11 / 2 = 55; 1.95996 / (2 x sqrt(58.84)) = 0.12775.
    assert outlook(asked=12, done=0, minimum=10, target=50).margin_at_target == 13
