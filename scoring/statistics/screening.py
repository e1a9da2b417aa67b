"""Screening of a whole sample for unusual ways of answering: two indices that need everybody's answers at once.

For administrators, as information about a sample. Neither enters the quality rating of a person
(:mod:`scoring.quality`), neither removes anybody from anything, and no report names the people behind the counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.distributions import chi_squared_quantile
from scoring.statistics import reliability
from scoring.statistics.matrix import ItemKey, as_matrix, bounds
from scoring.statistics.reasons import (
    MORE_ITEMS_THAN_PEOPLE,
    NO_ANSWERS,
    REPEATED_ITEMS,
    TOO_FEW_ITEMS,
    TOO_FEW_SYNONYMS,
)

SYNONYM_FROM = 0.60  # correlation above which two items ask nearly the same
FEWEST_PAIRS = 5
LOWEST_SHARE = 0.05
OUTLIER_PROBABILITY = 0.001
_SMALLEST_EIGENVALUE = 1e-10  # of the correlations; below it one item follows from the others
_BLOCK = 4096  # people at a time


@dataclass(frozen=True)
class SynonymPair:
    """Two items whose keyed answers go together, in the order of the form, with their correlation."""

    first: str
    second: str
    r: float


@dataclass(frozen=True)
class SynonymScreening:
    """Within-person correlations over the pairs. ``values``: one a person, None below five pairs or without variance.

    ``n``: people with a value. ``limit``: the value below or at which the lowest 5 % lie, ``flagged``: how many they
    are; None with a reason.
    """

    pairs: tuple[SynonymPair, ...]
    values: tuple[float | None, ...]
    n: int
    limit: float | None
    flagged: int | None
    reason: str | None = None


@dataclass(frozen=True)
class OutlierScreening:
    """Squared Mahalanobis distances. ``values``: one a person, None for whoever left gaps.

    ``n``: complete people, ``k``: items that vary. ``limit``: the .999 quantile of chi-squared with k degrees of
    freedom, ``flagged``: people beyond it; None with a reason.
    """

    values: tuple[float | None, ...]
    n: int
    k: int
    limit: float | None
    flagged: int | None
    reason: str | None = None


def synonym_pairs(keyed: np.ndarray, items: Sequence[ItemKey]) -> tuple[SynonymPair, ...]:
    """Pairs of items that correlate above .60, each pair over the people who answered both.

    Args:
        keyed: people x items of the calibration sample, NaN where there is no answer.
    """
    r = _pairwise_correlation(_item_scores(keyed, items))
    return tuple(
        SynonymPair(items[i].code, items[j].code, float(r[i, j]))
        for i, j in zip(*np.triu_indices(len(items), 1), strict=True)
        if r[i, j] > SYNONYM_FROM  # False where there is none
    )


def screen_synonyms(
    keyed: np.ndarray, items: Sequence[ItemKey], pairs: Sequence[SynonymPair]
) -> SynonymScreening:
    """How consistently each person answers pairs of near-synonyms: the correlation over the pairs of one person.

    Args:
        keyed: people x items, NaN where there is no answer.
        pairs: of the calibration sample (:func:`synonym_pairs`).
    """
    scores = _item_scores(keyed, items)
    place = {item.code: column for column, item in enumerate(items)}
    nobody = (None,) * len(scores)
    if len(pairs) < FEWEST_PAIRS:
        return SynonymScreening(tuple(pairs), nobody, 0, None, None, TOO_FEW_SYNONYMS)
    columns = [
        [place[code] for code in side] for side in zip(*((p.first, p.second) for p in pairs), strict=True)
    ]
    found = np.concatenate(
        [
            _row_correlations(*(scores[start : start + _BLOCK, side] for side in columns))
            for start in _starts(scores)
        ]
        or [np.zeros(0)]
    )
    known = found[~np.isnan(found)]
    values = tuple(None if value != value else value for value in found.tolist())
    if not len(known):
        return SynonymScreening(tuple(pairs), values, 0, None, None, NO_ANSWERS)
    limit = float(np.quantile(known, LOWEST_SHARE))
    return SynonymScreening(tuple(pairs), values, len(known), limit, int((known <= limit).sum()))


def screen_outliers(keyed: np.ndarray, items: Sequence[ItemKey]) -> OutlierScreening:
    """Squared Mahalanobis distance of every complete person from the mean of all of them.

    ``(x - m)' C^-1 (x - m)`` with the covariances C (n-1) of the items that vary.

    Args:
        keyed: people x items, NaN where there is no answer.
    """
    scores = _item_scores(keyed, items)
    complete = ~np.isnan(scores).any(axis=1)
    people = scores[complete]
    nobody: tuple[float | None, ...] = (None,) * len(scores)
    if not len(people):
        return OutlierScreening(nobody, 0, 0, None, None, NO_ANSWERS)
    people = people[:, people.max(axis=0) > people.min(axis=0)]
    n, k = people.shape
    reason = TOO_FEW_ITEMS if k < 2 else MORE_ITEMS_THAN_PEOPLE if n <= k else None
    if reason is None:
        cov = reliability.covariance(people)
        if np.linalg.eigvalsh(reliability.correlation(cov))[0] < _SMALLEST_EIGENVALUE:
            reason = REPEATED_ITEMS
    if reason is not None:
        return OutlierScreening(nobody, n, k, None, None, reason)
    deviations = people - people.mean(axis=0)
    distances = np.einsum("ij,ij->i", deviations, np.linalg.solve(cov, deviations.T).T)
    values: list[float | None] = list(nobody)
    for row, distance in zip(np.flatnonzero(complete).tolist(), distances.tolist(), strict=True):
        values[row] = distance
    limit = chi_squared_quantile(1 - OUTLIER_PROBABILITY, k)
    return OutlierScreening(tuple(values), n, k, limit, int((distances > limit).sum()))


def _item_scores(keyed: np.ndarray, items: Sequence[ItemKey]) -> np.ndarray:
    keyed = as_matrix(keyed, items)
    low, high = bounds(items)
    return (keyed - low) / (high - low)


def _starts(scores: np.ndarray) -> range:
    return range(0, len(scores), _BLOCK)


def _pairwise_correlation(scores: np.ndarray) -> np.ndarray:
    """Correlations of all pairs of columns, each over its own people; NaN where a pair has none."""
    k = scores.shape[1]
    present = ~np.isnan(scores)
    middle = np.where(present, scores, 0).sum(axis=0) / np.maximum(1, present.sum(axis=0))
    products, sums, squares, people = np.zeros((4, k, k))
    for start in _starts(scores):
        here = present[start : start + _BLOCK].astype(np.float64)
        deviations = np.where(present[start : start + _BLOCK], scores[start : start + _BLOCK] - middle, 0.0)
        products += deviations.T @ deviations
        sums += deviations.T @ here
        squares += (deviations**2).T @ here
        people += here.T @ here
    people = np.maximum(1, people)
    variation = squares - sums**2 / people
    both = np.sqrt(np.maximum(0, variation * variation.T))
    shared = products - sums * sums.T / people
    return np.divide(shared, both, out=np.full((k, k), np.nan), where=both > reliability.NEGLIGIBLE)


def _row_correlations(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The correlation of each row of one array with the same row of the other; NaN where there is none."""
    both = ~np.isnan(first) & ~np.isnan(second)
    count = both.sum(axis=1)
    x, y = (np.where(both, side, 0.0) for side in (first, second))
    x, y = (np.where(both, side - (side.sum(axis=1) / np.maximum(1, count))[:, None], 0.0) for side in (x, y))
    variation = (x**2).sum(axis=1) * (y**2).sum(axis=1)
    usable = (count >= FEWEST_PAIRS) & (variation > reliability.NEGLIGIBLE)
    r = np.divide((x * y).sum(axis=1), np.sqrt(variation), out=np.full(len(x), np.nan), where=usable)
    return np.clip(r, -1.0, 1.0)
