"""Cases worked by hand: the arithmetic stands beside the expected value."""

import math
from dataclasses import fields

import numpy as np
import pytest

from scoring.statistics import ItemKey, MatrixError, keyed_values, scale_statistics
from scoring.statistics.omega import omega_total, one_factor
from scoring.statistics.reasons import REASONS, Undefined

NAN = math.nan


def items_of(count, **options):
    return tuple(ItemKey(f"i{number}", **options) for number in range(1, count + 1))


def found_in(rows, items=None, **options):
    raw = np.array(rows, dtype=float).reshape(len(rows), -1 if rows else len(items or ()))
    items = items or items_of(raw.shape[1])
    return scale_statistics(keyed_values(raw, items), items, **options)


def warnings_of(found):
    return {warning.code: warning.items for warning in found.warnings}


def assert_no_nan(found):
    """No NaN anywhere, and every None has its reason."""

    for part in (found, *found.items):
        plain = {entry.name: getattr(part, entry.name) for entry in fields(part)}
        numbers = [n for value in plain.values() for n in (value if isinstance(value, tuple) else [value])]
        assert all(math.isfinite(number) for number in numbers if isinstance(number, float))
        absent = {name for name, value in plain.items() if value is None} - {"loading", "missing_share"}
        absent -= {"not_applicable_share"}
        assert absent <= set(part.reasons)
        assert set(part.reasons.values()) <= set(REASONS)


def test_two_items_three_people():
    # variances 1 and 1, covariance 1/2: the sum has variance 3
    found = found_in([[1, 1], [2, 3], [3, 2]])
    assert found.alpha == pytest.approx(2 * (1 - 2 / 3))
    assert found.alpha_standardised == pytest.approx(2 * 0.5 / 1.5)
    assert found.mean_inter_item_r == found.min_inter_item_r == found.max_inter_item_r == pytest.approx(0.5)
    assert found.split_half_odd_even_r == pytest.approx(0.5)
    assert found.split_half_spearman_brown == pytest.approx(2 * 0.5 / 1.5)
    assert found.guttman_lambda4_odd_even == pytest.approx(2 * (1 - 2 / 3))
    assert found.eigenvalues == pytest.approx((1.5, 0.5))
    assert [item.r_drop for item in found.items] == pytest.approx([0.5, 0.5])
    assert found.items[0].reasons == {"alpha_if_deleted": "needs_3_items"}
    assert found.reasons["omega_total"] == found.reasons["sem_omega_0_100"] == "needs_k>=3_and_n>=10"
    # people have means 1, 2.5, 2.5: mean 2, variance 3/4; one unit is 25 points
    assert (found.scale_mean_raw, found.scale_mean_0_100) == pytest.approx((2, 25))
    assert (found.scale_sd_raw, found.scale_sd_0_100) == pytest.approx(
        (math.sqrt(0.75), 25 * math.sqrt(0.75))
    )
    assert found.sem_0_100 == pytest.approx(25 * math.sqrt(0.75) * math.sqrt(1 / 3))
    assert (found.scale_floor, found.scale_ceiling) == (pytest.approx(1 / 3), 0)
    assert_no_nan(found)


def test_feldts_interval_of_that_alpha():
    # F(2, 2) has the quantile p/(1-p): 39 and 1/39
    low, high = found_in([[1, 1], [2, 3], [3, 2]]).alpha_ci95_feldt
    assert low == pytest.approx(1 - (1 / 3) * 39)
    assert high == pytest.approx(1 - (1 / 3) / 39)


def test_a_negative_alpha_is_told_as_it_is():
    # variances 1 and 1/3, covariance -1/2: the sum has 1/3, so 2 (1 - (4/3)/(1/3))
    found = found_in([[1, 3], [2, 2], [3, 2]])
    assert found.alpha == pytest.approx(-6)
    assert "negative_alpha" in warnings_of(found)
    # sd of the mean: sqrt(1/3)/2 units of 25 points
    assert found.sem_0_100 == pytest.approx(25 * math.sqrt(1 / 3) / 2 * math.sqrt(7))
    assert_no_nan(found)


