"""Comparing a score with a frozen norm group: percentile rank, z, T, sten, and whether it may be shown at all.

A norm group is a frozen record and never a live query, so the meaning of a score does not change from day to
day. All scores are unrounded points of 0..100.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from scoring.distributions import normal_quantile
from scoring.items import Number, exact
from scoring.scales import round_half_up

FEWEST_PEOPLE = 200  # the standard error of a percentile near the median is then 3.5 points
FEWEST_CONTRIBUTORS = 5  # agencies or units
LARGEST_SHARE = Fraction(1, 2)  # of one contributor
T_LOWEST, T_HIGHEST = 20, 80
SKEWED = 1.0  # beyond this the normalised T is used
PRORATED_SEM_FACTOR = 1.25  # a prorated score with a larger SEM than this times the full one is not compared


@dataclass(frozen=True)
class NormGroup:
    """A frozen norm group: the frequency table of its unrounded scores, ascending (score, number of people)."""

    frequencies: tuple[tuple[Fraction, int], ...]

    @classmethod
    def from_scores(cls, scores: Sequence[Number]) -> "NormGroup":
        """Freeze a sample, one score a person."""
        return cls(tuple(sorted(Counter(exact(score) for score in scores).items())))

    @cached_property
    def n(self) -> int:
        return sum(count for _, count in self.frequencies)

    @cached_property
    def mean(self) -> float | None:
        return float(self._mean) if self.n else None

    @cached_property
    def sd(self) -> float | None:
        """Standard deviation with n-1; None below two people."""
        return math.sqrt(self._moment(2) / (self.n - 1)) if self.n >= 2 else None

    @cached_property
    def skewness(self) -> float | None:
        """Third standardised moment; None without variance."""
        if not self.n or self._moment(2) == 0:
            return None
        return float(self._moment(3) / self.n) / float(self._moment(2) / self.n) ** 1.5

    @cached_property
    def _mean(self) -> Fraction:
        return sum(value * count for value, count in self.frequencies) / Fraction(self.n)

    def _moment(self, power: int) -> Fraction:
        """Sum of powers of the distances from the mean."""
        return sum((value - self._mean) ** power * count for value, count in self.frequencies)

    @cached_property
    def _values(self) -> list[Fraction]:
        return [value for value, _ in self.frequencies]

    @cached_property
    def _cumulative(self) -> list[int]:
        sums = [0]
        for _, count in self.frequencies:
            sums.append(sums[-1] + count)
        return sums

    @property
    def is_skewed(self) -> bool:
        """Whether T comes from the percentile: self-ratings pile up at the top."""
        return self.skewness is not None and abs(self.skewness) > SKEWED

    def to_rows(self) -> list[list[int]]:
        """The frequency table as JSON values: [numerator, denominator, people]."""
        return [[score.numerator, score.denominator, count] for score, count in self.frequencies]

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[int]]) -> "NormGroup":
        """The group of :meth:`to_rows`, to the last bit."""
        return cls(tuple((Fraction(top, bottom), count) for top, bottom, count in rows))

    def people_below(self, score: Number) -> int:
        return self._cumulative[bisect_left(self._values, exact(score))]

    def people_equal(self, score: Number) -> int:
        return self._cumulative[bisect_right(self._values, exact(score))] - self.people_below(score)


def percentile_rank(group: NormGroup, score: Number) -> Fraction:
    """Percent of the group below the score, counting half of those with the same score; exact, 0..100.

    Raises:
        ValueError: an empty group.
    """
    if not group.n:
        raise ValueError("Kelompok norma kosong.")
    return 100 * (group.people_below(score) + Fraction(group.people_equal(score), 2)) / group.n


def percentile_display(rank: Fraction) -> int:
    """The whole percentile shown, halves up, never 0 or 100."""
    return min(99, max(1, round_half_up(rank)))


def z_score(group: NormGroup, score: Number) -> float | None:
    """Standard deviations above the group's mean; None without variance."""
    return (float(score) - group.mean) / group.sd if group.sd else None


def t_score(z: float) -> float:
    """Mean 50, standard deviation 10."""
    return 50 + 10 * z


def t_display(t: float) -> int:
    """The whole T shown: halves up, then kept within 20..80."""
    return min(T_HIGHEST, max(T_LOWEST, round_half_up(t)))


def sten(z: float) -> int:
    """Standard ten: half standard deviations, 5 just below and 6 at the mean, 1..10."""
    return min(10, max(1, math.floor(2 * z + 6)))


