"""What of the statistics may be shown at this number of people. The formulas themselves know no such limit."""

from dataclasses import fields, replace
from types import MappingProxyType

from scoring.statistics.reasons import N_BELOW_MINIMUM, NO_ANSWERS, TOO_FEW_PEOPLE
from scoring.statistics.values import (
    MANY_INCOMPLETE,
    UNANSWERED_ITEMS,
    ZERO_VARIANCE_ITEMS,
    ItemStatistics,
    ScaleStatistics,
)

FEWEST_SHOWN = 30  # below this a coefficient says more about chance than about the scale
FIRM_FROM = 100  # below this it is labelled "sementara"

HIDDEN, PROVISIONAL, FIRM = "hidden", "provisional", "firm"

# What stays when a number of people is too small: who and how many, never what they said.
_ITEM_KEEPS = {"code", "key", "minimum", "maximum", "n", "missing", "not_applicable"}
_ITEM_KEEPS |= {"missing_share", "not_applicable_share", "reasons"}
_ITEM_COEFFICIENTS = ("r_drop", "alpha_if_deleted", "loading")
_TELL_ONLY_COUNTS = {NO_ANSWERS, TOO_FEW_PEOPLE}  # reasons that give away no more than the counts beside them
_SCALE_KEEPS = {"n_total", "n_used", "k_total", "k_used", "items", "warnings", "alpha_pairwise", "reasons"}


def standing(n: int) -> str:
    """``hidden`` below 30 people, ``provisional`` below 100, else ``firm``."""
    if n < FEWEST_SHOWN:
        return HIDDEN
    return PROVISIONAL if n < FIRM_FROM else FIRM


def gated(found: ScaleStatistics) -> ScaleStatistics:
    """The same statistics with everything taken out that rests on fewer than 30 people, with the reason in its place.

    Coefficients of the scale and of items in it go by the complete people, the distribution of an item by
    those who answered it, the pairwise alpha by the least answered item. A hidden number is not in the
    result.
    """
    hide_coefficients = standing(found.n_used) == HIDDEN
    items = tuple(_gated_item(item, hide_coefficients) for item in found.items)
    changes: dict = {"items": items}
    if min((item.n for item in found.items if item.n), default=0) < FEWEST_SHOWN:
        changes["alpha_pairwise"] = None
    if hide_coefficients:
        changes |= {part.name: None for part in fields(found) if part.name not in _SCALE_KEEPS}
        changes["warnings"] = tuple(
            warning for warning in found.warnings if warning.code in (MANY_INCOMPLETE, UNANSWERED_ITEMS)
        )
        constant = sum(len(w.items) for w in found.warnings if w.code == ZERO_VARIANCE_ITEMS)
        changes["k_used"] = found.k_used + constant  # that people agreed wholly is something they said
    return replace(found, **changes, reasons=_reasons(found, changes))


def _gated_item(item: ItemStatistics, hide_coefficients: bool) -> ItemStatistics:
    if item.n < FEWEST_SHOWN:
        changes = {part.name: None for part in fields(item) if part.name not in _ITEM_KEEPS}
    else:
        changes = dict.fromkeys(_ITEM_COEFFICIENTS) if hide_coefficients else {}
    return replace(item, **changes, reasons=_reasons(item, changes))


def _reasons(found: ItemStatistics | ScaleStatistics, changes: dict) -> MappingProxyType:
    """Every value taken out has the one reason, unless so few people explain it already; other reasons stay."""
    hidden = {
        name: N_BELOW_MINIMUM
        for name, value in changes.items()
        if value is None and found.reasons.get(name) not in _TELL_ONLY_COUNTS
    }
    return MappingProxyType({**found.reasons, **hidden})
