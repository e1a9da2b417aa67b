"""Growth areas of a group: what to plan learning for. Pure.

A dimension is a growth area when its mean stands in one of the lower bands, or lies below the unit's other dimensions
by three points and more than chance: the rule of the personal report (measurement.md 7), with the standard error of a
group's mean in place of that of one person's measurement.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.bands import Z_95
from scoring.comparisons import POINTS_THAT_MATTER

MOST_AREAS = 3  # of one questionnaire: more would be no choice


@dataclass(frozen=True)
class GroupMean:
    """A dimension's mean in a group, with its standard error (None where no interval is shown).

    ``band``: number of the band of the displayed mean, from 1; ``bands``: how many there are.
    """

    code: str
    mean: float
    error: float | None
    band: int
    bands: int

    @property
    def is_low(self) -> bool:
        return self.band <= self.bands // 2


def growth_areas(means: Sequence[GroupMean]) -> tuple[str, ...]:
    """Codes of the growth areas, furthest below the others first; empty for an even profile."""
    found = []
    for place, own in enumerate(means):
        others = [*means[:place], *means[place + 1 :]]
        below = _mean_of(others) - own.mean if others else 0.0
        if own.is_low or _is_below(own, others, below):
            found.append((-below, place, own.code))
    return tuple(code for _below, _place, code in sorted(found)[:MOST_AREAS])


def _mean_of(others: Sequence[GroupMean]) -> float:
    return math.fsum(other.mean for other in others) / len(others)


def _is_below(own: GroupMean, others: Sequence[GroupMean], below: float) -> bool:
    if not others or own.error is None or any(other.error is None for other in others):
        return False
    spread = math.fsum(other.error**2 for other in others) / len(others) ** 2
    return below >= POINTS_THAT_MATTER and below > Z_95 * math.sqrt(own.error**2 + spread)
