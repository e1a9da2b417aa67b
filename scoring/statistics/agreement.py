"""Whether the people of a unit agree enough for their mean to be called the unit's climate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.statistics.matrix import MatrixError
from scoring.statistics.reasons import (
    NO_WITHIN_VARIANCE,
    TOO_FEW_GROUPS,
    TOO_FEW_PEOPLE,
    Undefined,
)

ENOUGH_AGREEMENT = 0.70  # below this opinions are called mixed


@dataclass(frozen=True)
class ClimateAgreement:
    """``r_wg``: agreement of one group on J parallel items, 0..1; None with a reason.

    ``n``: people who answered all items, ``k``: items.
    """

    r_wg: float | None
    n: int
    k: int
    reason: str | None = None

    @property
    def is_mixed(self) -> bool:
        """Whether the report says "pendapat beragam"."""
        return self.r_wg is not None and self.r_wg < ENOUGH_AGREEMENT


def within_group_agreement(answers: np.ndarray, categories: int) -> ClimateAgreement:
    """James, Demaree and Wolf's r_wg(J) of one group: agreement against answers spread evenly by chance.

    ``q = 1 - mean item variance (n-1) / ((A^2-1)/12)``, then ``J q / (J q + 1 - q)``; 0 where q <= 0.

    Args:
        answers: people x items, one group, in units of the answers; NaN marks a missing answer, and only
            people without gaps count.
        categories: A, the number of values of every item.

    Raises:
        MatrixError: no items, or fewer than two categories.
    """
    answers = np.asarray(answers, dtype=np.float64)
    if answers.ndim != 2 or answers.shape[1] < 1 or categories < 2:
        raise MatrixError("Kesepakatan memerlukan orang x butir dan sedikitnya dua kategori jawaban.")
    complete = answers[~np.isnan(answers).any(axis=1)]
    n, k = complete.shape
    if n < 2:
        return ClimateAgreement(None, n, k, TOO_FEW_PEOPLE)
    chance = (categories**2 - 1) / 12
    q = 1 - float(complete.var(axis=0, ddof=1).mean()) / chance
    return ClimateAgreement(0.0 if q <= 0 else k * q / (k * q + 1 - q), n, k)


def intraclass_correlation(groups: Sequence[Sequence[float]]) -> float:
    """ICC(1) of scores in groups: ``(MSB - MSW) / (MSB + (m-1) MSW)`` of a one-way analysis of variance.

    Groups may differ in size; then m is ``(N - sum n^2 / N) / (groups - 1)``, which for equal groups is their
    size. Empty groups do not count.

    Args:
        groups: the scale scores of the people of each unit.

    Raises:
        Undefined: fewer than two groups, or nothing varies within them and between them.
    """
    filled = [np.asarray(group, dtype=np.float64) for group in groups if len(group)]
    if len(filled) < 2:
        raise Undefined(TOO_FEW_GROUPS)
    sizes = np.array([len(group) for group in filled], dtype=np.float64)
    total, df_between = sizes.sum(), len(filled) - 1
    df_within = total - len(filled)
    everything = np.concatenate(filled)
    if df_within == 0 or everything.min() == everything.max():
        raise Undefined(NO_WITHIN_VARIANCE)
    means = np.array([group.mean() for group in filled])
    grand = float((sizes * means).sum() / total)
    between = float((sizes * (means - grand) ** 2).sum()) / df_between
    within = (
        sum(float(((group - mean) ** 2).sum()) for group, mean in zip(filled, means, strict=True)) / df_within
    )
    m = float(total - (sizes**2).sum() / total) / df_between
    divisor = between + (m - 1) * within
    if divisor <= 0:
        raise Undefined(NO_WITHIN_VARIANCE)
    return (between - within) / divisor