def test_items_that_cancel_leave_no_total_variance():
    found = found_in([[1, 3], [2, 2], [3, 1]])
    for name in ("alpha", "alpha_ci95_feldt", "alpha_pairwise", "guttman_lambda4_odd_even", "sem_0_100"):
        assert getattr(found, name) is None
        assert found.reasons[name] == "zero_total_variance"
    assert found.split_half_odd_even_r == pytest.approx(-1)
    assert found.reasons["split_half_spearman_brown"] == "denominator_zero"
    assert found.reasons["alpha_standardised"] == "denominator_zero"
    assert found.mean_inter_item_r == pytest.approx(-1)
    assert_no_nan(found)


def test_cancelling_items_are_seen_through_the_rounding_of_sevenths():
    people = [[a, 8 - a, b, 8 - b] for a in range(1, 8) for b in range(1, 8)]
    found = found_in(people, items_of(4, maximum=7))
    assert found.reasons["alpha"] == "zero_total_variance"
    assert [item.r_drop for item in found.items] == pytest.approx([-1] * 4)


def test_a_constant_item_is_removed_and_named():
    rows = [[1, 4, 1], [2, 4, 3], [3, 4, 2]]
    found, without = found_in(rows), found_in([[a, c] for a, _, c in rows])
    assert warnings_of(found) == {"zero_variance_items": ("i2",)}
    assert (found.k_total, found.k_used, found.n_used) == (3, 2, 3)
    assert (found.alpha, found.sem_0_100) == (without.alpha, without.sem_0_100)
    constant = found.items[1]
    assert (constant.mean, constant.sd, constant.r_drop, constant.alpha_if_deleted) == (4, 0, None, None)
    assert constant.reasons == {"r_drop": "zero_variance", "alpha_if_deleted": "zero_variance"}
    assert_no_nan(found)


def test_gaps_complete_people_and_pairs():
    rows = [[1, 1], [2, 3], [3, 2], [5, NAN], [NAN, NAN]]
    found = found_in(rows)
    assert (found.n_total, found.n_used) == (5, 3)
    assert found.alpha == pytest.approx(2 / 3)  # the three complete people of the first case
    assert found.has_many_incomplete
    assert "many_incomplete" in warnings_of(found)
    # item 1 now has 1 2 3 5: mean 11/4, variance 35/12; item 2 has 1; the pair keeps its 1/2
    assert found.alpha_pairwise == pytest.approx(2 * (1 - (35 / 12 + 1) / (35 / 12 + 1 + 1)))
    first, second = found.items
    assert (first.n, first.missing, first.missing_share) == (4, 1, 0.2)
    assert (second.n, second.missing, second.missing_share) == (3, 2, 0.4)
    assert first.mean == pytest.approx(11 / 4)
    assert first.sd == pytest.approx(math.sqrt(35 / 12))
    assert (first.counts, first.floor, first.ceiling) == ((1, 1, 1, 0, 1), 0.25, 0.25)


def test_four_fifths_complete_are_enough():
    assert not found_in([[1, 1], [2, 3], [3, 2], [3, 3], [NAN, 1]]).has_many_incomplete


def test_not_applicable_is_no_missing_answer():
    rows = [[1, 1], [2, 3], [3, 2], [NAN, 1], [NAN, 1]]
    found = found_in(rows, not_applicable=np.array([[False, False]] * 3 + [[True, False], [False, False]]))
    item = found.items[0]
    assert (item.n, item.missing, item.not_applicable) == (3, 1, 1)
    assert (item.missing_share, item.not_applicable_share) == (1 / 4, 1 / 5)
    assert found.n_used == 3


