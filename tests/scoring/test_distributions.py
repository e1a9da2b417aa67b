"""Quantiles against published tables and against identities that hold exactly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.distributions import (
    beta_cdf,
    chi_squared_cdf,
    chi_squared_quantile,
    f_cdf,
    f_quantile,
    normal_cdf,
    normal_quantile,
    t_cdf,
    t_quantile,
)


@pytest.mark.parametrize(
    ("p", "df", "expected"),  # printed tables of Student's t
    [
        (0.975, 1, 12.7062047364),
        (0.975, 2, 4.3026527297),
        (0.975, 10, 2.2281388520),
        (0.975, 30, 2.0422724563),
        (0.95, 5, 2.0150483733),
        (0.995, 120, 2.6174211447),
        (0.975, 1e6, 1.9599663613),
    ],
)
def test_t_quantiles_of_the_tables(p, df, expected):
    assert t_quantile(p, df) == pytest.approx(expected, abs=1e-8)
    assert t_quantile(1 - p, df) == pytest.approx(-expected, abs=1e-7)


@pytest.mark.parametrize(
    ("p", "df1", "df2", "expected"),  # printed tables of F
    [(0.95, 1, 10, 4.9646027437), (0.95, 5, 10, 3.3258345304), (0.975, 10, 20, 2.7736713752)],
)
def test_f_quantiles_of_the_tables(p, df1, df2, expected):
    assert f_quantile(p, df1, df2) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("p", "df", "expected"),  # printed tables of chi-squared
    [
        (0.95, 1, 3.8414588207),
        (0.95, 10, 18.3070380533),
        (0.999, 60, 99.6072330698),
        (0.025, 100, 74.2219274749),
    ],
)
def test_chi_squared_quantiles_of_the_tables(p, df, expected):
    assert chi_squared_quantile(p, df) == pytest.approx(expected, abs=1e-6)


@given(st.floats(0.001, 0.999), st.floats(0.5, 5000))
def test_chi_squared_quantile_inverts_its_distribution(p, df):
    assert chi_squared_cdf(chi_squared_quantile(p, df), df) == pytest.approx(p, abs=1e-10)


@given(st.floats(0.01, 80))
def test_chi_squared_with_two_degrees_of_freedom_is_exponential(x):
    assert chi_squared_cdf(x, 2) == pytest.approx(1 - math.exp(-x / 2), abs=1e-13)


@given(st.floats(0.001, 0.999), st.floats(1, 5000))
def test_t_quantile_inverts_its_distribution(p, df):
    assert t_cdf(t_quantile(p, df), df) == pytest.approx(p, abs=1e-10)


@given(st.floats(0.01, 0.99), st.floats(1, 300), st.floats(1, 300))
def test_f_quantile_inverts_its_distribution_and_its_mirror(p, df1, df2):
    x = f_quantile(p, df1, df2)
    assert f_cdf(x, df1, df2) == pytest.approx(p, abs=1e-9)
    assert f_quantile(1 - p, df2, df1) == pytest.approx(1 / x, rel=1e-6)


@given(st.floats(-50, 50))
def test_t_with_one_degree_of_freedom_is_the_arctangent(t):
    assert t_cdf(t, 1) == pytest.approx(0.5 + math.atan(t) / math.pi, abs=1e-12)


@given(st.floats(0, 1), st.integers(1, 30), st.integers(1, 30))
def test_beta_is_a_binomial_tail_for_whole_parameters(x, a, b):
    n = a + b - 1
    tail = math.fsum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert beta_cdf(x, a, b) == pytest.approx(tail, abs=1e-11)


def test_normal_values():
    assert normal_cdf(0) == 0.5
    assert normal_cdf(1.959963984540054) == pytest.approx(0.975, abs=1e-14)
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054, abs=1e-12)
    assert t_quantile(0.5, 7) == 0


def test_distributions_of_positive_values_start_at_zero():
    assert f_cdf(0, 3, 4) == f_cdf(-1, 3, 4) == 0
    assert chi_squared_cdf(0, 3) == chi_squared_cdf(-1, 3) == 0
    assert (beta_cdf(-1, 2, 2), beta_cdf(2, 2, 2)) == (0, 1)


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.1, float("nan")])
def test_only_probabilities_have_quantiles(p):
    for quantile in (
        normal_quantile,
        lambda p: t_quantile(p, 5),
        lambda p: f_quantile(p, 2, 3),
        lambda p: chi_squared_quantile(p, 3),
    ):
        with pytest.raises(ValueError, match="Peluang"):
            quantile(p)


def test_parameters_must_be_positive():
    for call in (
        lambda: t_quantile(0.9, 0),
        lambda: f_quantile(0.9, 0, 1),
        lambda: beta_cdf(0.5, 0, 1),
        lambda: chi_squared_cdf(1, 0),
    ):
        with pytest.raises(ValueError, match="lebih dari nol"):
            call()
