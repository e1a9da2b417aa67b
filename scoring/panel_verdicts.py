"""Whether the ratings of an expert panel may become a key (measurement.md 1.3, 1.4). Pure.

Every limit is compared exactly. The lead of the best option is taken from the means as the key will hold them, with
two decimals, so that what is published passes the same rule again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from questionnaires.bank_option_rules import CLEAR_LEAD, FEWEST_EXPERTS, LARGEST_SPREAD, LOWEST_AGREEMENT
from scoring.statistics import RaterAgreement, TargetFigures, rater_agreement

LOWEST_RATING, HIGHEST_RATING = 1, 5  # effectiveness of an option, desirability of a pole
# The limits of publication, in exact form.
_LOWEST_AGREEMENT = Fraction(str(LOWEST_AGREEMENT))
_CLEAR_LEAD = Decimal(str(CLEAR_LEAD))
_LARGEST_VARIANCE = Fraction(str(LARGEST_SPREAD)) ** 2
LARGEST_POLE_GAP = 1  # between the desirability of the two poles of a pair, in points of the rating
DECIMALS = Decimal("0.01")  # of a mean or a spread in a key

LEFT, RIGHT = "left", "right"

# Why ratings may not become a key.
TOO_FEW_EXPERTS = "too_few_experts"
NO_AGREEMENT = "no_agreement"
LOW_AGREEMENT = "low_agreement"
SMALL_LEAD = "small_lead"
LARGE_SPREAD = "large_spread"
UNEQUAL_POLES = "unequal_poles"


@dataclass(frozen=True)
class VignetteVerdict:
    """What the experts say of the options of one vignette; ``faults`` is empty where their key may be kept.

    ``figures``: by option code, over the experts who rated every option. ``lead`` is None without ratings.
    """

    agreement: RaterAgreement
    figures: Mapping[str, TargetFigures]
    lead: Decimal | None
    spread_out: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def experts(self) -> int:
        return self.agreement.raters

    @property
    def is_provisional(self) -> bool:
        return TOO_FEW_EXPERTS in self.faults

    @property
    def may_be_kept(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class PairVerdict:
    """What the experts say of the two poles of one bipolar item, over those who rated both."""

    left: TargetFigures
    right: TargetFigures
    gap: Fraction | None
    faults: tuple[str, ...]

    @property
    def experts(self) -> int:
        return self.left.n

    @property
    def is_provisional(self) -> bool:
        return TOO_FEW_EXPERTS in self.faults

    @property
    def may_be_kept(self) -> bool:
        return not self.faults


def judge_vignette(options: Sequence[str], ratings: Sequence[Mapping[str, int]]) -> VignetteVerdict:
    """The verdict over one vignette.

    Args:
        options: the codes of all its options.
        ratings: for each expert the effectiveness 1..5 by option code; what is missing was not rated.
    """
    agreement = rater_agreement([[expert.get(code) for code in options] for expert in ratings])
    figures = dict(zip(options, agreement.targets, strict=False)) or {
        code: TargetFigures(0, None, None) for code in options
    }
    lead = _lead(figures)
    spread_out = tuple(
        code
        for code, each in figures.items()
        if each.variance is not None and each.variance > _LARGEST_VARIANCE
    )
    faults = []
    if agreement.raters < FEWEST_EXPERTS:
        faults.append(TOO_FEW_EXPERTS)
    if agreement.icc is None:
        faults.append(NO_AGREEMENT)
    elif agreement.icc < _LOWEST_AGREEMENT:
        faults.append(LOW_AGREEMENT)
    if lead is not None and lead < _CLEAR_LEAD:
        faults.append(SMALL_LEAD)
    if spread_out:
        faults.append(LARGE_SPREAD)
    return VignetteVerdict(agreement, figures, lead, spread_out, tuple(faults))


def judge_pair(ratings: Sequence[Mapping[str, int]]) -> PairVerdict:
    """The verdict over one bipolar item: are its poles about equally desirable?

    Args:
        ratings: for each expert the desirability 1..5 under ``"left"`` and ``"right"``.
    """
    agreement = rater_agreement([[expert.get(LEFT), expert.get(RIGHT)] for expert in ratings])
    left, right = agreement.targets or (TargetFigures(0, None, None),) * 2
    gap = abs(left.mean - right.mean) if left.n else None
    faults = [TOO_FEW_EXPERTS] if left.n < FEWEST_EXPERTS else []
    if gap is not None and gap > LARGEST_POLE_GAP:
        faults.append(UNEQUAL_POLES)
    return PairVerdict(left, right, gap, tuple(faults))


def in_key(value: Fraction, decimals: Decimal = DECIMALS) -> Decimal:
    """A figure as a key holds it: two decimals, halves away from zero."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(decimals, ROUND_HALF_UP)


def _lead(figures):
    means = sorted((in_key(each.mean) for each in figures.values() if each.mean is not None), reverse=True)
    return means[0] - means[1] if len(means) > 1 else None
