"""Coefficients that follow from a covariance matrix alone: alpha and its relatives, rest correlations, halves.

Every function takes the k x k covariance matrix (n-1) of the item scores, in the order of the form, and raises
:class:`Undefined` where these data have no such number. Nothing goes back to the people, so a hundred
thousand of them cost no more than ten.
"""

import math
from collections.abc import Iterator

import numpy as np

from scoring.distributions import f_quantile
from scoring.statistics.reasons import (
    NEEDS_THREE_ITEMS,
    NEGATIVE_ONE,
    PAIR_TOO_SMALL,
    TOO_FEW_ITEMS,
    ZERO_HALF_VARIANCE,
    ZERO_REST_VARIANCE,
    ZERO_TOTAL_VARIANCE,
    Undefined,
)

# A variance of a sum below this share of the summed item variances is rounding, not variance.
NEGLIGIBLE = 1e-12
SINGLE_THREAD_PRODUCT = 200_000  # rows x columns x columns; OpenBLAS starts threads above 2**18


def covariance(scores: np.ndarray) -> np.ndarray:
    """Covariance matrix (n-1) of people x items without gaps, at least two people; deviations are taken first."""
    mean, k = scores.mean(axis=0), scores.shape[1]
    total = np.zeros((k, k))
    for rows in _blocks(*scores.shape):
        deviations = scores[rows] - mean
        total += deviations.T @ deviations
    return total / (len(scores) - 1)


def pairwise_covariance(scores: np.ndarray) -> np.ndarray:
    """Covariance of every pair of items over the people who answered both; NaN marks a missing answer.

    With deviations d from the item means and presence p: ``(sum d_i d_j - (sum d_i p_j)(sum d_j p_i)/n_ij) /
    (n_ij - 1)``, sums over people with both.

    Raises:
        Undefined: a pair with fewer than two people.
    """
    k = scores.shape[1]
    if np.isnan(scores).all(axis=0).any():
        raise Undefined(PAIR_TOO_SMALL)
    mean = np.nanmean(scores, axis=0)
    products, sums, people = np.zeros((3, k, k))
    for rows in _blocks(*scores.shape):
        block = scores[rows]
        present = (~np.isnan(block)).astype(np.float64)
        deviations = np.where(present == 1, block - mean, 0.0)
        products += deviations.T @ deviations
        sums += deviations.T @ present
        people += present.T @ present
    if people.min() < 2:
        raise Undefined(PAIR_TOO_SMALL)
    return (products - sums * sums.T / people) / (people - 1)


