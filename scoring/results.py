"""What the engine returns: a table of exact scores, and the plain result of one person."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from scoring.composites import CompositeResult, composite_results
from scoring.plan import PERSON, STYLE, ScalePlan, ScoringPlan
from scoring.scales import NO_WEIGHT, NOT_SCORED, PRORATED, SCORED, TOO_FEW_ANSWERS, TOO_MANY_NA

# Status and, for scales that are not scored, the reason in one small number; the order is part of the stored
# format.
OUTCOMES = (
    (SCORED, None),
    (PRORATED, None),
    (NOT_SCORED, TOO_FEW_ANSWERS),
    (NOT_SCORED, TOO_MANY_NA),
    (NOT_SCORED, NO_WEIGHT),
)
STATUS_CODES = {reason or status: code for code, (status, reason) in enumerate(OUTCOMES)}
_LAST_SCORED = STATUS_CODES[PRORATED]

NOT_SHOWN = -1  # in the whole-number arrays of a table, where a scale is not scored


class ScaleResult(NamedTuple):
    """One scale of one person. ``score`` is exact on 0..100; score, display and band are None when not scored.

    ``band`` is the code of one of the scale's bands; dimensions, facets and situational scales may have one.
    ``missing`` counts the applicable items without an answer.
    """

    score: Fraction | None
    display: int | None
    status: str
    reason: str | None
    answered: int
    applicable: int
    band: str | None

    @property
    def is_scored(self) -> bool:
        return self.score is not None

    @property
    def missing(self) -> int:
        return self.applicable - self.answered


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """Scores of many people: every array is people x scales, columns in the order of ``plan.scales``.

    The score of a cell is ``100 * numerator / denominator`` (int64; Python integers where the plan is not
    bounded). ``answered`` and ``applicable`` count items (int16), ``status`` is an index into
    :data:`OUTCOMES` (uint8).
    """

    plan: ScoringPlan
    numerator: np.ndarray
    denominator: np.ndarray
    answered: np.ndarray
    applicable: np.ndarray
    status: np.ndarray

    @classmethod
    def empty(cls, plan: ScoringPlan, *, people: int) -> "ScoreTable":
        """A table to be filled."""
        shape = (people, len(plan.scales))
        sums = np.int64 if plan.is_bounded else object
        return cls(
            plan=plan,
            numerator=np.empty(shape, dtype=sums),
            denominator=np.empty(shape, dtype=sums),
            answered=np.empty(shape, dtype=np.int16),
            applicable=np.empty(shape, dtype=np.int16),
            status=np.empty(shape, dtype=np.uint8),
        )

    def __len__(self) -> int:
        return len(self.status)

    def column(self, scale_code: str) -> int:
        """The column of a scale; KeyError if the plan has no such scale."""
        return self.plan.index_of(scale_code)

    def is_scored(self) -> np.ndarray:
        """Which cells have a score (bool)."""
        return self.status <= _LAST_SCORED

    def scores(self) -> np.ndarray:
        """Unrounded scores 0..100 as float64, NaN where not scored."""
        scores = np.full(self.status.shape, np.nan)
        np.divide(
            100 * self.numerator, self.denominator, out=scores, where=self.is_scored(), casting="unsafe"
        )
        return scores

    def display(self) -> np.ndarray:
        """Displayed whole scores, halves up (int16), :data:`NOT_SHOWN` where not scored."""
        shown = self.is_scored()
        divisor = np.where(shown, self.denominator, 1)
        rounded = (200 * self.numerator + divisor) // (2 * divisor)
        return np.where(shown, rounded, NOT_SHOWN).astype(np.int16)

    def bands(self) -> np.ndarray:
        """Index into the ``bands`` of each scale by the displayed score (int8).

        :data:`NOT_SHOWN` where a scale is not scored or has no bands.
        """
        display = self.display()
        index = np.full(display.shape, NOT_SHOWN, dtype=np.int8)
        for column, scale in enumerate(self.plan.scales):
            if scale.has_bands:
                minimums = [band.minimum for band in scale.bands]
                index[:, column] = np.searchsorted(minimums, display[:, column], side="right") - 1
        return np.where(self.is_scored(), index, NOT_SHOWN).astype(np.int8)

    def person(self, row: int) -> dict[str, ScaleResult]:
        """The content results of one person by scale code, without climate: that describes a unit."""
        return self._results(row, PERSON)

    def response_style(self, row: int) -> dict[str, ScaleResult]:
        """The style scales of one person (share of flattering answers, 0..100); never part of the content."""
        return self._results(row, STYLE)

    def everything(self, row: int) -> dict[str, ScaleResult]:
        """Every stored result of one person, whatever it is used for; for the person's own copy of the data."""
        return self._results(row)

    def composites(self, row: int) -> dict[str, CompositeResult]:
        """The composites of one person by code, exactly; empty where the rule has none."""
        if not self.plan.rule.composites:
            return {}
        return composite_results(self.plan.rule.composites, self.person(row))

    def _results(self, row: int, level: str | None = None) -> dict[str, ScaleResult]:
        cells = zip(
            self.plan.scales,
            self.numerator[row].tolist(),
            self.denominator[row].tolist(),
            self.answered[row].tolist(),
            self.applicable[row].tolist(),
            self.status[row].tolist(),
            strict=True,
        )
        return {
            scale.code: self._result(scale, *cell) for scale, *cell in cells if level in (None, scale.level)
        }

    def _result(self, scale: ScalePlan, numerator, denominator, answered, applicable, code) -> ScaleResult:
        status, reason = OUTCOMES[code]
        if reason is not None:
            return ScaleResult(None, None, status, reason, answered, applicable, None)
        display = (200 * numerator + denominator) // (2 * denominator)
        band = None
        if scale.has_bands:
            band = next(b.code for b in reversed(scale.bands) if display >= b.minimum)
        return ScaleResult(
            Fraction(100 * numerator, denominator), display, status, reason, answered, applicable, band
        )
