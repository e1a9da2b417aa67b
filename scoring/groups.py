"""Numbers about groups: intervals for a finite population, percent positive, benchmark, difference of two groups.

Whether a number may be *shown* is decided elsewhere (disclosure control in ``reports``). Points are 0..100;
means are over unrounded scores, rounding comes last.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scoring.bands import Z_95
from scoring.distributions import t_quantile
from scoring.scales import round_half_up

FEWEST_AGENCIES = 8  # of the same wave, for a benchmark
POOLED_SD_ZERO = "zero pooled sd"
NO_SPREAD = 1e-9  # points; a smaller standard deviation is rounding
_SIZES = ((0.20, "serupa"), (0.50, "agak berbeda"), (0.80, "berbeda"))


@dataclass(frozen=True)
class Estimate:
    """A value with standard error and 95 % interval; both None where there is nothing to compute them from.

    ``is_directory_behind``: more people answered than the group is said to have; the reader is warned.
    """

    value: float
    se: float | None
    interval: tuple[float, float] | None
    is_directory_behind: bool = False


def mean_and_sd(scores: Sequence[float]) -> tuple[float, float | None]:
    """Mean and standard deviation (n-1; None for one score).

    Raises:
        ValueError: no scores.
    """
    if not scores:
        raise ValueError("Tidak ada skor untuk dirata-ratakan.")
    n = len(scores)
    if n == 1:
        return float(scores[0]), None
    if min(scores) == max(scores):
        return float(
            scores[0]
        ), 0.0  # exactly: a mean of equal floats may be off in the last bit, and so would this be
    mean = math.fsum(scores) / n
    return mean, math.sqrt(math.fsum((score - mean) ** 2 for score in scores) / (n - 1))


def mean_interval(scores: Sequence[float], population: int) -> Estimate:
    """Mean of the people who answered, with a t interval corrected for the finite group, clipped to 0..100.

    The variance of the mean is ``(1 - n/N) * s**2 / n``: nothing is uncertain when everybody answered. A
    population below n (a stale directory) counts as n, and the estimate says so.
    """
    n, is_behind = len(scores), population < len(scores)
    mean, sd = mean_and_sd(scores)
    if n >= population:
        return Estimate(mean, 0.0, (mean, mean), is_behind)
    if sd is None:
        return Estimate(mean, None, None)
    se = math.sqrt((1 - n / population) * sd**2 / n)
    margin = t_quantile(0.975, n - 1) * se
    return Estimate(mean, se, (max(0.0, mean - margin), min(100.0, mean + margin)))


def proportion_interval(count: int, n: int, population: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (0..1) with the effective size ``n(N-1)/(N-n)``; the point when n = N.

    Raises:
        ValueError: no people, or more hits than people.
    """
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} dari {n} bukan proporsi.")
    share = count / n
    if population <= n:
        return share, share
    size, z = n * (population - 1) / (population - n), Z_95
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    margin = z / (1 + z * z / size) * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return max(0.0, centre - margin), min(1.0, centre + margin)


def percent_positive(responses: Sequence[Sequence[int | None]], positive: Collection[int]) -> float | None:
    """Mean over the items of the percent of positive answers to each; items nobody answered are left out.

    Args:
        responses: people x items, keyed values, None where there is no answer.
        positive: the values that count, as written in the response set.
    """
    percents = []
    for answers in zip(*responses, strict=True):
        given = [answer for answer in answers if answer is not None]
        if given:
            percents.append(100 * sum(answer in positive for answer in given) / len(given))
    return math.fsum(percents) / len(percents) if percents else None


@dataclass(frozen=True)
class Benchmark:
    median: float
    upper_quartile: float


