"""Mahalanobis distances and psychometric synonyms: against plain loops, and what they refuse."""

import numpy as np
import pytest

from scoring.statistics import ItemKey, screen_outliers, screen_synonyms, synonym_pairs
from scoring.statistics.reasons import REASONS
from scoring.statistics.screening import SynonymPair
from tests.scoring import plain_statistics as plain

ITEMS = tuple(ItemKey(f"I{place}", minimum=1, maximum=7) for place in range(12))


def answers(people=80, *, gaps=0, items=12, noise=0.9):
    rng = np.random.default_rng(4)
    level = rng.normal(4, 1.4, size=(people, 1))
    values = np.clip(np.round(level + rng.normal(0, noise, size=(people, items))), 1, 7)
    values.flat[rng.choice(values.size, gaps, replace=False)] = np.nan
    return values


def test_a_distance_by_hand():
    # means 2 and 2; variances 4/3 and 2/3, covariance 2/3, so the inverse is [[1.5, -1.5], [-1.5, 3]]:
    # (-1, -1) -> 1.5 - 3 + 3, (1, 1) the same, (-1, 0) and (1, 0) -> 1.5
    found = screen_outliers(np.array([[1, 1], [3, 3], [1, 2], [3, 2]]), ITEMS[:2])
    width = ITEMS[0].width  # distances do not depend on the unit of the answers
    assert (width, found.values) == (6, pytest.approx((1.5, 1.5, 1.5, 1.5)))
    assert (found.n, found.k, found.flagged) == (4, 2, 0)
    assert found.limit == pytest.approx(13.8155, abs=1e-4)  # printed tables of chi-squared: .999, 2 degrees


def test_whoever_answers_against_the_grain_of_everybody_is_far_away():
    values = answers(300, noise=0.4)
    values[0] = [1, 7] * 6
    found = screen_outliers(values, ITEMS)
    assert max(range(300), key=found.values.__getitem__) == 0
    assert found.flagged >= 1
    # distances of complete people sum to k (n - 1)
    assert sum(found.values) == pytest.approx(12 * 299)


def test_gaps_have_no_distance_and_constant_items_no_part():
    values = answers(60)
    values[3, 2], values[:, 5] = np.nan, 4
    found = screen_outliers(values, ITEMS)
    assert found.values[3] is None
    assert (found.n, found.k) == (59, 11)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.zeros((0, 12)), "no_answers"),
        (np.full((5, 12), np.nan), "no_answers"),
        (np.full((40, 12), 3.0), "fewer_than_2_items_with_variance"),
        (answers(12), "n_not_above_k"),
        (answers(40)[:, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]], "singular_covariance"),
    ],
)
def test_samples_without_distances(values, reason):
    found = screen_outliers(values, ITEMS)
    assert (found.reason, found.limit, found.flagged) == (reason, None, None)
    assert set(found.values) <= {None}
    assert reason in REASONS


def test_pairs_are_those_that_correlate_above_point_six_with_their_own_people():
    values = answers(gaps=90)
    found = {(pair.first, pair.second): pair.r for pair in synonym_pairs(values, ITEMS)}
    expected = {}
    for i in range(12):
        for j in range(i + 1, 12):
            both = ~np.isnan(values[:, i]) & ~np.isnan(values[:, j])
            r = plain.correlation(values[both, i].tolist(), values[both, j].tolist())
            if r > 0.6:
                expected[f"I{i}", f"I{j}"] = pytest.approx(r)
    assert found == expected
    assert 5 < len(found) < 66


def test_consistency_over_the_pairs_is_a_correlation_within_the_person():
    values = answers(gaps=60)
    pairs = synonym_pairs(values, ITEMS)
    found = screen_synonyms(values, ITEMS, pairs)
    place = {item.code: column for column, item in enumerate(ITEMS)}
    for row, value in zip(values, found.values, strict=True):
        both = [(row[place[p.first]], row[place[p.second]]) for p in pairs]
        both = [(a, b) for a, b in both if not np.isnan(a + b)]
        first, second = zip(*both, strict=True)
        if len(both) < 5 or len(set(first)) == 1 or len(set(second)) == 1:
            assert value is None
        else:
            assert value == pytest.approx(plain.correlation(first, second))
    known = [value for value in found.values if value is not None]
    assert found.n == len(known)
    assert found.flagged == sum(value <= found.limit for value in known)
    assert found.limit == pytest.approx(np.quantile(known, 0.05))


def test_four_pairs_say_nothing():
    pairs = [SynonymPair(f"I{place}", f"I{place + 1}", 0.7) for place in range(4)]
    found = screen_synonyms(answers(), ITEMS, pairs)
    assert (found.reason, found.n, found.limit) == ("fewer_than_5_pairs", 0, None)


def test_straight_lines_have_no_consistency():
    pairs = [SynonymPair(f"I{place}", f"I{place + 1}", 0.7) for place in range(6)]
    found = screen_synonyms(np.full((9, 12), 3.0), ITEMS, pairs)
    assert (found.reason, found.n, set(found.values)) == ("no_answers", 0, {None})
    assert screen_synonyms(np.zeros((0, 12)), ITEMS, pairs).values == ()