def _blocks(rows: int, columns: int) -> Iterator[slice]:
    """Slices of rows whose k x k product stays on one thread.

    Larger products are shared between threads, which on a busy machine wait for each other (measured: 3.0 s
    instead of 0.1 s for 100,000 x 60 with four busy processes a core).
    """
    step = max(1, SINGLE_THREAD_PRODUCT // columns**2)
    return (slice(start, start + step) for start in range(0, rows, step))


def correlation(cov: np.ndarray) -> np.ndarray:
    """Correlations of items that all have variance, kept within -1..1 against rounding."""
    sd = np.sqrt(np.diag(cov))
    r = np.clip(cov / np.outer(sd, sd), -1.0, 1.0)
    np.fill_diagonal(r, 1.0)
    return r


def alpha(cov: np.ndarray) -> float:
    """Cronbach's alpha: ``k/(k-1) * (1 - sum of item variances / variance of the sum)``; may be negative."""
    k = len(cov)
    if k < 2:
        raise Undefined(TOO_FEW_ITEMS)
    total, trace = float(cov.sum()), float(np.trace(cov))
    if total <= NEGLIGIBLE * trace:
        raise Undefined(ZERO_TOTAL_VARIANCE)
    return k / (k - 1) * (1 - trace / total)


def feldt_interval(alpha: float, n: int, k: int) -> tuple[float, float]:
    """Feldt's 95 % interval of alpha: ``1 - (1-alpha) F`` with the .975 and .025 quantiles of F(n-1, (n-1)(k-1))."""
    df1, df2 = n - 1, (n - 1) * (k - 1)
    return tuple(1 - (1 - alpha) * f_quantile(p, df1, df2) for p in (0.975, 0.025))


def inter_item(cov: np.ndarray) -> tuple[float, float, float]:
    """Mean, lowest and highest correlation of two different items."""
    if len(cov) < 2:
        raise Undefined(TOO_FEW_ITEMS)
    r = correlation(cov)[np.tril_indices(len(cov), -1)]
    return float(r.mean()), float(r.min()), float(r.max())


def standardised_alpha(cov: np.ndarray) -> float:
    """Alpha of items brought to equal variance: ``k r / (1 + (k-1) r)`` with the mean inter-item r."""
    k, (r, _, _) = len(cov), inter_item(cov)
    divisor = 1 + (k - 1) * r
    if divisor <= NEGLIGIBLE:
        raise Undefined(NEGATIVE_ONE)
    return k * r / divisor


def rest_variances(cov: np.ndarray) -> np.ndarray:
    """Variance of the sum of all other items, for each item; exactly 0 where it is only rounding."""
    rest = cov.sum() - 2 * cov.sum(axis=1) + np.diag(cov)
    return np.where(rest > NEGLIGIBLE * np.trace(cov), rest, 0.0)


def rest_correlation(cov: np.ndarray, item: int) -> float:
    """Corrected item-total correlation: of an item with the sum of all *other* items."""
    if len(cov) < 2:
        raise Undefined(TOO_FEW_ITEMS)
    rest = float(rest_variances(cov)[item])
    if rest == 0:
        raise Undefined(ZERO_REST_VARIANCE)
    own = float(cov[item, item])
    r = (float(cov[item].sum()) - own) / math.sqrt(own * rest)
    return min(1.0, max(-1.0, r))


def alpha_without(cov: np.ndarray, item: int) -> float:
    """Alpha of the scale if the item were left out; needs at least three items."""
    if len(cov) < 3:
        raise Undefined(NEEDS_THREE_ITEMS)
    kept = np.delete(np.arange(len(cov)), item)
    try:
        return alpha(cov[np.ix_(kept, kept)])
    except Undefined:
        raise Undefined(ZERO_REST_VARIANCE) from None


def _halves(cov: np.ndarray) -> tuple[float, float, float]:
    """Variance of the sum of items 1, 3, 5, ..., of 2, 4, 6, ..., and the covariance of the two sums."""
    if len(cov) < 2:
        raise Undefined(TOO_FEW_ITEMS)
    odd, even = cov[0::2], cov[1::2]
    return float(odd[:, 0::2].sum()), float(even[:, 1::2].sum()), float(odd[:, 1::2].sum())


def split_half(cov: np.ndarray) -> float:
    """Correlation of the sum of the odd with the sum of the even items; depends on the order of the form."""
    odd, even, between = _halves(cov)
    if min(odd, even) <= NEGLIGIBLE * np.trace(cov):
        raise Undefined(ZERO_HALF_VARIANCE)
    return min(1.0, max(-1.0, between / math.sqrt(odd * even)))


def spearman_brown(cov: np.ndarray) -> float:
    """Reliability of the whole from the correlation r of its halves: ``2r / (1+r)``."""
    r = split_half(cov)
    if 1 + r <= NEGLIGIBLE:
        raise Undefined(NEGATIVE_ONE)
    return 2 * r / (1 + r)


def lambda4(cov: np.ndarray) -> float:
    """Guttman's lambda 4 of the odd-even split: ``2 (1 - (variance of odd + of even) / variance of all)``."""
    odd, even, between = _halves(cov)
    total = odd + even + 2 * between
    if total <= NEGLIGIBLE * np.trace(cov):
        raise Undefined(ZERO_TOTAL_VARIANCE)
    return 2 * (1 - (odd + even) / total)
