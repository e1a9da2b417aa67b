"""Putting the statistics of one scale together: which people and items count, then every coefficient or its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from scoring.statistics import reliability
from scoring.statistics.item import AnsweredPart, answered_parts, item_statistics
from scoring.statistics.matrix import ItemKey, MatrixError, as_matrix, bounds
from scoring.statistics.omega import OneFactor, is_maybe_multidimensional, omega_total, one_factor
from scoring.statistics.reasons import (
    MIXED_RANGES,
    NO_ANSWERS,
    TOO_FEW_ITEMS,
    TOO_FEW_PEOPLE,
    ZERO_VARIANCE,
    Undefined,
)
from scoring.statistics.values import (
    MANY_INCOMPLETE,
    MAYBE_MULTIDIMENSIONAL,
    NEGATIVE_ALPHA,
    NO_MEASUREMENT_ERROR,
    OMEGA_NOT_CONVERGED,
    UNANSWERED_ITEMS,
    ZERO_VARIANCE_ITEMS,
    ItemStatistics,
    ScaleStatistics,
    ScaleWarning,
)


class Findings:
    """Values by name, None where :class:`Undefined` came up, and then the reason under the same name."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.reasons: dict[str, str] = {}

    def add(self, name: str, compute: Callable, *arguments: Any) -> Any:
        """Computes, keeps and returns a value; None if these data have none."""
        try:
            self.values[name] = compute(*arguments)
        except Undefined as undefined:
            self.values[name] = None
            self.reasons[name] = undefined.reason
        return self.values[name]

    def miss(self, reason: str, *names: str) -> None:
        """Marks values as not there."""
        self.values.update(dict.fromkeys(names))
        self.reasons.update(dict.fromkeys(names, reason))


@dataclass(frozen=True, eq=False)
class _Sample:
    """The complete cases. ``scores``: people x kept items, item scores 0..1. ``kept``: their columns in the matrix.

    ``cov``: k x k covariances (n-1), None below two people or items. ``reason``: why there is nothing to
    compute, or None.
    """

    scores: np.ndarray
    kept: tuple[int, ...]
    constant: tuple[int, ...]
    unanswered: tuple[int, ...]
    cov: np.ndarray | None
    reason: str | None

    @property
    def n(self) -> int:
        return len(self.scores)


def scale_statistics(
    keyed: np.ndarray, items: Sequence[ItemKey], *, not_applicable: np.ndarray | None = None
) -> ScaleStatistics:
    """All statistics of one scale, with complete cases (listwise) as the sample of every coefficient.

    Items count alike (unweighted). They are brought to 0..1 first, as in scoring, so items with different
    ranges may stand in one scale. Bounds are not checked here; :func:`keyed_values` has done that.

    Args:
        keyed: people x items, NaN where there is no answer.
        items: one key an item, in the order of the form (the odd-even split depends on it).
        not_applicable: people x items, True where the item does not apply; those cells are NaN in ``keyed``.

    Raises:
        MatrixError: shapes that do not fit, or an answer where the item does not apply.
    """
    keyed = as_matrix(keyed, items)
    not_applicable = _check_not_applicable(not_applicable, keyed)
    low, high = bounds(items)
    scores = (keyed - low) / (high - low)
    sample = _sample_of(scores)
    findings = Findings()
    _add_reliability(findings, sample)
    factor = _add_omega(findings, sample)
    _add_distribution(findings, sample, [items[place] for place in sample.kept])
    _add_pairwise(findings, sample, scores)
    return ScaleStatistics(
        n_total=len(keyed),
        n_used=sample.n,
        k_total=len(items),
        k_used=len(sample.kept),
        items=_item_statistics(keyed, items, not_applicable, sample, factor),
        warnings=_warnings(items, sample, findings, factor, len(keyed)),
        reasons=MappingProxyType(findings.reasons),
        **findings.values,
    )


