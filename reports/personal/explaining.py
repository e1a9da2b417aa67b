"""From a stored score back down to the items: the numbers with which a person can compute it again."""

from fractions import Fraction

from questionnaires.version_document import NOT_APPLICABLE as NA_ANSWER
from questionnaires.version_document import Item
from reports.personal import wording
from reports.personal.values import ANSWERED, NOT_APPLICABLE, UNANSWERED, Calculation, ItemLine
from scoring.items import exact, exact_score, keyed_position, spec_of
from scoring.results import ScaleResult
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


def calculation(items: tuple[ItemLine, ...], result: ScaleResult, band: str) -> Calculation:
    """The steps from item scores to the stored score of a scored dimension."""
    used = [line for line in items if line.state == ANSWERED]
    total = sum((exact(line.weight) * line.score for line in used), Fraction(0))
    return Calculation(
        count=len(used),
        total=total,
        weight=sum((exact(line.weight) for line in used), Fraction(0)),
        mean=result.score / 100,
        score=result.score,
        display=result.display,
        band=band,
        is_weighted=any(line.weight != 1 for line in used),
        is_prorated=result.status == PRORATED,
    )
