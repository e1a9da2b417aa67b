"""When one group may be called higher or lower than another: with the rest of its parent, with an earlier wave.

A word for a direction needs both: a 95 % interval of the difference without zero, and a difference that is large enough
to matter. Everything else is "setara". Whether the numbers may be *shown* is decided elsewhere (disclosure control).
"""

import math
from dataclasses import dataclass

from scoring.distributions import t_quantile
from scoring.groups import NO_SPREAD, Estimate, welch_degrees_of_freedom

POINTS_THAT_MATTER = 3  # of a mean score, 0..100
PERCENT_THAT_MATTER = 5  # of a percent positive
FEWEST_IN_REST = 10

HIGHER, LOWER, EVEN = "lebih_tinggi", "lebih_rendah", "setara"

REST_TOO_SMALL = "rest_below_10"
TOO_FEW_PEOPLE = "fewer_than_2_people"
REST_IMPOSSIBLE = "Kelompok bukan bagian dari induknya: jumlah orang atau sebarannya tidak mungkin."


def direction(difference: float, interval: tuple[float, float] | None, *, least: float) -> str:
    """``lebih_tinggi``, ``lebih_rendah`` or ``setara``.

    Args:
        interval: 95 % interval of the difference; without one nothing is called different.
        least: the smallest difference that matters, e.g. :data:`POINTS_THAT_MATTER`.
    """
    if interval is None or interval[0] <= 0 <= interval[1] or abs(difference) < least:
        return EVEN
    return HIGHER if difference > 0 else LOWER


@dataclass(frozen=True)
class Moments:
    """A group of ``n`` people with their mean and standard deviation (n-1; None for one person), unrounded."""

    n: int
    mean: float
    sd: float | None


def rest_of(parent: Moments, own: Moments) -> Moments:
    """The people of the parent that are not in the group itself; the two would overlap otherwise.

    Raises:
        ValueError: the group has nobody outside it in the parent, or the figures cannot belong together.
    """
    n = parent.n - own.n
    if own.n < 1 or n < 1:
        raise ValueError(REST_IMPOSSIBLE)
    mean = (parent.n * parent.mean - own.n * own.mean) / n
    if n == 1:
        return Moments(1, mean, None)
    whole, mine = (0.0 if part.n == 1 else (part.n - 1) * (part.sd or 0.0) ** 2 for part in (parent, own))
    between = own.n * (own.mean - parent.mean) ** 2 + n * (mean - parent.mean) ** 2
    squares = whole - mine - between
    if squares < -1e-9 * max(1.0, whole):
        raise ValueError(REST_IMPOSSIBLE)
    return Moments(n, mean, math.sqrt(max(0.0, squares) / (n - 1)))


@dataclass(frozen=True)
class Comparison:
    """A group against the rest of its parent: points, or a refusal code and nothing else."""

    refusal: str | None
    difference: Estimate | None = None
    direction: str | None = None


def compare_with_rest(own: Moments, parent: Moments, *, least: float = POINTS_THAT_MATTER) -> Comparison:
    """Own mean minus that of the rest of the parent, with Welch's interval; needs ten people in the rest."""
    if parent.n - own.n < FEWEST_IN_REST:
        return Comparison(REST_TOO_SMALL)
    if own.n < 2:
        return Comparison(TOO_FEW_PEOPLE)
    rest = rest_of(parent, own)
    difference = own.mean - rest.mean
    parts = [(part.sd**2 / part.n, part.n) for part in (own, rest)]
    se = math.sqrt(sum(part for part, _ in parts))
    margin = t_quantile(0.975, welch_degrees_of_freedom(*parts)) * se if se >= NO_SPREAD else 0.0
    interval = (difference - margin, difference + margin)
    return Comparison(None, Estimate(difference, se, interval), direction(difference, interval, least=least))
