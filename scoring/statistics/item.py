"""The statistics of one item: what everybody answered, and how it goes with the rest of its scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from scoring.statistics import reliability
from scoring.statistics.matrix import ItemKey
from scoring.statistics.reasons import NO_ANSWERS, TOO_FEW_PEOPLE, Undefined
from scoring.statistics.values import ItemStatistics


@dataclass(frozen=True)
class AnsweredPart:
    """What rests on all people who answered the item; field meanings as in :class:`ItemStatistics`."""

    item: ItemKey
    people: int
    n: int
    not_applicable: int
    mean: float | None
    sd: float | None
    counts: tuple[int, ...]


def answered_parts(
    keyed: np.ndarray, items: Sequence[ItemKey], not_applicable: np.ndarray
) -> list[AnsweredPart]:
    """Counts, mean and standard deviation (n-1) of every item over its own answers."""
    parts = []
    for column, item in enumerate(items):
        values = keyed[:, column]
        given = values[~np.isnan(values)]
        parts.append(
            AnsweredPart(
                item=item,
                people=len(values),
                n=len(given),
                not_applicable=int(not_applicable[:, column].sum()),
                mean=float(given.mean()) if len(given) else None,
                sd=float(given.std(ddof=1)) if len(given) > 1 else None,
                counts=tuple(int((given == value).sum()) for value in range(item.minimum, item.maximum + 1)),
            )
        )
    return parts


def item_statistics(
    part: AnsweredPart,
    *,
    place: int | None,
    cov: np.ndarray | None,
    loadings: np.ndarray | None,
    reason: str | None,
) -> ItemStatistics:
    """One item's numbers.

    Args:
        place: its row in ``cov``; None if it is not among the items the coefficients rest on, for ``reason``.
        cov: covariances of the kept items, complete cases.
        loadings: of the kept items, None where there is no factor (the scale says why).
    """
    item, n = part.item, part.n
    applicable = part.people - part.not_applicable
    coefficients, reasons = _with_the_rest(place, cov, reason)
    reasons |= _missing_reasons(part)
    return ItemStatistics(
        code=item.code,
        key=item.key,
        minimum=item.minimum,
        maximum=item.maximum,
        n=n,
        missing=applicable - n,
        not_applicable=part.not_applicable,
        missing_share=(applicable - n) / applicable if applicable else None,
        not_applicable_share=part.not_applicable / part.people if part.people else None,
        counts=part.counts,
        mean=part.mean,
        sd=part.sd,
        mean_0_100=None if part.mean is None else 100 * (part.mean - item.minimum) / item.width,
        floor=part.counts[0] / n if n else None,
        ceiling=part.counts[-1] / n if n else None,
        **coefficients,
        loading=float(loadings[place]) if loadings is not None and place is not None else None,
        reasons=MappingProxyType(reasons),
    )


def _missing_reasons(part: AnsweredPart) -> dict[str, str]:
    """Why numbers that rest on the item's own answers are not there."""
    reasons = {} if part.n else dict.fromkeys(("mean", "mean_0_100", "floor", "ceiling"), NO_ANSWERS)
    if part.sd is None:
        reasons["sd"] = TOO_FEW_PEOPLE if part.n else NO_ANSWERS
    return reasons


def _with_the_rest(
    place: int | None, cov: np.ndarray | None, reason: str | None
) -> tuple[dict[str, float | None], dict[str, str]]:
    """Rest correlation and alpha without the item, and the reasons where they are not there."""
    found: dict[str, float | None] = {"r_drop": None, "alpha_if_deleted": None}
    if place is None:
        return found, dict.fromkeys(found, reason)
    reasons = {}
    computations = (reliability.rest_correlation, reliability.alpha_without)
    for name, compute in zip(found, computations, strict=True):
        try:
            found[name] = compute(cov, place)
        except Undefined as undefined:
            reasons[name] = undefined.reason
    return found, reasons
