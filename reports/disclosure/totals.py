"""Which units of a tree may show their totals (complementary suppression)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapify, heappop

from .threshold import THRESHOLD, small_sizes
from .tree import (
    Counts,
    Queue,
    added,
    check_counts,
    check_names,
    deepest_first,
    depths_top_down,
    merged,
    nearest_ancestors,
    read_counts,
    residuals,
)


class TotalsReason(StrEnum):
    """Why a unit shows no totals. For the internal log only: the reason itself would tell something."""

    PRIMARY = "primary"  # the unit itself, or one of its statistics, counts 1 to threshold - 1 people
    COMPLEMENTARY = "complementary"  # hidden so that no small group can be had by subtraction
    EMPTY = "empty"  # nobody answered
    NOT_PUBLISHABLE = "not_publishable"  # switched off by the agency


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Respondents of a unit with its whole subtree, including staff placed directly in it.

    `n` counts all respondents, `n_by_statistic` those with a value for each published scale and item.
    """

    parent: str | None
    n: int
    publishable: bool = True
    n_by_statistic: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class TotalsPattern:
    """Units that show their totals, and for every other unit the reason (internal log only)."""

    published: frozenset[str]
    reasons: dict[str, TotalsReason]


def publishable_totals(*, units: Mapping[str, UnitCount], threshold: int = THRESHOLD) -> TotalsPattern:
    """Decide which units may show their totals so that subtraction yields no group of 1 to threshold - 1.

    `units` maps unit code to counts (people); a forest is allowed. One pattern serves every statistic of a
    report, and the count of all respondents is always one of them:

    1. A unit may be published only if every one of its counts is 0 or at least `threshold`, and its `n` is
       not 0. (A statistic nobody answered shows nothing there, so it hides nobody; one that 3 of 50 answered
       hides the whole unit. Give a statistic few people answer a pattern of its own, or do not report it.)
    2. The residual of a published unit is its count minus those of the nearest published units below it;
       staff placed directly in a unit therefore act as one more, unpublished, unit. Residual groups are
       disjoint and span all that can be had by adding and subtracting. While a residual of some statistic is
       1 to threshold - 1: take the deepest such unit (ties: smallest code) and hide, of the nearest
       published units below it, the one with the fewest respondents (ties: smallest code).

    A statistic that is 0 in a published unit has nothing to show there; show others as the pattern says.

    Raises ValueError with a sentence naming the unit: unknown parent, cycle, negative count, statistic larger
    than n, a unit smaller than the units below it together, statistics named by one unit and not by another
    (only a unit with n = 0 may leave them out). Takes O(units x statistics) plus a logarithm for the queues.
    """
    small = small_sizes(threshold)
    parents = {code: unit.parent for code, unit in units.items()}
    depths = depths_top_down(parents)
    counts = _read_counts(units)
    check_counts(parents, counts)

    reasons: dict[str, TotalsReason] = {}
    for code, unit in units.items():
        if not unit.publishable:
            reasons[code] = TotalsReason.NOT_PUBLISHABLE
        elif unit.n == 0:
            reasons[code] = TotalsReason.EMPTY
        elif not small.isdisjoint(counts[code]):
            reasons[code] = TotalsReason.PRIMARY
    published = units.keys() - reasons.keys()

    nearest = nearest_ancestors(parents, depths, published)
    residual = residuals(counts, nearest, published)
    below: dict[str, Queue] = {code: [] for code in published}
    for code in published:
        owner = nearest[code]
        if owner is not None:
            below[owner].append((counts[code][0], code))

    # One pass is the whole fixpoint: hiding a unit changes only the residual of its nearest published
    # ancestor, which is the unit being mended, so a unit once left behind stays safe.
    for code in deepest_first(published, depths):
        queue = below.pop(code)
        heapify(queue)
        while not small.isdisjoint(residual[code]):
            _, hidden = heappop(queue)
            reasons[hidden] = TotalsReason.COMPLEMENTARY
            residual[code] = added(residual[code], residual.pop(hidden))
            queue = merged(queue, below.pop(hidden))
        below[code] = queue

    return TotalsPattern(published=frozenset(units.keys() - reasons.keys()), reasons=reasons)


def _read_counts(units: Mapping[str, UnitCount]) -> dict[str, Counts]:
    """Per unit: n of all respondents, then n of every statistic in one order."""
    names = sorted({name for unit in units.values() for name in unit.n_by_statistic or ()})
    counts = {}
    for code, unit in units.items():
        [n] = read_counts(code, [unit.n])
        table = unit.n_by_statistic or (dict.fromkeys(names, 0) if n == 0 else {})
        check_names(code, table, names, "statistics")
        row = read_counts(code, [table[name] for name in names])
        if row and max(row) > n:
            raise ValueError(f"Unit {code} has a statistic with more people than all its respondents.")
        counts[code] = [n, *row]
    return counts
