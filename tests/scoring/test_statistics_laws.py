"""What must hold for any answers, and agreement with the textbook formulas in plain loops and with numpy's own."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from scoring.statistics import ItemKey, keyed_values, scale_statistics
from tests.scoring import plain_statistics as plain

COEFFICIENTS = (
    "alpha",
    "alpha_standardised",
    "mean_inter_item_r",
    "omega_total",
    "sem_0_100",
    "scale_mean_0_100",
)


def law(*strategies):
    """Thirty examples each: a matrix on the edge of a Heywood case takes all rounds of omega, a third of a second."""
    return lambda test: settings(max_examples=30)(given(*strategies)(test))


@st.composite
def answer_matrices(draw, *, fewest_items=2):
    """People x items of whole values 1..m, and m; every item varies, and so does the sum of any of them."""
    people, k = draw(st.integers(4, 25)), draw(st.integers(fewest_items, 6))
    m = draw(st.sampled_from([2, 4, 5, 6, 7]))
    cells = arrays.arrays(np.int64, (people, k), elements=st.integers(1, m))
    raw = draw(cells).astype(float)
    assume((raw.max(axis=0) > raw.min(axis=0)).all())
    assume(raw.sum(axis=1).var() > 0)
    return raw, m


def items_for(raw, m, keys=None):
    keys = [1] * raw.shape[1] if keys is None else keys
    return tuple(ItemKey(f"i{place}", key, 1, m) for place, key in enumerate(keys))


def statistics_of(raw, m, keys=None):
    items = items_for(raw, m, keys)
    return scale_statistics(keyed_values(raw, items), items)


def assert_same(one, other, names=COEFFICIENTS, **tolerance):
    for name in names:
        first, second = getattr(one, name), getattr(other, name)
        if first is None or second is None:
            continue
        assert first == pytest.approx(second, **({"rel": 1e-6, "abs": 1e-7} | tolerance)), name


@law(answer_matrices(fewest_items=3))
def test_plain_loops_say_the_same(matrix):
    raw, m = matrix
    found, columns = statistics_of(raw, m), raw.T.tolist()
    assert found.alpha == pytest.approx(plain.alpha(columns), rel=1e-9, abs=1e-9)
    r = plain.inter_item(columns)
    expected = (plain.mean(r), min(r), max(r))
    assert (found.mean_inter_item_r, found.min_inter_item_r, found.max_inter_item_r) == pytest.approx(
        expected, abs=1e-9
    )
    assert found.guttman_lambda4_odd_even == pytest.approx(plain.lambda4(columns), rel=1e-9, abs=1e-9)
    if found.split_half_odd_even_r is not None:
        assert found.split_half_odd_even_r == pytest.approx(plain.split_half(columns), abs=1e-9)
    for place, item in enumerate(found.items):
        assert item.mean == pytest.approx(plain.mean(columns[place]))
        if item.r_drop is not None:
            assert item.r_drop == pytest.approx(plain.rest_correlation(columns, place), abs=1e-9)
        if item.alpha_if_deleted is not None:
            expected = plain.alpha_without(columns, place)
            assert item.alpha_if_deleted == pytest.approx(expected, rel=1e-9, abs=1e-9)


@law(answer_matrices(), st.integers(0, 2**32 - 1))
def test_gaps_in_plain_loops(matrix, seed):
    raw, m = matrix
    gaps = np.random.default_rng(seed).random(raw.shape) < 0.2
    raw = np.where(gaps, np.nan, raw)
    found = statistics_of(raw, m)
    complete = raw[~gaps.any(axis=1)]
    assert found.n_used == len(complete)
    if found.alpha is not None and found.k_used == found.k_total:
        assert found.alpha == pytest.approx(plain.alpha(complete.T.tolist()), rel=1e-9, abs=1e-9)
    varied = not np.isnan(raw).all(axis=0).any() and (np.nanmax(raw, 0) > np.nanmin(raw, 0)).all()
    if found.alpha_pairwise is not None and varied:
        columns = [[None if np.isnan(cell) else cell for cell in column] for column in raw.T.tolist()]
        assert found.alpha_pairwise == pytest.approx(plain.pairwise_alpha(columns), rel=1e-8, abs=1e-8)


@law(answer_matrices())
def test_numpys_own_covariances_say_the_same(matrix):
    raw, m = matrix
    cov, k, found = np.cov(raw.T), raw.shape[1], statistics_of(raw, m)
    assert found.alpha == pytest.approx(k / (k - 1) * (1 - np.trace(cov) / cov.sum()), rel=1e-9, abs=1e-9)
    assert found.eigenvalues == pytest.approx(np.linalg.eigvalsh(np.corrcoef(raw.T))[::-1], abs=1e-9)
    assert found.scale_sd_raw == pytest.approx(raw.mean(axis=1).std(ddof=1))
    assert found.scale_mean_raw == pytest.approx(raw.mean())
    assert sum(found.eigenvalues) == pytest.approx(k)


@law(answer_matrices(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_items_does_not_matter(matrix, random):
    raw, m = matrix
    people, items = list(range(raw.shape[0])), list(range(raw.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    straight, shuffled = statistics_of(raw, m), statistics_of(raw[np.ix_(people, items)], m)
    assert_same(straight, shuffled)
    for place, item in enumerate(items):
        one, other = straight.items[item], shuffled.items[place]
        assert one.counts == other.counts
        if one.r_drop is not None:
            assert one.r_drop == pytest.approx(other.r_drop, abs=1e-8)


@law(answer_matrices(), st.integers(-5, 20), st.integers(1, 9))
def test_another_way_of_writing_the_values_changes_nothing(matrix, shift, step):
    """x -> step * x + shift, bounds likewise."""
    raw, m = matrix
    items = tuple(ItemKey(i.code, 1, step + shift, step * m + shift) for i in items_for(raw, m))
    rescaled = scale_statistics(keyed_values(step * raw + shift, items), items)
    assert_same(statistics_of(raw, m), rescaled)


@law(answer_matrices(), st.data())
def test_reversing_key_and_values_together_changes_nothing(matrix, data):
    raw, m = matrix
    keys = data.draw(st.lists(st.sampled_from([1, -1]), min_size=raw.shape[1], max_size=raw.shape[1]))
    written = np.where(np.array(keys) < 0, m + 1 - raw, raw)
    assert_same(statistics_of(raw, m), statistics_of(written, m, keys), rel=1e-12, abs=1e-12)


@law(answer_matrices())
def test_turning_the_whole_scale_round_keeps_its_reliability(matrix):
    raw, m = matrix
    turned = statistics_of(raw, m, [-1] * raw.shape[1])
    straight = statistics_of(raw, m)
    assert_same(straight, turned, ("alpha", "alpha_standardised", "omega_total", "sem_0_100"))
    assert straight.scale_mean_0_100 + turned.scale_mean_0_100 == pytest.approx(100)
    assert (straight.scale_floor, straight.scale_ceiling) == (turned.scale_ceiling, turned.scale_floor)


@law(answer_matrices())
def test_bounds_that_no_data_can_leave(matrix):
    found = statistics_of(*matrix)
    assert found.alpha <= 1 + 1e-12
    low, high = found.alpha_ci95_feldt
    assert low <= found.alpha <= high or found.alpha == pytest.approx(1)
    assert found.guttman_lambda4_odd_even <= 1 + 1e-12
    assert found.omega_total is None or 0 < found.omega_total <= 1
    for item in found.items:
        assert item.r_drop is None or -1 <= item.r_drop <= 1
        assert sum(item.counts) == item.n


@law(answer_matrices())
def test_everybody_twice_keeps_the_shares_of_variance(matrix):
    """Doubling every person multiplies all covariances alike: alpha and correlations stay."""
    raw, m = matrix
    assert_same(
        statistics_of(raw, m),
        statistics_of(np.vstack([raw, raw]), m),
        ("alpha", "mean_inter_item_r", "split_half_odd_even_r", "guttman_lambda4_odd_even"),
    )
