"""Change between two occasions: of one person beyond measurement error, of a group with a confidence interval.

A change is never worded as the effect of a training: a more critical look at oneself after learning can lower
a score, and extreme scores drift back to the mean by themselves. All scores are unrounded points of 0..100.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.bands import Z_95
from scoring.distributions import t_quantile
from scoring.groups import mean_and_sd

SHORTEST_DAYS = 60
FEWEST_PAIRED = 10
COMMON_NUMERATOR, COMMON_DENOMINATOR = 4, 5  # share of a scale's items both versions must have, for groups

UP, DOWN, WITHIN = "naik", "turun", "dalam_rentang_galat"

DIFFERENT_KEY = "different_scale_version_key"
NOT_BOTH_SCORED = "not_both_scored"
RELIABILITY_UNKNOWN = "reliability_unknown"
TOO_SOON = "too_soon"
NO_ERROR = "no_measurement_error"
TOO_FEW_PAIRS = "too_few_pairs"


@dataclass(frozen=True)
class Occasion:
    """One attempt of a person at a scale; ``key`` identifies what is scored, ``sem`` is given only if prorated."""

    score: float | None
    key: str
    day: int
    sem: float | None = None


@dataclass(frozen=True)
class PersonalChange:
    """``refusal`` is a reason code and everything else None, or there is a verdict with its numbers (points).

    ``rci``: change over its standard error; ``needed_change``: what would count as more than error.
    """

    refusal: str | None
    change: float | None = None
    sem: float | None = None
    s_diff: float | None = None
    rci: float | None = None
    needed_change: float | None = None
    verdict: str | None = None


def standard_error_of_measurement(sd: float, reliability: float) -> float:
    """``SD * sqrt(1 - reliability)``, in the points of the SD.

    Raises:
        ValueError: a negative SD or a reliability outside 0..1.
    """
    if not sd >= 0 or not 0 <= reliability <= 1:
        raise ValueError(f"Simpangan baku {sd!r} atau reliabilitas {reliability!r} tidak mungkin.")
    return sd * math.sqrt(1 - reliability)


def personal_change(
    first: Occasion, second: Occasion, *, sd: float | None, reliability: float | None
) -> PersonalChange:
    """The reliable change index of one person, or why there is none.

    Args:
        sd, reliability: of the frozen calibration sample of the scale; None where unknown.
    """
    refusal = _refusal(first, second, sd, reliability)
    if refusal:
        return PersonalChange(refusal=refusal)
    sem = standard_error_of_measurement(sd, reliability)
    errors = [sem if occasion.sem is None else occasion.sem for occasion in (first, second)]
    s_diff = math.hypot(*errors)  # sem * sqrt(2) when both are complete
    if s_diff == 0:
        return PersonalChange(refusal=NO_ERROR)
    change = float(second.score) - float(first.score)
    rci = change / s_diff
    verdict = WITHIN if abs(rci) < Z_95 else (UP if rci > 0 else DOWN)
    return PersonalChange(None, change, sem, s_diff, rci, Z_95 * s_diff, verdict)


def _refusal(first: Occasion, second: Occasion, sd: float | None, reliability: float | None) -> str | None:
    if first.key != second.key:
        return DIFFERENT_KEY
    if first.score is None or second.score is None:
        return NOT_BOTH_SCORED
    if sd is None or reliability is None:
        return RELIABILITY_UNKNOWN
    return TOO_SOON if second.day - first.day < SHORTEST_DAYS else None


@dataclass(frozen=True)
class GroupChange:
    """Second minus first mean (points) with its standard error and 95 % interval, or a refusal code."""

    refusal: str | None
    difference: float | None = None
    se: float | None = None
    interval: tuple[float, float] | None = None


def paired_change(first: Sequence[float], second: Sequence[float]) -> GroupChange:
    """The same people twice (one entry a person, same order): mean difference with a t interval.

    Raises:
        ValueError: lists of different lengths.
    """
    differences = [after - before for before, after in zip(first, second, strict=True)]
    n = len(differences)
    if n < FEWEST_PAIRED:
        return GroupChange(TOO_FEW_PAIRS)
    mean, sd = mean_and_sd(differences)
    se = sd / math.sqrt(n)
    margin = t_quantile(0.975, n - 1) * se
    return GroupChange(None, mean, se, (mean - margin, mean + margin))


def unpaired_change(mean1: float, se1: float, mean2: float, se2: float) -> GroupChange:
    """Two occasions with different people: the standard errors add in squares (cautious, since people overlap)."""
    difference, se = mean2 - mean1, math.hypot(se1, se2)
    return GroupChange(None, difference, se, (difference - Z_95 * se, difference + Z_95 * se))


def has_enough_common_items(common: int, items: int) -> bool:
    """Whether two versions share enough items of a scale (80 %) for their group means to be compared."""
    return items > 0 and common * COMMON_DENOMINATOR >= items * COMMON_NUMERATOR
