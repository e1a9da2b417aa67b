"""Disclosure control: which group results may be shown at all, and how coarsely.

For everything that shows a result of a group: page, CSV, XLSX, PDF, API. Pure functions of plain values.

The attacker we defend against adds and subtracts every figure we publish, knows how many people each unit has
and knows which combinations of unit and category are empty. After these rules no sum over a group of 1 to 9
people can be computed that way. What they do not cover: inference from bounds or outside knowledge, two
demographics crossed, and signed differences between two small cells of a hidden split (see `splits`).

* `publishable_totals` decides which units show their totals, `publishable_each` does so for statistics with patterns
  of their own, `publishable_split` decides which of the units also show one demographic split, `release_allowed`
  whether a second release of the same wave may follow a first.
* `ShownCell` and `HiddenCell` are what a reader gets. A hidden cell has no number and no reason in it: what
  may not be shown does not exist in the object. `percentage_cell` and `mean_cell` build them.
"""

from .cells import (
    DISTRIBUTION_THRESHOLD,
    MASKED_BELOW_N,
    MASKED_HIGH,
    MASKED_LOW,
    Cell,
    HiddenCell,
    ShownCell,
    masked_mean,
    masked_percentage,
    mean_cell,
    percentage_cell,
)
from .releases import release_allowed, release_allowed_by_counts
from .separate import publishable_each
from .splits import MAX_CATEGORIES, SplitCount, SplitPattern, SplitReason, publishable_split
from .threshold import THRESHOLD
from .totals import TotalsPattern, TotalsReason, UnitCount, publishable_totals

__all__ = [
    "DISTRIBUTION_THRESHOLD",
    "MASKED_BELOW_N",
    "MASKED_HIGH",
    "MASKED_LOW",
    "MAX_CATEGORIES",
    "THRESHOLD",
    "Cell",
    "HiddenCell",
    "ShownCell",
    "SplitCount",
    "SplitPattern",
    "SplitReason",
    "TotalsPattern",
    "TotalsReason",
    "UnitCount",
    "masked_mean",
    "masked_percentage",
    "mean_cell",
    "percentage_cell",
    "publishable_each",
    "publishable_split",
    "publishable_totals",
    "release_allowed",
    "release_allowed_by_counts",
]
