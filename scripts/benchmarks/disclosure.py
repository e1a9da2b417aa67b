"""Disclosure control: which of the units of a ministry may show their results, and their splits."""

from __future__ import annotations

import random

from benchmarks.measuring import Figure, measure
from reports.disclosure import SplitCount, UnitCount, publishable_split, publishable_totals

LIMIT = 5.0  # seconds
UNITS, FEWEST, STATISTICS = 10_500, 20, 25
_BELOW_EACH = 12  # units directly below a unit
_ROUNDS = 3


def run(size: float) -> list[Figure]:
    count = max(FEWEST, int(UNITS * size))
    totals, splits = counts_of(count)
    published = publishable_totals(units=totals).published
    first = measure(lambda: publishable_totals(units=totals), rounds=_ROUNDS)
    second = measure(lambda: publishable_split(units=splits, published=published), rounds=_ROUNDS)
    what = f"{count:,} units with {STATISTICS} statistics"
    return [
        Figure(f"{what}: totals ({len(published):,} shown)", first.wall, first.cpu, LIMIT),
        Figure(f"{what}: one split of two categories", second.wall, second.cpu, LIMIT),
    ]


def counts_of(count: int) -> tuple[dict[str, UnitCount], dict[str, SplitCount]]:
    """A tree of units with people directly in each of them; a few answered less than everything."""
    rng = random.Random(1)  # noqa: S311  chance, not cryptography
    parents = [None if unit == 0 else (unit - 1) // _BELOW_EACH for unit in range(count)]
    sums = [[0, 0] for _ in range(count * (STATISTICS + 1))]
    for unit in range(count):
        for category in (0, 1):
            people = 0 if rng.random() < 0.1 else rng.randint(2, 60)
            for statistic in range(STATISTICS + 1):
                fewer = rng.randint(0, 3) if statistic and rng.random() < 0.2 else 0
                sums[unit * (STATISTICS + 1) + statistic][category] += max(0, people - fewer)
    for unit in range(count - 1, 0, -1):
        for statistic in range(STATISTICS + 1):
            mine = sums[unit * (STATISTICS + 1) + statistic]
            above = sums[parents[unit] * (STATISTICS + 1) + statistic]
            above[0], above[1] = above[0] + mine[0], above[1] + mine[1]
    totals, splits = {}, {}
    for unit in range(count):
        first, *others = sums[unit * (STATISTICS + 1) : (unit + 1) * (STATISTICS + 1)]
        parent = None if parents[unit] is None else f"U{parents[unit]:05d}"
        tables = {f"s{place}": dict(zip("ab", row, strict=True)) for place, row in enumerate(others)}
        by_name = {name: sum(row.values()) for name, row in tables.items()}
        totals[f"U{unit:05d}"] = UnitCount(parent, sum(first), n_by_statistic=by_name)
        splits[f"U{unit:05d}"] = SplitCount(parent, sum(first), dict(zip("ab", first, strict=True)), tables)
    return totals, splits
