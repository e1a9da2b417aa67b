"""Item functioning in two groups, agreement within units, and what may be shown or deserves a look."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.statistics import (
    ItemKey,
    MatrixError,
    Undefined,
    differential_functioning,
    gated,
    intraclass_correlation,
    item_remarks,
    keyed_values,
    scale_remarks,
    scale_statistics,
    standing,
    within_group_agreement,
)

ITEMS = tuple(ItemKey(code) for code in ("a", "b", "c"))


def level_people(levels):
    """One person a level, who answers every item at it."""
    return np.array([[level] * 3 for level in levels], dtype=float)


def test_standardised_difference_by_hand():
    # Rest scores of item a come from b and c alone. Level 2: focal 3, 3 against 2; level 4: focal 4 against 3, 5.
    keyed = np.array([[3, 2, 2], [3, 2, 2], [4, 4, 4], [2, 2, 2], [3, 4, 4], [5, 4, 4]], dtype=float)
    focal = np.array([True, True, True, False, False, False])
    found = differential_functioning(keyed, ITEMS, focal, fewest=1)[0]
    # (2 * (3 - 2) + 1 * (4 - 4)) / 3 units, each a quarter of the item score
    assert found.difference == pytest.approx(2 / 3 / 4)
    assert (found.n_focal, found.n_reference, found.strata, found.size) == (3, 3, 2, "review")


@given(st.lists(st.integers(1, 5), min_size=5, max_size=60))
def test_equal_groups_differ_in_no_item(levels):
    keyed = np.vstack([level_people(levels)] * 2)
    focal = np.arange(len(keyed)) < len(levels)
    for result in differential_functioning(keyed, ITEMS, focal, fewest=1):
        assert result.difference == pytest.approx(0, abs=1e-12)
        assert result.size == "none"


def test_small_groups_are_not_compared():
    keyed = level_people([1, 2, 3, 4, 5] * 80)
    focal = np.arange(400) < 199
    result = differential_functioning(keyed, ITEMS, focal)[0]
    assert (result.difference, result.reason, result.size) == (None, "group_below_200", None)
    assert differential_functioning(keyed, ITEMS, np.arange(400) < 200)[0].reason is None


def test_groups_on_different_levels_have_nothing_in_common():
    keyed = level_people([1] * 5 + [5] * 5)
    result = differential_functioning(keyed, ITEMS, np.arange(10) < 5, fewest=1)[0]
    assert result.reason == "no_common_stratum"


def test_one_item_has_no_rest():
    result = differential_functioning(np.ones((4, 1)), ITEMS[:1], np.arange(4) < 2, fewest=1)[0]
    assert result.reason == "fewer_than_2_items_with_variance"


def test_incomplete_people_do_not_count_and_every_person_has_a_group():
    keyed = level_people([1, 3, 5, 1, 3, 5])
    keyed[0, 0] = np.nan
    assert differential_functioning(keyed, ITEMS, np.arange(6) < 3, fewest=1)[0].n_focal == 2
    with pytest.raises(MatrixError, match="Keterangan kelompok"):
        differential_functioning(keyed, ITEMS, np.ones(5), fewest=1)


def test_a_moderate_difference_is_worth_a_look():
    keyed = level_people([3] * 20)
    keyed[:5, 0] = 4  # five of ten focal people one unit higher: half a unit, .125 of the item score
    result = differential_functioning(keyed, ITEMS, np.arange(20) < 10, fewest=1)[0]
    assert (result.difference, result.size) == (pytest.approx(0.125), "review")
    keyed[:2, 0] = 3  # three of ten: .075
    assert differential_functioning(keyed, ITEMS, np.arange(20) < 10, fewest=1)[0].size == "look"


def test_agreement_within_a_group_by_hand():
    # five categories: chance variance 24/12 = 2; items have variances 1 and 1/3, mean 2/3: q = 2/3
    found = within_group_agreement(np.array([[1, 3], [2, 3], [3, 2]]), 5)
    assert found.r_wg == pytest.approx(2 * (2 / 3) / (2 * (2 / 3) + 1 / 3))
    assert (found.n, found.k, found.is_mixed) == (3, 2, False)


def test_agreement_of_one_voice_of_opposites_and_of_nobody():
    assert within_group_agreement(np.full((4, 3), 2.0), 5).r_wg == 1
    opposites = within_group_agreement(np.array([[1, 1], [5, 5]]), 5)  # variance 8 against 2
    assert (opposites.r_wg, opposites.is_mixed) == (0, True)
    alone = within_group_agreement(np.array([[1, 1], [np.nan, 5]]), 5)
    assert (alone.r_wg, alone.reason, alone.n, alone.is_mixed) == (None, "fewer_than_2_people", 1, False)
    for wrong in ((np.ones((2, 2)), 1), (np.ones(2), 5), (np.ones((2, 0)), 5)):
        with pytest.raises(MatrixError):
            within_group_agreement(*wrong)


def test_intraclass_correlation_by_hand():
    # means 2 and 6, grand mean 4: MSB = 2 (4 + 4) / 1 = 16; MSW = (2 + 2) / 2 = 2; (16 - 2) / (16 + 2)
    assert intraclass_correlation([[1, 3], [5, 7]]) == pytest.approx(14 / 18)
    assert intraclass_correlation([[1, 3], [], [5, 7]]) == pytest.approx(14 / 18)
    # sizes 2 and 4: m = (6 - 20/6) / 1 = 8/3; means 2 and 5, grand 4: MSB = 2*4 + 4*1 = 12; MSW = (2 + 4) / 4
    assert intraclass_correlation([[1, 3], [4, 6, 4, 6]]) == pytest.approx(
        (12 - 1.5) / (12 + (8 / 3 - 1) * 1.5)
    )
    assert intraclass_correlation([[1, 3], [1, 3]]) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([[1, 2]], "fewer_than_2_groups"),
        ([], "fewer_than_2_groups"),
        ([[1], [2]], "no_degrees_of_freedom_within"),
        ([[3, 3], [3, 3]], "no_degrees_of_freedom_within"),
        ([[280 / 3] * 22, [280 / 3] * 7], "no_degrees_of_freedom_within"),  # whose means are rounded apart
    ],
)
def test_groups_without_an_intraclass_correlation(groups, reason):
    with pytest.raises(Undefined) as undefined:
        intraclass_correlation(groups)
    assert undefined.value.reason == reason


def spread(people, *, key=1):
    """People whose three items go up together with a little noise; ``key`` of the last item."""
    rng = np.random.default_rng(3)
    raw = np.clip(np.rint(3 + rng.normal(size=(people, 1)) + 0.7 * rng.normal(size=(people, 3))), 1, 5)
    items = (*ITEMS[:2], ItemKey("c", key))
    return scale_statistics(keyed_values(raw, items), items)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "hidden"), (29, "hidden"), (30, "provisional"), (99, "provisional"), (100, "firm")],
)
def test_standing_by_the_number_of_people(n, expected):
    assert standing(n) == expected


def test_from_thirty_people_everything_is_shown():
    found = spread(30)
    assert gated(found) == found


def test_below_thirty_people_nothing_they_said_is_left():
    hidden = gated(spread(29))
    assert (hidden.n_total, hidden.n_used, hidden.k_total, hidden.warnings) == (29, 29, 3, ())
    for name in ("alpha", "alpha_pairwise", "omega_total", "scale_mean_0_100", "sem_0_100", "eigenvalues"):
        assert getattr(hidden, name) is None
        assert hidden.reasons[name] == "n_below_30"
    for item in hidden.items:
        assert (item.n, item.mean, item.counts, item.r_drop, item.loading) == (29, None, None, None, None)
        assert item.reasons["mean"] == item.reasons["r_drop"] == "n_below_30"


def test_the_fewest_answers_decide_about_pairs_and_items():
    raw = np.array([[1 + place % 5, 1 + place % 4, 1 + place % 3] for place in range(40)], dtype=float)
    raw[:15, 2] = np.nan
    shown = gated(scale_statistics(keyed_values(raw, ITEMS), ITEMS))
    assert (shown.n_used, shown.alpha, shown.alpha_pairwise) == (25, None, None)
    assert (shown.items[0].mean is None, shown.items[2].mean is None) == (False, True)
    assert shown.items[0].r_drop is None


def test_a_constant_item_of_few_people_is_not_told_apart():
    raw = np.array([[1 + place % 5, 1 + place % 4, 3] for place in range(20)], dtype=float)
    shown = gated(scale_statistics(keyed_values(raw, ITEMS), ITEMS))
    assert (shown.k_used, shown.warnings) == (3, ())


def codes(remarks):
    assert all(remark.sentence.endswith(".") for remark in remarks)
    return {remark.code for remark in remarks}


def test_a_wrong_key_is_seen():
    found = spread(200, key=-1)
    assert "check_key" in codes(item_remarks(found.items[2], found))
    assert "alpha_rises" in codes(item_remarks(found.items[2], found))


def test_piles_gaps_and_repeats_are_remarked():
    raw = np.array([[5, 5, 1 + place % 5] for place in range(99)] + [[1, 1, 1]], dtype=float)
    raw[50:70, 2] = np.nan
    found = scale_statistics(keyed_values(raw, ITEMS), ITEMS)
    assert codes(item_remarks(found.items[0], found)) >= {"ceiling"}
    assert codes(item_remarks(found.items[2], found)) >= {"missing", "low_r_drop"}
    assert codes(scale_remarks(found)) >= {"redundant", "scale_ceiling"}


def test_the_guides_of_alpha():
    # items that repeat each other; items that have nothing in common
    same = np.array([[value] * 3 for value in [1, 2, 3, 4, 5]] * 10, dtype=float)
    repeated = scale_statistics(same, ITEMS)
    assert codes(scale_remarks(repeated)) >= {"sem_zero", "alpha_high", "inter_item_mean", "redundant"}
    crossed = np.array([[a, b, c] for a in (1, 2) for b in (1, 2) for c in (1, 2)], dtype=float)
    assert codes(scale_remarks(scale_statistics(crossed, ITEMS))) >= {"alpha_low", "inter_item_mean"}


def test_warnings_become_sentences_and_hidden_numbers_say_nothing():
    raw = np.array([[1, 3, np.nan], [2, 3, np.nan]])
    found = scale_statistics(raw, ITEMS)
    sentences = [remark.sentence for remark in scale_remarks(found)]
    assert any("dikeluarkan: c" in sentence for sentence in sentences)
    assert any("dikeluarkan dari perhitungan: b" in sentence for sentence in sentences)
    hidden = gated(spread(10))
    assert scale_remarks(hidden) == ()
    assert item_remarks(hidden.items[0], hidden) == ()