def benchmark(scores: Sequence[float], *, fewest: int = FEWEST_AGENCIES) -> Benchmark | None:
    """Median and upper quartile (linear interpolation) over agencies; None with too few of them."""
    if len(scores) < max(1, fewest):
        return None
    ordered = sorted(scores)
    return Benchmark(_quantile(ordered, 0.5), _quantile(ordered, 0.75))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def response_rate(*, scored: int, invited: int, ineligible: int = 0) -> float | None:
    """Percent of the eligible people with at least one scored scale; None if nobody was eligible."""
    eligible = invited - ineligible
    return 100 * scored / eligible if eligible > 0 else None


def shown_difference(a: float, b: float) -> str:
    """A minus b computed unrounded and rounded last, with its sign: 75.44 and 74.64 are both 75, and "+1" apart."""
    rounded = round_half_up(a - b)
    return f"{rounded:+d}" if rounded else "0"


@dataclass(frozen=True)
class GroupDifference:
    """First minus second group, points. ``g``: Hedges' g. None (with ``reason``) where there is no variance."""

    difference: float
    welch_se: float | None
    welch_df: float | None
    interval: tuple[float, float] | None
    pooled_sd: float | None
    g: float | None
    g_se: float | None
    g_interval: tuple[float, float] | None
    reason: str | None = None

    @property
    def wording(self) -> str | None:
        """How large the difference is, in the words of the report."""
        if self.g is None:
            return None
        return next((words for limit, words in _SIZES if abs(self.g) < limit), "sangat berbeda")

    @property
    def is_certain(self) -> bool:
        """Whether the interval of g excludes zero; otherwise the report adds "belum pasti"."""
        return self.g_interval is not None and not self.g_interval[0] <= 0 <= self.g_interval[1]


def welch_degrees_of_freedom(*groups: tuple[float, int]) -> float:
    """Welch and Satterthwaite's degrees of freedom of two groups, each ``(variance of its mean, n)``, not both without.

    Taken over the shares of the whole variance, so that small variances are not squared away.
    """
    whole = sum(part for part, _ in groups)
    return 1 / sum((part / whole) ** 2 / (n - 1) for part, n in groups)


def group_difference(first: Sequence[float], second: Sequence[float]) -> GroupDifference:
    """Difference of two groups with Welch's interval and Hedges' g.

    Raises:
        ValueError: a group of fewer than two.
    """
    (mean1, sd1), (mean2, sd2) = (mean_and_sd(group) if group else (0.0, None) for group in (first, second))
    return difference_of_moments((len(first), mean1, sd1), (len(second), mean2, sd2))


def difference_of_moments(
    first: tuple[int, float, float | None], second: tuple[int, float, float | None]
) -> GroupDifference:
    """As :func:`group_difference`, of groups known by ``(n, mean, standard deviation)``.

    Raises:
        ValueError: a group of fewer than two.
    """
    (n1, mean1, sd1), (n2, mean2, sd2) = first, second
    if min(n1, n2) < 2:
        raise ValueError("Perbedaan kelompok memerlukan sedikitnya dua orang di setiap kelompok.")
    difference, df = mean1 - mean2, n1 + n2 - 2
    pooled = math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / df)
    part1, part2 = sd1**2 / n1, sd2**2 / n2
    se = math.sqrt(part1 + part2)
    if pooled < NO_SPREAD:
        return GroupDifference(difference, se, None, None, pooled, None, None, None, POOLED_SD_ZERO)
    welch_df = welch_degrees_of_freedom((part1, n1), (part2, n2))
    margin = t_quantile(0.975, welch_df) * se
    g = (1 - 3 / (4 * df - 1)) * difference / pooled
    g_se = math.sqrt((n1 + n2) / (n1 * n2) + g * g / (2 * (n1 + n2)))
    return GroupDifference(
        difference=difference,
        welch_se=se,
        welch_df=welch_df,
        interval=(difference - margin, difference + margin),
        pooled_sd=pooled,
        g=g,
        g_se=g_se,
        g_interval=(g - Z_95 * g_se, g + Z_95 * g_se),
    )
