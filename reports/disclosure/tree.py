"""The unit tree as the two suppression loops need it: order, depth, nearest chosen ancestor, residuals.

Nothing here recurses: a tree may be as deep as it is large.
"""

import operator
from collections.abc import Collection, Iterable, Mapping
from heapq import heappush

Counts = list[int]
"""People per statistic (totals) or per statistic and category (splits), in one fixed order."""

Queue = list[tuple[int, str]]
"""A heap of units as (respondents, code): the next to be hidden comes first."""


def depths_top_down(parents: Mapping[str, str | None]) -> dict[str, int]:
    """Depth of every unit (roots 0), parents before children. Several roots are fine.

    Raises ValueError naming a unit whose parent is unknown or that lies on a cycle.
    """
    children: dict[str, list[str]] = {}
    for code, parent in parents.items():
        if parent is not None and parent not in parents:
            raise ValueError(f"Unit {code} names {parent} as its parent, but there is no such unit.")
        if parent is not None:
            children.setdefault(parent, []).append(code)

    depths = {code: 0 for code, parent in parents.items() if parent is None}
    level = list(depths)
    while level:
        level = [child for code in level for child in children.get(code, ())]
        for code in level:
            parent = parents[code]
            assert parent is not None
            depths[code] = depths[parent] + 1

    if len(depths) < len(parents):
        raise ValueError(f"Unit {_unit_on_a_cycle(parents, depths)} is its own ancestor.")
    return depths


def _unit_on_a_cycle(parents: Mapping[str, str | None], reached: Mapping[str, int]) -> str:
    """The unit with the smallest code on a cycle above some unit that no root reaches."""
    code = min(unit for unit in parents if unit not in reached)
    path: dict[str, None] = {}
    while code not in path:
        path[code] = None
        parent = parents[code]
        assert parent is not None
        code = parent
    walked = list(path)
    return min(walked[walked.index(code) :])


def deepest_first(chosen: Iterable[str], depths: Mapping[str, int]) -> list[str]:
    """The chosen units, deepest first, ties by code ascending."""
    return sorted(chosen, key=lambda code: (-depths[code], code))


def nearest_ancestors(
    parents: Mapping[str, str | None], depths: Mapping[str, int], chosen: Collection[str]
) -> dict[str, str | None]:
    """For every unit its nearest proper ancestor among `chosen`, or None."""
    nearest: dict[str, str | None] = {}
    for code in depths:
        parent = parents[code]
        nearest[code] = parent if parent is None or parent in chosen else nearest[parent]
    return nearest


def residuals(
    counts: Mapping[str, Counts], nearest: Mapping[str, str | None], chosen: Iterable[str]
) -> dict[str, Counts]:
    """For every chosen unit its counts minus those of the nearest chosen units below it."""
    chosen = list(chosen)
    left = {code: list(counts[code]) for code in chosen}
    for code in chosen:
        owner = nearest[code]
        if owner is not None:
            left[owner] = list(map(operator.sub, left[owner], counts[code]))
    return left


def check_counts(parents: Mapping[str, str | None], counts: Mapping[str, Counts]) -> None:
    """Raise ValueError naming a unit that counts fewer people than the units below it together.

    The number of people is left out of the sentence: it may end up in a log or on a page.
    """
    below: dict[str, Counts] = {}
    for code, parent in parents.items():
        if parent is not None and parent in below:
            below[parent] = added(below[parent], counts[code])
        elif parent is not None:
            below[parent] = counts[code]
    for code, total in below.items():
        if any(map(operator.lt, counts[code], total)):
            raise ValueError(f"Unit {code} counts fewer respondents than the units below it together.")


def read_counts(code: str, values: Iterable[int]) -> Counts:
    """The values as plain integers. Raises ValueError naming the unit for anything else or below zero."""
    try:
        counts = list(map(operator.index, values))
    except TypeError:
        raise ValueError(f"Unit {code} has a count that is not a whole number.") from None
    if counts and min(counts) < 0:
        raise ValueError(f"Unit {code} has a negative count.")
    return counts


def check_names(code: str, given: Collection[str], names: Collection[str], what: str) -> None:
    """Raise ValueError naming the unit if it does not give exactly `names`: a missing number is not a zero.

    Both without repetition; `names` holds every name any unit gives.
    """
    if len(given) != len(names):
        raise ValueError(f"Unit {code} does not give a count for exactly the same {what} as the other units.")


def added(one: Counts, other: Counts) -> Counts:
    """Both rows added, number by number."""
    return list(map(operator.add, one, other))


def merged(one: Queue, other: Queue) -> Queue:
    """Both heaps as one; the smaller is poured into the larger so that deep trees stay cheap."""
    small, large = sorted((one, other), key=len)
    for entry in small:
        heappush(large, entry)
    return large
