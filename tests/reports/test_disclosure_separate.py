"""Patterns of their own for many statistics at once: the rule of the totals, statistic by statistic."""

import random
import time

import numpy as np
import pytest

from reports.disclosure import UnitCount, publishable_each, publishable_totals


def random_tree(rng, units):
    """Parents before children, and the people directly in each unit at some statistics."""
    reach = rng.choice([1, 3, units])
    parents = [-1] + [
        -1 if rng.random() < 0.05 else rng.randrange(max(0, unit - reach), unit) for unit in range(1, units)
    ]
    direct = np.array(
        [[0 if rng.random() < 0.3 else rng.choice((4, 9, 12, 30)) for _ in range(3)] for _ in parents]
    )
    total = direct.copy()
    for unit in range(units - 1, -1, -1):
        if parents[unit] >= 0:
            total[parents[unit]] += total[unit]
    codes = [f"U{unit:03d}" for unit in range(units)]
    rng.shuffle(codes)
    return parents, codes, total


def by_the_totals_rule(parents, codes, counts, publishable, threshold):
    """One statistic as the only one of a report."""
    units = {
        code: UnitCount(
            None if parent < 0 else codes[parent], int(counts[unit]), publishable=bool(publishable[unit])
        )
        for unit, (code, parent) in enumerate(zip(codes, parents, strict=True))
    }
    published = publishable_totals(units=units, threshold=threshold).published
    return [code in published for code in codes]


@pytest.mark.parametrize("threshold", [10, 30])
def test_each_statistic_has_the_pattern_that_it_would_have_alone(threshold):
    for seed in range(400):
        rng = random.Random(seed)
        parents, codes, counts = random_tree(rng, rng.randint(1, 25))
        publishable = np.array([rng.random() < 0.9 for _ in codes])
        shown = publishable_each(
            parents=parents,
            codes=codes,
            counts=counts,
            publishable=publishable[:, None],
            threshold=threshold,
        )
        for column in range(3):
            alone = by_the_totals_rule(parents, codes, counts[:, column], publishable, threshold)
            assert shown[:, column].tolist() == alone, seed


def test_one_statistic_that_few_answered_hides_no_other():
    # 12 people answered the first item; 4 of them the second.
    shown = publishable_each(
        parents=[-1], codes=["A"], counts=np.array([[12, 4]]), publishable=np.array([[True]])
    )
    assert shown.tolist() == [[True, False]]


def test_a_tree_in_another_order_and_a_small_threshold_are_refused():
    counts = np.array([[12], [12]])
    publishable = np.ones((2, 1), dtype=bool)
    with pytest.raises(ValueError, match="before"):
        publishable_each(parents=[1, -1], codes=["A", "B"], counts=counts, publishable=publishable)
    with pytest.raises(ValueError, match="10"):
        publishable_each(
            parents=[-1, 0], codes=["A", "B"], counts=counts, publishable=publishable, threshold=9
        )


def test_hundreds_of_items_in_ten_thousand_units_take_seconds():
    rng = np.random.default_rng(1)
    parents = [-1] + [(unit - 1) // 12 for unit in range(1, 10_000)]
    counts = rng.integers(0, 40, size=(10_000, 200))
    for unit in range(9_999, 0, -1):
        counts[parents[unit]] += counts[unit]
    started = time.process_time()
    publishable_each(
        parents=parents,
        codes=[f"U{unit:05d}" for unit in range(10_000)],
        counts=counts,
        publishable=np.ones((10_000, 1), dtype=bool),
    )
    assert time.process_time() - started < 10
