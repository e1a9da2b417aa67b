"""Totals of many statistics, each with a pattern of its own: for items, which not everybody answers alike.

The sums of one item say nothing about those of another, so an item that few people of a unit answered need not hide
the unit's other items. The rule is that of :func:`~reports.disclosure.totals.publishable_totals` for each statistic
alone; here it runs over arrays, because a ministry has ten thousand units and hundreds of items.
"""

from collections.abc import Sequence
from heapq import heapify, heappop

import numpy as np

from .threshold import THRESHOLD, check_threshold
from .tree import Queue, merged


def publishable_each(
    *,
    parents: Sequence[int],
    codes: Sequence[str],
    counts: np.ndarray,
    publishable: np.ndarray,
    threshold: int = THRESHOLD,
) -> np.ndarray:
    """Which units may show which statistic; each column is a pattern of its own.

    Args:
        parents: index of each unit's parent, -1 for a root; parents come before their children.
        codes: unit codes, which break ties.
        counts: units x statistics, people with a value in each unit and everything below it.
        publishable: units x statistics (or one column for all): where the statistic may be shown at all.

    Returns:
        units x statistics (bool).

    Raises:
        ValueError: a threshold under 10, or a unit that stands before its parent.
    """
    check_threshold(threshold)
    above = np.asarray(parents, dtype=np.int64)
    if (above >= np.arange(len(above))).any():
        raise ValueError("Parents come before their children.")
    levels = _levels(above)
    shown = np.broadcast_to(publishable, counts.shape) & (counts >= threshold)
    for column in range(counts.shape[1]):
        _mend(shown[:, column], counts[:, column], above, levels, codes, threshold)
    return shown


def _levels(above: np.ndarray) -> list[np.ndarray]:
    """The units of each depth, roots first."""
    depth = np.zeros(len(above), dtype=np.int64)
    for unit in range(len(above)):
        if above[unit] >= 0:
            depth[unit] = depth[above[unit]] + 1
    return [np.flatnonzero(depth == level) for level in range(int(depth.max(initial=0)) + 1)]


def _mend(
    shown: np.ndarray,
    n: np.ndarray,
    above: np.ndarray,
    levels: list[np.ndarray],
    codes: Sequence[str],
    threshold: int,
) -> None:
    """Hides units of one statistic, in place, until no residual is a small group."""
    nearest = np.full(len(shown), -1)
    for units in levels[1:]:
        parent = above[units]
        nearest[units] = np.where(shown[parent], parent, nearest[parent])
    residual = np.where(shown, n, 0)
    below = np.flatnonzero(shown & (nearest >= 0))
    np.subtract.at(residual, nearest[below], n[below])
    is_bad = shown & (residual > 0) & (residual < threshold)
    if not is_bad.any():
        return
    below = below[np.argsort(nearest[below], kind="stable")]
    owners = nearest[below]
    changed: dict[int, Queue] = {}

    def children(unit: int) -> Queue:
        if unit in changed:
            return changed.pop(unit)
        first, last = np.searchsorted(owners, [unit, unit + 1])
        queue = [(int(n[child]), codes[child]) for child in below[first:last]]
        heapify(queue)
        return queue

    index_of = {codes[unit]: int(unit) for unit in below}
    for units in reversed(levels):
        for unit in sorted(units[is_bad[units]].tolist(), key=codes.__getitem__):
            queue = children(unit)
            while 0 < residual[unit] < threshold:
                _, code = heappop(queue)
                hidden = index_of[code]
                shown[hidden] = False
                residual[unit] += residual[hidden]
                queue = merged(queue, children(hidden))
            changed[unit] = queue
