"""What one byte of a slot may be, and what it adds to the four sums of a scale. Pure; a part of :mod:`.plan`.

An item is answered, not applicable and weighed once, however many slots it has: its first slot carries the counts and
the weight, and every slot its share of the score. Whether all slots of an item are there is the engine's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from questionnaires.version_document import (
    NOT_APPLICABLE,
    RESPONSE_SET_TYPES,
    SJT_BEST_WORST,
    SOCIAL_DESIRABILITY,
    Item,
    VersionDocument,
)
from scoring.items import exact, exact_score, is_extreme, part_scores, spec_of

NO_ANSWER_BYTE, NA_BYTE = 0, 255

Sums = tuple[Fraction, Fraction, Fraction, Fraction]  # answered, not applicable, weighted score, weight
_ZERO, _ONE = Fraction(0), Fraction(1)
_NOTHING: Sums = (_ZERO, _ZERO, _ZERO, _ZERO)


@dataclass(frozen=True)
class PartedItem:
    """A vignette of several slots. ``slots`` by part; ``is_best_worst``: the two parts must differ."""

    code: str
    slots: Mapping[str, int]
    is_best_worst: bool

    @property
    def places(self) -> list[int]:
        return list(self.slots.values())


def parted_items(document: VersionDocument) -> tuple[PartedItem, ...]:
    """The items whose answers have parts, in the order of the form."""
    return tuple(
        PartedItem(
            code=item.code,
            slots=MappingProxyType(dict(zip(item.parts, document.slots_of_item[item.code], strict=True))),
            is_best_worst=item.type == SJT_BEST_WORST,
        )
        for item in document.items
        if item.parts
    )


def encoding_of(item: Item) -> Mapping[int | str, int]:
    """The byte of every value that a slot of an item may hold."""
    if item.type in RESPONSE_SET_TYPES:
        table: dict[int | str, int] = {value: value for value in item.response_set.values}
    else:
        table = {option.code: place for place, option in enumerate(item.options, start=1)}
    if item.na_allowed:
        table[NOT_APPLICABLE] = NA_BYTE
    return MappingProxyType(table)


def contributions(item: Item, is_scored: bool) -> list[dict[int, Sums]]:
    """For each slot of an item, what each byte adds. What is not scored may be answered and adds nothing."""
    encoding = encoding_of(item)
    if not is_scored:
        nothing = dict.fromkeys([NO_ANSWER_BYTE, *encoding.values()], _NOTHING)
        return [dict(nothing) for _slot in item.slots]
    weight = exact(item.weight)
    if not item.is_situational:
        return [_rating_sums(item, encoding, weight)]
    tables = []
    for number, shares in enumerate(part_scores(item)):
        count, mass = (_ONE, weight) if number == 0 else (_ZERO, _ZERO)
        sums = {encoding[value]: (count, _ZERO, weight * share, mass) for value, share in shares.items()}
        tables.append({NO_ANSWER_BYTE: _NOTHING, **sums})
    return tables


def _rating_sums(item: Item, encoding: Mapping[int | str, int], weight: Fraction) -> dict[int, Sums]:
    table: dict[int, Sums] = {NO_ANSWER_BYTE: _NOTHING}
    for value, byte in encoding.items():
        if value == NOT_APPLICABLE:
            table[byte] = (_ZERO, _ONE, _ZERO, _ZERO)
        elif item.role == SOCIAL_DESIRABILITY:  # a share of answers: every item counts the same
            table[byte] = (_ONE, _ZERO, Fraction(is_extreme(item, value)), _ONE)
        else:
            table[byte] = (_ONE, _ZERO, weight * exact_score(spec_of(item), value), weight)
    return table


def item_problems(item: Item) -> list[str]:
    """Why an item cannot be scored exactly as written, as Indonesian sentences; empty if it can."""
    if item.type in RESPONSE_SET_TYPES:
        values = [option.value for option in item.response_set.options]
        if len(values) < 2 or values != list(range(values[0], values[0] + len(values))):
            return [f"Butir {item.code}: nilai pilihan harus berurutan tanpa celah dan sedikitnya dua."]
        if values[0] <= NO_ANSWER_BYTE or values[-1] >= NA_BYTE:
            return [f"Butir {item.code}: nilai pilihan harus di antara 1 dan 254.", *_score_problems(item)]
    return _score_problems(item)


def _score_problems(item: Item) -> list[str]:
    problems = []
    if item.key not in (1, -1):
        problems.append(f"Butir {item.code}: kunci harus 1 atau -1.")
    try:
        if not item.is_unscored:
            spec_of(item)
        if exact(item.weight) < 0:
            problems.append(f"Butir {item.code}: bobot tidak boleh negatif.")
    except ValueError as error:
        problems.append(str(error))
    return problems
