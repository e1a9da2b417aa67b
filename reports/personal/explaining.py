"""From a stored score back down to the items: the numbers with which a person can compute it again."""

from collections.abc import Sequence
from fractions import Fraction

from questionnaires.version_document import NOT_APPLICABLE as NA_ANSWER
from questionnaires.version_document import Item
from reports.personal import wording
from reports.personal.values import ANSWERED, NOT_APPLICABLE, UNANSWERED, Calculation, ItemLine
from scoring.bands import Band
from scoring.items import exact, exact_score, keyed_position, spec_of
from scoring.scales import PRORATED


def item_line(item: Item, material) -> ItemLine:
    """An item with the person's own answer in words and in numbers."""
    given = material.answers.get(item.code)
    state, label, value = _given(item, given, material)
    return ItemLine(
        code=item.code,
        stem=material.say(item.stem),
        left=material.say(item.left),
        right=material.say(item.right),
        state=state,
        answer=label,
        value=value,
        keyed=keyed_position(item, value) if value is not None else None,
        lowest=item.response_set.minimum,
        highest=item.response_set.maximum,
        is_reversed=item.is_reversed,
        weight=item.weight,
        score=exact_score(spec_of(item), value),
    )


def _given(item, given, material):
    if given is None:
        return UNANSWERED, wording.unanswered(), None
    if given == NA_ANSWER:
        return NOT_APPLICABLE, material.say(item.response_set.na_label) or wording.not_applicable(), None
    label = next(option.label for option in item.response_set.options if option.value == given)
    return ANSWERED, material.say(label), given


def calculation(items: Sequence[ItemLine], scale_code: str, band: Band | None, material) -> Calculation:
    """The steps from item scores to the stored score of a scored scale.

    Args:
        items: of the scale, each with ``state``, ``weight`` and ``score``; vignettes too.
        band: of the scale's score.
    """
    result = material.results[scale_code]
    used = [line for line in items if line.state == ANSWERED]
    low, high = _band_range(band, material)
    return Calculation(
        count=len(used),
        applicable=result.applicable,
        needed=material.needed(scale_code),
        total=sum((exact(line.weight) * line.score for line in used), Fraction(0)),
        weight=sum((exact(line.weight) for line in used), Fraction(0)),
        mean=result.score / 100,
        score=result.score,
        display=result.display,
        band=material.say(band.name) if band else "",
        band_low=low,
        band_high=high,
        is_weighted=any(line.weight != 1 for line in used),
        is_prorated=result.status == PRORATED,
    )


def _band_range(band: Band | None, material) -> tuple[int | None, int | None]:
    """The displayed points of a band of the rule."""
    if band is None:
        return None, None
    bands = material.rule.bands if band in material.rule.bands else material.rule.situational_bands
    above = [other.minimum for other in bands if other.minimum > band.minimum]
    return band.minimum, min(above) - 1 if above else 100