def test_one_person():
    found = found_in([[1, 2, 3]])
    assert (found.n_total, found.n_used, found.alpha) == (1, 1, None)
    assert found.reasons["alpha"] == found.reasons["scale_sd_0_100"] == "fewer_than_2_people"
    assert (found.items[0].mean, found.items[0].sd) == (1, None)
    assert found.items[0].reasons["sd"] == "fewer_than_2_people"
    assert_no_nan(found)


def test_all_missing():
    found = found_in([[NAN, NAN]] * 4)
    assert (found.n_total, found.n_used, found.k_used) == (4, 0, 0)
    assert found.reasons["alpha"] == found.reasons["alpha_pairwise"] == "no_answers"
    assert warnings_of(found)["unanswered_items"] == ("i1", "i2")
    assert (found.items[0].mean, found.items[0].missing_share) == (None, 1)
    assert_no_nan(found)


def test_nobody():
    found = scale_statistics(np.empty((0, 2)), items_of(2))
    assert (found.n_total, found.alpha, found.complete_share) == (0, None, None)
    assert_no_nan(found)


def test_an_item_nobody_answered_does_not_cost_the_others_their_people():
    found = found_in([[1, NAN, 1], [2, NAN, 3], [3, NAN, 2]])
    assert (found.n_used, found.k_used) == (3, 2)
    assert found.alpha == found.alpha_pairwise == pytest.approx(2 / 3)
    assert warnings_of(found) == {"unanswered_items": ("i2",)}
    assert found.items[1].reasons["r_drop"] == "no_answers"
    assert_no_nan(found)


def test_nobody_complete_still_has_a_pairwise_alpha():
    rows = [[1, 1, NAN], [2, 3, NAN], [3, NAN, 1], [4, NAN, 2], [NAN, 1, 1], [NAN, 2, 3]]
    found = found_in(rows)
    assert (found.n_used, found.alpha) == (0, None)
    assert found.alpha_pairwise is not None
    assert_no_nan(found)


def test_a_pair_that_nobody_answered_both_has_no_pairwise_alpha():
    found = found_in([[1, NAN], [2, NAN], [NAN, 3], [NAN, 1]])
    assert found.reasons["alpha_pairwise"] == "pair_without_2_people"
    assert_no_nan(found)


def test_everything_constant_and_one_item():
    assert found_in([[3, 3]] * 9).reasons["alpha"] == "fewer_than_2_items_with_variance"
    single = found_in([[1], [2], [5]])
    assert single.reasons["alpha"] == single.items[0].reasons["r_drop"] == "fewer_than_2_items_with_variance"
    assert_no_nan(found_in([[3, 3]] * 9))
    assert_no_nan(single)


def test_rest_without_variance():
    found = found_in([[a, b, 6 - b] for a in (1, 3, 5) for b in (2, 4)])
    assert found.items[0].reasons == {
        "r_drop": "zero_rest_variance",
        "alpha_if_deleted": "zero_rest_variance",
    }


def test_a_half_without_variance():
    # items 1 and 3 cancel
    found = found_in([[a, b, 6 - a] for a in (1, 3, 5) for b in (2, 4)])
    assert found.reasons["split_half_odd_even_r"] == "zero_half_variance"
    assert_no_nan(found)


def test_items_of_different_ranges_count_alike_and_have_no_raw_mean():
    # 1..5 and 1..9 hold the same shares of their range
    items = (ItemKey("a", maximum=5), ItemKey("b", maximum=9))
    found = found_in([[1, 1], [2, 5], [3, 3]], items)
    assert found.alpha == pytest.approx(2 / 3)
    assert found.scale_mean_0_100 == pytest.approx(25)
    assert found.scale_mean_raw is None
    assert found.reasons["scale_mean_raw"] == "mixed_ranges"


