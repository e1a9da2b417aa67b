"""Which units may show one demographic split of their totals (the block rule).

Why the rule is enough: take the published units P and, among them, the units S whose split is shown. The
*group* of a unit in P is its own direct staff and that of the unpublished units below it; the *block* of a
unit in S is the groups whose nearest ancestor-or-self in S it is. Adding and subtracting everything published
gives exactly: the total of every group (a row) and, for every block, the total of every category over its
rows (a column). A sum over some people is derivable if row weight plus column weight is 1 for them and 0 for
everybody else, and that leaves only sums of whole rows and of "columns A without the rows that lie wholly
inside A". The former are safe by the totals rule; the latter are what `publishable_split` counts.

Limits. The rule guards *groups*: a signed difference between two small cells of a block (women of one hidden
unit minus men of another) can still be computed. Two demographics must never be crossed; each has its own
pattern, computed separately, and a report should offer at most two.
"""

import operator
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from itertools import cycle

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

MAX_CATEGORIES = 6
"""Categories of one split: 62 subsets to look at per block. More would also leave hardly anything to show."""


class SplitReason(StrEnum):
    """Why a unit does not show its split. For the internal log only."""

    TOTAL_SUPPRESSED = "total_suppressed"  # its total is hidden already
    SPLIT_PRIMARY = "split_primary"  # one of its categories counts 1 to threshold - 1 people
    SPLIT_COMPLEMENTARY = "split_complementary"  # hidden so that subtraction yields no small group


