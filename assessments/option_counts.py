"""How often each option of an item was chosen, for the items that have no scale statistics. Pure.

Vignettes, forced choice and single choice, and the Likert items beside the scales: attention and ways of answering.
Rated content items have their distribution in :mod:`scoring.statistics`; open texts are never counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from questionnaires.version_document import (
    BIPOLAR,
    CONTENT,
    LIKERT,
    RESPONSE_SET_TYPES,
    Item,
    VersionDocument,
)
from scoring.engine import NA_BYTE, NO_ANSWER_BYTE
from scoring.statistics import HIDDEN, standing
from scoring.statistics.reasons import N_BELOW_MINIMUM


@dataclass(frozen=True)
class PartCounts:
    """One part of an item: most and least effective of a vignette, or one rated action; ``""`` for the item as a whole.

    ``counts``: people at each of the item's values, in their order; None with a ``reason`` where too few answered.
    """

    part: str
    n: int
    counts: tuple[int, ...] | None
    reason: str | None


@dataclass(frozen=True)
class OptionCounts:
    """One item as it may be shown. ``n``: people who answered every part of it.

    ``values``: what a part can hold, option codes or numbers. ``missing``: people to whom it applies without a complete
    answer; ``impossible``: stored values that the item does not have, counted as not answered.
    """

    item: Item
    values: tuple[int | str, ...]
    n: int
    missing: int
    not_applicable: int
    impossible: int
    parts: tuple[PartCounts, ...]

    @property
    def missing_share(self) -> float | None:
        """Of those to whom the item applies; None where there are none."""
        applicable = self.n + self.missing
        return self.missing / applicable if applicable else None


def count_options(document: VersionDocument, stored: np.ndarray) -> tuple[OptionCounts, ...]:
    """The distribution of every item without scale statistics, in the order of the form, with the gate applied.

    Args:
        stored: people x slots, uint8, in the slot order of the document.
    """
    return tuple(
        _of_item(item, stored[:, list(document.slots_of_item[item.code])])
        for item in document.items
        if item.slots and not (item.role == CONTENT and item.type in (LIKERT, BIPOLAR))
    )


def _of_item(item: Item, stored: np.ndarray) -> OptionCounts:
    bytes_ = _bytes_of(item)
    is_value = np.isin(stored, bytes_)
    is_na = stored == NA_BYTE
    complete, excused = is_value.all(axis=1), is_na.all(axis=1)
    n, not_applicable = int(complete.sum()), int(excused.sum())
    return OptionCounts(
        item=item,
        values=item.values,
        n=n,
        missing=len(stored) - n - not_applicable,
        not_applicable=not_applicable,
        impossible=int((~is_value & ~is_na & (stored != NO_ANSWER_BYTE)).sum()),
        parts=tuple(
            _part(name, stored[is_value[:, column], column], bytes_)
            for column, name in enumerate(item.parts or ("",))
        ),
    )


def _bytes_of(item: Item) -> tuple[int, ...]:
    """The stored byte of each value of the item: the value itself, or the place of the option from 1."""
    return item.values if item.type in RESPONSE_SET_TYPES else tuple(range(1, len(item.values) + 1))


def _part(name: str, given: np.ndarray, bytes_: Sequence[int]) -> PartCounts:
    n = len(given)
    if standing(n) == HIDDEN:
        return PartCounts(name, n, None, N_BELOW_MINIMUM)
    return PartCounts(name, n, tuple(int((given == byte).sum()) for byte in bytes_), None)