def _check_not_applicable(mask: np.ndarray | None, keyed: np.ndarray) -> np.ndarray:
    if mask is None:
        return np.zeros(keyed.shape, dtype=bool)
    mask = np.asarray(mask, dtype=bool)
    if mask.shape != keyed.shape:
        raise MatrixError(f'Tanda "tidak berlaku" berukuran {mask.shape}, matriks jawaban {keyed.shape}.')
    if (mask & ~np.isnan(keyed)).any():
        raise MatrixError('Ada jawaban pada butir yang bertanda "tidak berlaku".')
    return mask


def _sample_of(scores: np.ndarray) -> _Sample:
    """Leave out items that nobody answered, then people with gaps, then items in which these people do not differ."""
    missing = np.isnan(scores)
    has_answers = ~missing.all(axis=0)
    unanswered = tuple(np.flatnonzero(~has_answers).tolist())
    complete = ~missing[:, has_answers].any(axis=1)
    if not has_answers.any():
        complete[:] = False
    people = scores if complete.all() and not unanswered else scores[np.ix_(complete, has_answers)]
    columns = np.flatnonzero(has_answers)
    if len(people) < 2:
        reason = TOO_FEW_PEOPLE if has_answers.any() else NO_ANSWERS
        return _Sample(people, tuple(columns.tolist()), (), unanswered, None, reason)
    varies = people.max(axis=0) > people.min(axis=0)
    constant = tuple(columns[~varies].tolist())
    kept = people if varies.all() else people[:, varies]
    reason = None if varies.sum() >= 2 else TOO_FEW_ITEMS
    cov = reliability.covariance(kept) if reason is None else None
    return _Sample(kept, tuple(columns[varies].tolist()), constant, unanswered, cov, reason)


def _add_reliability(findings: Findings, sample: _Sample) -> None:
    """Alpha with its interval, standardised alpha, inter-item correlations and the two halves."""
    trio = ("mean_inter_item_r", "min_inter_item_r", "max_inter_item_r")
    singles = {
        "alpha": reliability.alpha,
        "alpha_standardised": reliability.standardised_alpha,
        "split_half_odd_even_r": reliability.split_half,
        "split_half_spearman_brown": reliability.spearman_brown,
        "guttman_lambda4_odd_even": reliability.lambda4,
    }
    if sample.cov is None:
        findings.miss(sample.reason, *singles, *trio, "alpha_ci95_feldt", "eigenvalues")
        return
    for name, compute in singles.items():
        findings.add(name, compute, sample.cov)
    findings.values.update(zip(trio, reliability.inter_item(sample.cov), strict=True))
    eigenvalues = np.linalg.eigvalsh(reliability.correlation(sample.cov))[::-1]
    findings.values["eigenvalues"] = tuple(eigenvalues.tolist())
    alpha = findings.values["alpha"]
    if alpha is None:
        findings.miss(findings.reasons["alpha"], "alpha_ci95_feldt")
    else:
        interval = reliability.feldt_interval(alpha, sample.n, len(sample.kept))
        findings.values["alpha_ci95_feldt"] = interval


def _add_omega(findings: Findings, sample: _Sample) -> OneFactor | None:
    """Both omegas; the factor for the loadings of the items."""
    names = ("omega_total", "omega_total_standardised")
    if sample.cov is None:
        findings.miss(sample.reason, *names)
        return None
    try:
        factor = one_factor(reliability.correlation(sample.cov), sample.n)
    except Undefined as undefined:
        findings.miss(undefined.reason, *names)
        return None
    sd = np.sqrt(np.diag(sample.cov))
    findings.values["omega_total"] = omega_total(factor.loadings, sd)
    findings.values["omega_total_standardised"] = omega_total(factor.loadings, np.ones_like(sd))
    return factor


