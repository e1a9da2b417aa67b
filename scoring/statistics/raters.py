"""How far several raters agree on the same things: ICC(2,k), and each thing's mean and spread over the raters.

Exact fractions throughout, because a limit (an ICC of .80, a spread of 1.0) decides whether a key is kept.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.distributions import f_quantile
from scoring.statistics.reasons import (
    RATINGS_WITHOUT_VARIANCE,
    TOO_FEW_RATERS,
    TOO_FEW_TARGETS,
    VARIANCE_NOT_POSITIVE,
)

CONFIDENCE = 0.95  # of the interval around ICC(2,k)


@dataclass(frozen=True)
class TargetFigures:
    """What the raters say of one thing: mean and sample variance (n-1) in units of the ratings.

    ``mean`` is None without a rating, ``variance`` with fewer than two.
    """

    n: int
    mean: Fraction | None
    variance: Fraction | None

    @property
    def sd(self) -> float | None:
        return None if self.variance is None else math.sqrt(self.variance)


@dataclass(frozen=True)
class RaterAgreement:
    """ICC(2,k) of one matrix of ratings; None with a reason code where these ratings have none.

    ``raters`` rated everything and count; ``incomplete`` rated a part only and do not. ``low`` and ``high`` are the
    95 % interval, None where its approximation breaks down.
    """

    icc: Fraction | None
    low: float | None
    high: float | None
    raters: int
    incomplete: int
    targets: tuple[TargetFigures, ...]
    reason: str | None = None


def rater_agreement(ratings: Sequence[Sequence[int | None]]) -> RaterAgreement:
    """Two-way random effects, absolute agreement, mean of k raters.

    ``(MSR - MSE) / (MSR + (MSC - MSE) / n)`` with the mean squares between the n things, between the k raters and of
    the rest: ICC(2,k) of Shrout and Fleiss 1979, ICC(A,k) of McGraw and Wong 1996, whose table 7 gives the interval.

    Args:
        ratings: raters x things, all rows of one length; None is a missing rating, and only raters without gaps
            count. A rater without any rating is neither complete nor incomplete.
    """
    width = len(ratings[0]) if ratings else 0
    complete = [row for row in ratings if None not in row and row]
    touched = [row for row in ratings if any(value is not None for value in row)]
    figures = tuple(_figures([row[place] for row in complete]) for place in range(width))
    counts = {"raters": len(complete), "incomplete": len(touched) - len(complete), "targets": figures}
    reason = _too_few(len(complete), width)
    if reason:
        return RaterAgreement(None, None, None, **counts, reason=reason)
    between, raters, rest = _mean_squares(complete)
    divisor = between + (raters - rest) / width
    if not (between or raters or rest):
        return RaterAgreement(None, None, None, **counts, reason=RATINGS_WITHOUT_VARIANCE)
    if divisor <= 0:
        return RaterAgreement(None, None, None, **counts, reason=VARIANCE_NOT_POSITIVE)
    low, high = _interval(between, raters, rest, n=width, k=len(complete))
    return RaterAgreement((between - rest) / divisor, low, high, **counts)


def _too_few(raters, targets):
    if raters < 2:
        return TOO_FEW_RATERS
    return TOO_FEW_TARGETS if targets < 2 else None


def _figures(values) -> TargetFigures:
    n = len(values)
    if not n:
        return TargetFigures(0, None, None)
    mean = Fraction(sum(values), n)
    variance = sum((value - mean) ** 2 for value in values) / (n - 1) if n > 1 else None
    return TargetFigures(n, mean, variance)


def _mean_squares(complete):
    """Mean squares between things, between raters and of the rest."""
    k, n = len(complete), len(complete[0])
    grand = Fraction(sum(map(sum, complete)), n * k)
    of_things = [Fraction(sum(column), k) for column in zip(*complete, strict=True)]
    of_raters = [Fraction(sum(row), n) for row in complete]
    between = k * sum((mean - grand) ** 2 for mean in of_things)
    raters = n * sum((mean - grand) ** 2 for mean in of_raters)
    total = sum((value - grand) ** 2 for row in complete for value in row)
    rest = total - between - raters
    return between / (n - 1), raters / (k - 1), rest / ((n - 1) * (k - 1))


def _interval(between, raters, rest, *, n, k):
    """The 95 % interval with Satterthwaite's degrees of freedom; ``(None, None)`` where it is not one."""
    if not rest:
        return None, None
    single = float((between - rest) / (between + (k - 1) * rest + Fraction(k, n) * (raters - rest)))
    msr, msc, mse = float(between), float(raters), float(rest)
    ratio = msc / mse
    shared = n * (1 + (k - 1) * single) - k * single
    df = (
        (k - 1)
        * (n - 1)
        * (k * single * ratio + shared) ** 2
        / ((n - 1) * (k * single * ratio) ** 2 + shared**2)
    )
    if df < 1:
        return None, None
    upper = f_quantile((1 + CONFIDENCE) / 2, n - 1, df)
    lower = f_quantile((1 + CONFIDENCE) / 2, df, n - 1)
    others = k * msc + (k * n - k - n) * mse
    bounds = (
        n * (msr - upper * mse) / (upper * others + n * msr),
        n * (lower * msr - mse) / (others + n * lower * msr),
    )
    # From one rater to the mean of k; below -1/(k-1) the step has no meaning.
    if any(1 + bound * (k - 1) <= 0 for bound in bounds):
        return None, None
    low, high = (bound * k / (1 + bound * (k - 1)) for bound in bounds)
    return low, high
