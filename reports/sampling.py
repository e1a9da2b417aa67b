"""How many more answers a group needs, and how precisely it will then be known. Pure; knows no database.

The precision is that of a percentage in the worst case, half and half: it holds for every percentage of the report and
supposes nothing about scores that nobody has seen yet.
"""

import math
from dataclasses import dataclass

from scoring.bands import Z_95

WHOLE = 100  # percent
# Points. With this margin a difference that the report may call one (measurement.md 5.2) stands out by itself.
NARROW = 5


def widest_margin(answered: int, population: int) -> float | None:
    """Half the width of the widest 95 % interval of a percentage, in points, when so many of a finite group answered.

    Wilson's interval at a share of one half, with the effective size ``n(N-1)/(N-n)`` of measurement.md 5.3, whose half
    width is ``z / (2 sqrt(n_eff + z**2))``. 0 when everybody answered; None when nobody did.
    """
    if answered <= 0:
        return None
    if answered >= population:
        return 0.0
    size = answered * (population - 1) / (population - answered)
    return WHOLE * Z_95 / (2 * math.sqrt(size + Z_95 * Z_95))


def answers_for_target(population: int, target: int) -> int:
    """The fewest answers that make at least ``target`` percent of the group."""
    return -(-population * target // WHOLE)


def answers_for_margin(population: int, margin: float) -> int:
    """The fewest answers with which no 95 % interval of a percentage is wider than ``margin`` points to either side."""
    low, high = 1, max(1, population)
    while low < high:
        middle = (low + high) // 2
        if widest_margin(middle, population) <= margin:
            high = middle
        else:
            low = middle + 1
    return low


@dataclass(frozen=True)
class SampleOutlook:
    """What a group still lacks, and how precise its percentages would be: now, and when the target is reached.

    ``missing_to_show``: answers until its results are large enough to be shown; ``missing_to_margin``: until every
    percentage is known to within :data:`NARROW` points. Margins in whole points, rounded up so
    that the promise holds; None below the size that is shown.
    """

    missing_to_show: int
    missing_to_target: int
    missing_to_margin: int
    margin_now: int | None
    margin_at_target: int | None

    @property
    def is_enough(self) -> bool:
        return self.missing_to_show == 0


def outlook(*, asked: int, done: int, minimum: int, target: int) -> SampleOutlook:
    """The outlook of a group of which ``done`` of ``asked`` people have finished.

    Args:
        minimum: the smallest group of respondents that is shown.
        target: percent of those asked.
    """
    wanted = max(minimum, answers_for_target(asked, target))
    return SampleOutlook(
        missing_to_show=max(0, minimum - done),
        missing_to_target=max(0, answers_for_target(asked, target) - done),
        missing_to_margin=max(0, answers_for_margin(asked, NARROW) - done),
        margin_now=_whole(widest_margin(done, asked)) if done >= minimum else None,
        margin_at_target=_whole(widest_margin(max(wanted, done), asked)) if asked >= minimum else None,
    )


def _whole(margin):
    return math.ceil(margin - 1e-9)
