"""Item statistics: alpha, omega and the corrected item-total correlations of one large matrix."""

from __future__ import annotations

import numpy as np

from benchmarks import worlds
from benchmarks.measuring import Figure, measure
from scoring.statistics import ItemKey, scale_statistics

LIMIT = 2.0  # seconds
PEOPLE, FEWEST = 100_000, 50
_ROUNDS = 5


def run(size: float) -> list[Figure]:
    people = max(FEWEST, int(PEOPLE * size))
    stored = worlds.answer_bytes(people)
    complete = np.where((stored == 0) | (stored == 255), 3, stored).astype(np.float64)
    gaps = np.where((stored == 0) | (stored == 255), np.nan, stored)
    items = tuple(ItemKey(f"B{place}") for place in range(stored.shape[1]))
    whole = measure(lambda: scale_statistics(complete, items), rounds=_ROUNDS)
    partly = measure(lambda: scale_statistics(gaps, items), rounds=_ROUNDS)
    what = f"60 items x {people:,} people: alpha, omega, r_drop and all other statistics"
    return [
        Figure(what, whole.wall, whole.cpu, LIMIT),
        Figure(f"{what}, with 5 % of the answers missing", partly.wall, partly.cpu, LIMIT),
    ]