def test_reversed_items_are_turned_with_their_own_bounds():
    items = (ItemKey("a", key=-1, minimum=1, maximum=7), ItemKey("b", key=-1, minimum=0, maximum=3))
    keyed = keyed_values(np.array([[1, 0], [7, 3], [2, NAN]]), items)
    assert keyed[:2].tolist() == [[7, 3], [1, 0]]
    assert keyed[2, 0] == 6
    assert math.isnan(keyed[2, 1])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: ItemKey("a", key=0), "kunci 0 harus 1 atau -1"),
        (lambda: ItemKey("a", minimum=5, maximum=5), "harus di bawah"),
        (lambda: found_in([[1, 6]]), "Baris ke-1, butir i2: nilai 6"),
        (lambda: scale_statistics(np.zeros((3, 2)), items_of(3)), "orang x 3 butir"),
        (lambda: scale_statistics(np.zeros(3), items_of(3)), "orang x 3 butir"),
        (lambda: scale_statistics(np.zeros((3, 0)), ()), "Tidak ada butir"),
        (lambda: scale_statistics(np.zeros((3, 2)), items_of(1) * 2), "tidak boleh berulang"),
        (lambda: scale_statistics(np.full((3, 1), math.inf), items_of(1)), "tak hingga"),
        (lambda: found_in([[1, 2]], not_applicable=np.zeros((2, 2))), "tidak berlaku"),
        (lambda: found_in([[1, 2]], not_applicable=np.ones((1, 2))), "Ada jawaban pada butir"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(call, sentence):
    with pytest.raises(MatrixError, match=sentence):
        call()


def test_omega_of_known_loadings():
    """Correlations made by one factor exactly give its loadings back."""
    loadings = np.array([0.8, 0.6, 0.5, 0.7])
    r = np.outer(loadings, loadings)
    np.fill_diagonal(r, 1)
    factor = one_factor(r, 50)
    assert factor.has_converged
    assert factor.loadings == pytest.approx(loadings, abs=1e-9)
    # sum 2.6, uniquenesses .36 + .64 + .75 + .51 = 2.26
    assert omega_total(factor.loadings, np.ones(4)) == pytest.approx(2.6**2 / (2.6**2 + 2.26))
    # with sd 1, 2, 1, 2: common .8 + 1.2 + .5 + 1.4 = 3.9; unique .36 + 2.56 + .75 + 2.04 = 5.71
    assert omega_total(factor.loadings, np.array([1, 2, 1, 2])) == pytest.approx(3.9**2 / (3.9**2 + 5.71))


@pytest.mark.parametrize(
    ("r", "n", "reason"),
    [
        (np.eye(2), 100, "needs_k>=3_and_n>=10"),
        (np.eye(3), 9, "needs_k>=3_and_n>=10"),
        (np.ones((3, 3)), 100, "heywood"),
        # one factor would need 0.9 * 0.9 / 0.5 = 1.62 as first communality
        (np.array([[1, 0.9, 0.9], [0.9, 1, 0.5], [0.9, 0.5, 1]]), 100, "heywood"),
        (
            np.array([[1, 0.5, -0.4], [0.5, 1, -0.4], [-0.4, -0.4, 1]]),
            100,
            "loading_not_positive_check_keys",
        ),
    ],
)
def test_where_omega_stops(r, n, reason):
    with pytest.raises(Undefined) as stopped:
        one_factor(r, n)
    assert stopped.value.reason == reason


def test_two_clusters_of_items_warn_of_a_second_dimension():
    # within a pair of clusters r = .8 of six items each, none between: eigenvalues 1 + .8 * 2 = 2.6 twice
    rng = np.random.default_rng(5)
    first, second = rng.normal(size=(2, 500, 1))
    scores = np.hstack([first + 0.5 * rng.normal(size=(500, 3)), second + 0.5 * rng.normal(size=(500, 3))])
    found = found_in(np.clip(np.rint(scores * 1.3 + 4), 1, 7).tolist(), items_of(6, maximum=7))
    assert "maybe_multidimensional" in warnings_of(found)
    assert found.eigenvalues[1] > found.eigenvalues[0] / 2
    assert sum(found.eigenvalues) == pytest.approx(6)
