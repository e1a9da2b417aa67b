"""From item scores to a scale score: who has answered enough, the weighted mean, rounding, and error of sums.

This is the scoring of one scale of one person written out plainly. The engine does the same for many people
at once; a property test holds the two together.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from questionnaires.version_document import NOT_APPLICABLE
from scoring.items import Number, exact

SCORED, PRORATED, NOT_SCORED = "scored", "prorated", "not_scored"
TOO_MANY_NA, TOO_FEW_ANSWERS, NO_WEIGHT = "too_many_na", "too_few_answers", "no_weight"


def ceil_share(numerator: int, denominator: int, count: int) -> int:
    """``ceil(count * numerator / denominator)`` in whole numbers: 4/5 of 35 is 28, where floats would say 29."""
    return (numerator * count + denominator - 1) // denominator


@dataclass(frozen=True)
class Completeness:
    """How much of a scale must be there for a score; shares are whole numerators and denominators.

    ``answered_*``: share of the applicable items that must be answered. ``applicable_*``: share of all items
    that must not be "does not apply". ``minimum_items``: a scale never rests on fewer items, unless it has
    fewer.
    """

    answered_numerator: int = 4
    answered_denominator: int = 5
    applicable_numerator: int = 1
    applicable_denominator: int = 2
    minimum_items: int = 3

    def required_applicable(self, k: int) -> int:
        """Applicable items needed of ``k`` items: half of them, at least three, at most all."""
        half = ceil_share(self.applicable_numerator, self.applicable_denominator, k)
        return min(k, max(self.minimum_items, half))

    def required_answered(self, k: int, applicable: int) -> int:
        """Answers needed when ``applicable`` of ``k`` items apply: 80 % of those, at least three (or all of k < 3)."""
        share = ceil_share(self.answered_numerator, self.answered_denominator, applicable)
        return max(share, min(self.minimum_items, k))


STANDARD_COMPLETENESS = Completeness()


def required_applicable(k: int) -> int:
    """With the standard numbers: ``min(k, max(3, (k + 1) // 2))``."""
    return STANDARD_COMPLETENESS.required_applicable(k)


def required_answered(k: int, applicable: int) -> int:
    """With the standard numbers: ``max((4 * applicable + 4) // 5, min(3, k))``."""
    return STANDARD_COMPLETENESS.required_answered(k, applicable)


@dataclass(frozen=True)
class ScaleScore:
    """The score of one scale. ``score`` is exact on 0..100, None when not scored, and then ``reason`` says why.

    ``k`` items in the scale, of which ``na`` do not apply, ``applicable`` do, and ``answered`` have an
    answer.
    """

    status: str
    reason: str | None
    k: int
    na: int
    applicable: int
    answered: int
    score: Fraction | None

    @property
    def display(self) -> int | None:
        return None if self.score is None else display_score(self.score)


def scale_score(
    item_scores: Sequence[Number | str | None],
    weights: Sequence[Number] | None = None,
    completeness: Completeness = STANDARD_COMPLETENESS,
) -> ScaleScore:
    """The weighted mean of the answered items, times 100, if enough of them are answered.

    Args:
        item_scores: one entry an item of the scale: a score in 0..1, None where skipped, ``"na"`` where not
            applicable.
        weights: one weight >= 0 an item; equal weights if left out.

    Raises:
        ValueError: a score outside 0..1, a negative weight, or lists of different lengths.
    """
    k = len(item_scores)
    weights = [1] * k if weights is None else weights
    pairs = [
        (_check_unit(score), _check_weight(weight))
        for score, weight in zip(item_scores, weights, strict=True)
        if score is not None and score != NOT_APPLICABLE
    ]
    na = sum(score == NOT_APPLICABLE for score in item_scores)
    applicable, answered = k - na, len(pairs)
    total = sum(weight for _, weight in pairs)
    reason = None
    if applicable < completeness.required_applicable(k):
        reason = TOO_MANY_NA
    elif answered < completeness.required_answered(k, applicable):
        reason = TOO_FEW_ANSWERS
    elif total == 0:
        reason = NO_WEIGHT
    if reason:
        return ScaleScore(NOT_SCORED, reason, k, na, applicable, answered, None)
    score = 100 * sum(score * weight for score, weight in pairs) / total
    return ScaleScore(
        SCORED if answered == applicable else PRORATED, None, k, na, applicable, answered, score
    )


def _check_unit(score: Number | str) -> Fraction:
    value = exact(score)
    if not 0 <= value <= 1:
        raise ValueError(f"Skor butir {score!r} berada di luar 0 sampai 1.")
    return value


def _check_weight(weight: Number) -> Fraction:
    value = exact(weight)
    if value < 0:
        raise ValueError(f"Bobot {weight!r} bernilai negatif.")
    return value


def round_half_up(value: Number) -> int:
    """The nearest whole number, halves away from zero: 84.5 -> 85, -0.5 -> -1. A float counts as it is."""
    ratio = Fraction(value)
    rounded = (2 * abs(ratio.numerator) + ratio.denominator) // (2 * ratio.denominator)
    return rounded if ratio >= 0 else -rounded


def display_score(score: Number) -> int:
    """The whole number people see for a score of 0..100.

    Raises:
        ValueError: outside 0..100; a display value is never clamped.
    """
    if not 0 <= score <= 100:
        raise ValueError(f"Skor {score!r} berada di luar 0 sampai 100.")
    return round_half_up(score)


def composite_score(
    scores: Sequence[Number | None], weights: Sequence[Number] | None = None
) -> Fraction | None:
    """The weighted mean of dimension scores (0..100), exactly; None as soon as one of them is not scored.

    Raises:
        ValueError: no dimensions, a negative weight, no weight at all, or lists of different lengths.
    """
    if any(score is None for score in scores):
        return None
    shares = composite_weights(len(scores), weights)
    return sum((exact(score) * share for score, share in zip(scores, shares, strict=True)), Fraction(0))


def composite_weights(count: int, weights: Sequence[Number] | None = None) -> list[Fraction]:
    """Weights as fractions that sum to 1; equal ones if none are given."""
    checked = [_check_weight(weight) for weight in ([1] * count if weights is None else weights)]
    total = sum(checked)
    if len(checked) != count or total == 0:
        raise ValueError("Bobot komposit harus satu per dimensi dan jumlahnya lebih dari nol.")
    return [weight / total for weight in checked]


def composite_sem(sems: Sequence[float], weights: Sequence[Number] | None = None) -> float:
    """Standard error of a composite: root of the sum of squared (weight share x dimension SEM); points of 0..100."""
    shares = composite_weights(len(sems), weights)
    return math.sqrt(sum((float(share) * sem) ** 2 for share, sem in zip(shares, sems, strict=True)))


def prorated_sem(sem: float, k: int, answered: int) -> float:
    """SEM of a score on fewer items: error variance of a mean is inverse to the number of items.

    Raises:
        ValueError: no answers, or more answers than items.
    """
    if not 0 < answered <= k:
        raise ValueError(f"Jumlah jawaban {answered} tidak mungkin untuk {k} butir.")
    return sem * math.sqrt(k / answered)