@dataclass(frozen=True, slots=True)
class SplitCount:
    """Respondents of a unit with its whole subtree by category; the categories add up to the unit's `n`.

    People whose category is unknown are a category of their own: nobody may be left over. `by_statistic`
    holds the same table for the people with a value of each published scale and item:
    {statistic: {category: n}}.
    """

    parent: str | None
    n: int
    by_category: Mapping[str, int]
    by_statistic: Mapping[str, Mapping[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class SplitPattern:
    """Units that show their split, and for every other unit the reason (internal log only)."""

    shown: frozenset[str]
    reasons: dict[str, SplitReason]


Tally = dict[tuple[int, int], Counts]
"""(statistic, bits of the inhabited categories) -> people per category, summed over the groups alike."""


def publishable_split(
    *, units: Mapping[str, SplitCount], published: Set[str], threshold: int = THRESHOLD
) -> SplitPattern:
    """Decide which of the published units may show a split by one demographic; all categories or none.

    `units` are the same units as given to `publishable_totals`, `published` its result. "Violates" means: for
    all respondents or for any statistic.

    1. A split may be shown only if every category counts 0 or at least `threshold` people.
    2. For the block H (see the module) and every non-empty proper subset A of the categories, N(H, A) counts
       the people of A in those groups of the block that also have somebody outside A. H violates if some
       N(H, A) is 1 to threshold - 1. While a block violates: take the deepest (ties: smallest code) and hide
       the split of the nearest split unit below it with the fewest respondents (ties: smallest code), or its
       own if there is none below.

    Raises ValueError naming the unit for the same mistakes as `publishable_totals`, for categories that do
    not add up, and if `published` is not a safe pattern of these counts; and for more than `MAX_CATEGORIES`
    categories (merge some first).
    """
    small = small_sizes(threshold)
    parents = {code: unit.parent for code, unit in units.items()}
    depths = depths_top_down(parents)
    width, counts = _read_counts(units)
    check_counts(parents, counts)
    groups = _groups(parents, depths, counts, published, width, small)

    reasons: dict[str, SplitReason] = {}
    for code in units:
        if code not in published:
            reasons[code] = SplitReason.TOTAL_SUPPRESSED
        elif not small.isdisjoint(counts[code]):
            reasons[code] = SplitReason.SPLIT_PRIMARY
    shown = units.keys() - reasons.keys()

    nearest = nearest_ancestors(parents, depths, shown)
    blocks: dict[str, Tally] = {code: {} for code in shown}
    for code, group in groups.items():
        owner = code if code in shown else nearest[code]
        if owner is not None:
            _add(blocks[owner], _tally(group, width))
    below: dict[str, Queue] = {code: [] for code in shown}
    for code in shown:
        owner = nearest[code]
        if owner is not None:
            heappush(below[owner], (units[code].n, code))

    # One pass is the whole fixpoint: hiding a split adds its block to the nearest split unit above, which is
    # either the block being mended or one that comes later because it lies higher.
    for code in deepest_first(shown, depths):
        block, queue = blocks[code], below[code]
        while _violates(block, width, small):
            hidden = _next_split(queue, reasons)
            reasons[code if hidden is None else hidden] = SplitReason.SPLIT_COMPLEMENTARY
            if hidden is None:
                owner = nearest[code]
                if owner is not None:
                    _add(blocks[owner], block)
                break
            _add(block, blocks.pop(hidden))
            queue = merged(queue, below.pop(hidden))
        below[code] = queue

    return SplitPattern(shown=frozenset(units.keys() - reasons.keys()), reasons=reasons)


def _read_counts(units: Mapping[str, SplitCount]) -> tuple[int, dict[str, Counts]]:
    """The number of categories, and per unit the categories of all respondents, then of every statistic."""
    statistics = sorted({name for unit in units.values() for name in unit.by_statistic or ()})
    categories = sorted(
        {
            category
            for unit in units.values()
            for table in (unit.by_category, *(unit.by_statistic or {}).values())
            for category in table
        }
    )
    if len(categories) > MAX_CATEGORIES:
        raise ValueError(f"A split has at most {MAX_CATEGORIES} categories: merge some of them first.")
    counts = {}
    for code, unit in units.items():
        by_category = unit.by_category or (dict.fromkeys(categories, 0) if unit.n == 0 else {})
        tables = unit.by_statistic or (dict.fromkeys(statistics, by_category) if unit.n == 0 else {})
        check_names(code, tables, statistics, "statistics")
        for table in (by_category, *tables.values()):
            check_names(code, table, categories, "categories")
        whole = read_counts(code, [by_category[name] for name in categories])
        parts = read_counts(code, [tables[name][category] for name in statistics for category in categories])
        if read_counts(code, [unit.n]) != [sum(whole)]:
            raise ValueError(
                f"The categories of unit {code} do not add up to its respondents: "
                "people without a category need one of their own."
            )
        if any(map(operator.gt, parts, cycle(whole))):
            raise ValueError(f"Unit {code} has a statistic with more people than all its respondents.")
        counts[code] = whole + parts
    return len(categories), counts


def _groups(
    parents: Mapping[str, str | None],
    depths: Mapping[str, int],
    counts: Mapping[str, Counts],
    published: Set[str],
    width: int,
    small: frozenset[int],
) -> dict[str, Counts]:
    """The group of every published unit; raises ValueError if the totals alone give a small group away."""
    unknown = published - parents.keys()
    if unknown:
        raise ValueError(f"Unit {min(unknown)} is to be published, but there is no such unit.")
    groups = residuals(counts, nearest_ancestors(parents, depths, published), published)
    for code in published:
        for row in (counts[code], groups[code]):
            # A small total needs a small category, so rows without one need no adding up.
            if not small.isdisjoint(row) and not small.isdisjoint(_totals(row, width)):
                raise ValueError(
                    f"The totals pattern is not safe for unit {code}: it belongs to other counts."
                )
    return groups


def _totals(row: Counts, width: int) -> Counts:
    return [sum(row[start : start + width]) for start in range(0, len(row), width)]


def _tally(group: Counts, width: int) -> Tally:
    tally: Tally = {}
    everybody = (1 << width) - 1
    for start in range(0, len(group), width or 1):
        row = group[start : start + width]
        inhabited = everybody if all(row) else sum(1 << c for c, n in enumerate(row) if n)
        if inhabited:
            tally[start, inhabited] = row
    return tally


def _add(block: Tally, other: Tally) -> None:
    for key, row in other.items():
        mine = block.get(key)
        block[key] = row if mine is None else added(mine, row)


def _violates(block: Tally, width: int, small: frozenset[int]) -> bool:
    # A sum of numbers that are each 0 or large enough is 0 or large enough: most tables end here.
    suspects = {statistic for (statistic, _), row in block.items() if not small.isdisjoint(row)}
    tables: dict[int, dict[int, Counts]] = {statistic: {} for statistic in suspects}
    for (statistic, inhabited), row in block.items():
        if statistic in suspects:
            tables[statistic][inhabited] = row
    return any(_has_small_margin(table, width, small) for table in tables.values())


def _has_small_margin(table: Mapping[int, Counts], width: int, small: frozenset[int]) -> bool:
    """Whether some N(H, A) of one statistic is small; `table` maps bits of inhabited categories to counts.

    Only single categories, and unions of what groups of two or more categories inhabit, need a look. For let
    A violate, no single category of it violate, and B be the union of such groups lying wholly inside A. A
    category of A outside B counts in N(H, A) all it counts alone, which is 0 or too large, hence 0; so
    N(H, B) = N(H, A), and B violates.
    """
    singles = {1 << c for c in range(width)}
    unions: set[int] = set()
    for inhabited in table:
        if inhabited not in singles:
            unions |= {inhabited | union for union in unions} | {inhabited}
    for subset in (*singles, *unions):
        margin = 0
        inside = [c for c in range(width) if subset >> c & 1]
        for inhabited, row in table.items():
            if inhabited & ~subset:
                margin += sum([row[c] for c in inside])
                if margin > len(small):
                    break
        if margin in small:
            return True
    return False


def _next_split(queue: Queue, hidden: Mapping[str, SplitReason]) -> str | None:
    """Take the nearest split unit below with the fewest respondents, passing over those hidden meanwhile."""
    while queue:
        _, code = heappop(queue)
        if code not in hidden:
            return code
    return None