def _add_distribution(findings: Findings, sample: _Sample, kept: Sequence[ItemKey]) -> None:
    """Where the people lie on the scale (mean over the kept items) and the standard error of measurement."""
    raw = ("scale_mean_raw", "scale_sd_raw")
    points = ("scale_mean_0_100", "scale_sd_0_100", "scale_floor", "scale_ceiling")
    errors = ("sem_0_100", "sem_omega_0_100")
    if sample.n < 2 or not kept:
        findings.miss(sample.reason, *raw, *points, *errors)
        return
    scores = sample.scores
    means = scores.mean(axis=1)
    mean, sd = float(means.mean()), float(means.std(ddof=1))
    shares = (float((scores == end).all(axis=1).mean()) for end in (0.0, 1.0))
    findings.values.update(zip(points, (100 * mean, 100 * sd, *shares), strict=True))
    if len({(item.minimum, item.maximum) for item in kept}) == 1:
        findings.values.update(
            scale_mean_raw=kept[0].minimum + kept[0].width * mean, scale_sd_raw=kept[0].width * sd
        )
    else:
        findings.miss(MIXED_RANGES, *raw)
    for name, source in zip(errors, ("alpha", "omega_total"), strict=True):
        reliability_ = findings.values[source]
        if reliability_ is None:
            findings.miss(findings.reasons[source], name)
        else:
            findings.values[name] = 100 * sd * max(0.0, 1 - reliability_) ** 0.5


def _add_pairwise(findings: Findings, sample: _Sample, scores: np.ndarray) -> None:
    """The alternative to complete cases, which without gaps is the same."""
    if sample.n < len(scores) or sample.unanswered:
        findings.add("alpha_pairwise", _pairwise_alpha, scores)
    elif findings.values["alpha"] is None:
        findings.miss(findings.reasons["alpha"], "alpha_pairwise")
    else:
        findings.values["alpha_pairwise"] = findings.values["alpha"]


def _pairwise_alpha(scores: np.ndarray) -> float:
    """Alpha over the items that vary, each pair with everybody who answered both."""
    present = ~np.isnan(scores)
    highest = np.where(present, scores, -np.inf).max(axis=0, initial=-np.inf)
    lowest = np.where(present, scores, np.inf).min(axis=0, initial=np.inf)
    varies = highest > lowest
    if varies.sum() < 2:
        raise Undefined(TOO_FEW_ITEMS if present.any() else NO_ANSWERS)
    cov = reliability.pairwise_covariance(scores if varies.all() else scores[:, varies])
    return reliability.alpha(cov)


def _item_statistics(
    keyed: np.ndarray,
    items: Sequence[ItemKey],
    not_applicable: np.ndarray,
    sample: _Sample,
    factor: OneFactor | None,
) -> tuple[ItemStatistics, ...]:
    parts: list[AnsweredPart] = answered_parts(keyed, items, not_applicable)
    place_of = {column: place for place, column in enumerate(sample.kept)}
    return tuple(
        item_statistics(
            part,
            place=place_of.get(column) if sample.cov is not None else None,
            cov=sample.cov,
            loadings=None if factor is None else factor.loadings,
            reason=_reason_of(column, sample),
        )
        for column, part in enumerate(parts)
    )


def _reason_of(column: int, sample: _Sample) -> str | None:
    """Why an item has no place among the kept ones."""
    if column in sample.unanswered:
        return NO_ANSWERS
    if column in sample.constant:
        return ZERO_VARIANCE
    return sample.reason


def _warnings(
    items: Sequence[ItemKey], sample: _Sample, findings: Findings, factor: OneFactor | None, n_total: int
) -> tuple[ScaleWarning, ...]:
    found = []
    for code, columns in ((UNANSWERED_ITEMS, sample.unanswered), (ZERO_VARIANCE_ITEMS, sample.constant)):
        if columns:
            found.append(ScaleWarning(code, tuple(items[column].code for column in columns)))
    if 5 * sample.n < 4 * n_total:
        found.append(ScaleWarning(MANY_INCOMPLETE))
    alpha, eigenvalues = findings.values["alpha"], findings.values["eigenvalues"]
    if alpha is not None and alpha < 0:
        found.append(ScaleWarning(NEGATIVE_ALPHA))
    if eigenvalues is not None and is_maybe_multidimensional(np.array(eigenvalues)):
        found.append(ScaleWarning(MAYBE_MULTIDIMENSIONAL))
    if alpha is not None and 1 - alpha <= reliability.NEGLIGIBLE:
        found.append(ScaleWarning(NO_MEASUREMENT_ERROR))
    if factor is not None and not factor.has_converged:
        found.append(ScaleWarning(OMEGA_NOT_CONVERGED))
    return tuple(found)