def normalised_t(group: NormGroup, score: Number) -> float:
    """T from the percentile rank through the normal curve, for skewed groups; half a person is kept at both ends."""
    half_person = Fraction(1, 2 * group.n) if group.n else None
    share = percentile_rank(group, score) / 100
    return 50 + 10 * normal_quantile(float(min(1 - half_person, max(half_person, share))))


@dataclass(frozen=True)
class Conversion:
    """A score beside the norm group, as it is shown; T and sten are None without variance."""

    score: int
    percentile: int
    t: int | None
    sten: int | None


def conversion_table(group: NormGroup) -> tuple[Conversion, ...]:
    """Every tenth score of 0..100, for whoever runs the measurement; persons are never shown T or sten."""
    lines = []
    for score in range(0, 101, 10):
        percentile, z = percentile_display(percentile_rank(group, score)), z_score(group, score)
        if z is None:
            lines.append(Conversion(score, percentile, None, None))
            continue
        t = normalised_t(group, score) if group.is_skewed else t_score(z)
        lines.append(Conversion(score, percentile, t_display(t), sten(z)))
    return tuple(lines)


@dataclass(frozen=True)
class ScaleNorm:
    """The frozen distribution of one scale, and how many people each contributor (agency or unit) gave."""

    scale: str
    group: NormGroup
    people_by_contributor: Mapping[str, int]


def norm_of(
    scale: str, scores: Sequence[Number], contributors: Sequence[str]
) -> tuple[ScaleNorm | None, tuple[str, ...]]:
    """The norm of a scale, or None with every Indonesian sentence why not.

    Args:
        scores: exact, one a person; ``contributors``: of the same people.
    """
    people = Counter(contributors)
    reasons = refusals(people)
    if reasons:
        return None, reasons
    return ScaleNorm(scale, NormGroup.from_scores(scores), people), ()


@dataclass(frozen=True)
class NormComparison:
    """One score against one norm group; z, T and sten are None without variance."""

    percentile_rank: float
    percentile: int
    z: float | None
    t: float | None
    t_shown: int | None
    sten: int | None
    is_normalised: bool


def compare(group: NormGroup, score: Number) -> NormComparison:
    """Everything one can say; whether it may be *shown* is :func:`refusals`. Skewed groups get the normalised T."""
    rank, z = percentile_rank(group, score), z_score(group, score)
    t = None
    if z is not None:
        t = normalised_t(group, score) if group.is_skewed else t_score(z)
    return NormComparison(
        percentile_rank=float(rank),
        percentile=percentile_display(rank),
        z=z,
        t=t,
        t_shown=None if t is None else t_display(t),
        sten=None if z is None else sten(z),
        is_normalised=group.is_skewed,
    )


def is_comparable(k: int, answered: int) -> bool:
    """Whether a score on so many of ``k`` items is complete enough to be compared or to stand in a norm group.

    The SEM of a prorated score is ``sqrt(k / answered)`` times the full one; compared in whole numbers.
    """
    limit = Fraction(PRORATED_SEM_FACTOR) ** 2
    return answered > 0 and k <= limit * answered


def refusals(people_by_contributor: Mapping[str, int], *, sem_factor: float = 1.0) -> tuple[str, ...]:
    """Why a comparison may not be shown, as Indonesian sentences; empty if it may.

    Args:
        people_by_contributor: people in the norm group by agency (or unit).
        sem_factor: SEM of this score over that of a complete one; above 1 for prorated scores.
    """
    n = sum(people_by_contributor.values())
    contributors = [count for count in people_by_contributor.values() if count > 0]
    reasons = []
    if n < FEWEST_PEOPLE:
        reasons.append(f"Kelompok pembanding harus sedikitnya {FEWEST_PEOPLE} orang.")
    if len(contributors) < FEWEST_CONTRIBUTORS:
        reasons.append(f"Kelompok pembanding harus berasal dari sedikitnya {FEWEST_CONTRIBUTORS} instansi.")
    if contributors and max(contributors) > LARGEST_SHARE * n:
        reasons.append("Satu instansi tidak boleh lebih dari separuh kelompok pembanding.")
    if sem_factor > PRORATED_SEM_FACTOR:
        reasons.append("Jawaban pada skala ini kurang lengkap untuk dibandingkan.")
    return tuple(reasons)
