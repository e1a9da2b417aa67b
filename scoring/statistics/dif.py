"""Differential item functioning, exploratory: does an item run differently in two groups of the same level?

For eyes, never for automatic removal: a flagged item goes to experts, and the proper model is fitted elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.statistics.matrix import ItemKey, MatrixError, as_matrix, bounds
from scoring.statistics.reasons import (
    DIF_GROUP_TOO_SMALL,
    NO_COMMON_STRATUM,
    TOO_FEW_ITEMS,
)

FEWEST_EACH = 200  # complete people in either group
STRATA = 5
LOOK_FROM, REVIEW_FROM = 0.05, 0.10  # of an item score 0..1
NONE, LOOK, REVIEW = "none", "look", "review"


@dataclass(frozen=True)
class DifResult:
    """One item. ``difference``: focal minus reference item score (0..1) at equal rest score; None with a reason.

    ``n_focal``, ``n_reference``: complete people. ``strata``: levels with people of both groups.
    """

    code: str
    difference: float | None
    n_focal: int
    n_reference: int
    strata: int
    reason: str | None = None

    @property
    def size(self) -> str | None:
        """``none``, ``look`` (from .05) or ``review`` (from .10, by experts)."""
        if self.difference is None:
            return None
        height = abs(self.difference)
        return REVIEW if height >= REVIEW_FROM else LOOK if height >= LOOK_FROM else NONE


def differential_functioning(
    keyed: np.ndarray, items: Sequence[ItemKey], is_focal: np.ndarray, *, fewest: int = FEWEST_EACH
) -> tuple[DifResult, ...]:
    """Standardised difference of every item: ``sum_q n_Fq (mean_Fq - mean_Rq) / sum n_Fq`` over strata q.

    People are matched on their rest score (mean of the other items) in five strata cut at its quintiles; equal
    rest scores share a stratum. Strata without people of both groups say nothing and are left out.

    Args:
        keyed: people x items, NaN where there is no answer; only complete people count.
        is_focal: one truth value a person; the others are the reference group.
        fewest: people needed in either group.

    Raises:
        MatrixError: shapes that do not fit.
    """
    keyed = as_matrix(keyed, items)
    is_focal = np.asarray(is_focal, dtype=bool)
    if is_focal.shape != (len(keyed),):
        raise MatrixError(f"Keterangan kelompok berukuran {is_focal.shape}, orangnya {len(keyed)}.")
    low, high = bounds(items)
    complete = ~np.isnan(keyed).any(axis=1)
    scores, focal = ((keyed - low) / (high - low))[complete], is_focal[complete]
    sizes = int(focal.sum()), int((~focal).sum())
    reason = None
    if len(items) < 2:
        reason = TOO_FEW_ITEMS
    elif min(sizes) < max(1, fewest):
        reason = DIF_GROUP_TOO_SMALL
    if reason:
        return tuple(DifResult(item.code, None, *sizes, 0, reason) for item in items)
    return tuple(_one_item(item, column, scores, focal, sizes) for column, item in enumerate(items))


def _one_item(
    item: ItemKey, column: int, scores: np.ndarray, focal: np.ndarray, sizes: tuple[int, int]
) -> DifResult:
    # Sums of item scores differ in their last bits by the order of addition; equal people must not be parted.
    rest = np.round(np.delete(scores, column, axis=1).mean(axis=1), 9)
    cuts = np.quantile(rest, [share / STRATA for share in range(1, STRATA)])
    stratum = np.searchsorted(np.round(cuts, 9), rest, side="left")
    weighted, people, strata = 0.0, 0, 0
    for level in np.unique(stratum):
        mine, theirs = (scores[(stratum == level) & group, column] for group in (focal, ~focal))
        if len(mine) and len(theirs):
            weighted += len(mine) * float(mine.mean() - theirs.mean())
            people += len(mine)
            strata += 1
    if not people:
        return DifResult(item.code, None, *sizes, 0, NO_COMMON_STRATUM)
    return DifResult(item.code, weighted / people, *sizes, strata)
