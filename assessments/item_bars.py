"""The bars of one distribution as numbers of an SVG, for every kind of item: the template computes nothing."""

import math
from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format

_WIDTH, _HEIGHT, _GAP = 240, 64, 4  # units of the drawing's own coordinates
_LABELS = 14  # below the bars
_MOST_BARS = 25  # more values than these share bars


def bar_chart(groups: Sequence[tuple[str, int]], n: int) -> dict[str, Any]:
    """Bars in the given order, and the commonest of them; the caller adds the sentence.

    Args:
        groups: (label, people) a bar, at least one of them with people.
        n: the people of whom the bars are shares.
    """
    step, tallest = _WIDTH / len(groups), max(count for _label, count in groups)
    bars = []
    for place, (label, count) in enumerate(groups):
        height = round(_HEIGHT * count / tallest, 1)
        bars.append(
            {
                "label": label,
                "count": count,
                "percent": decimal(100 * count / n, 1),
                "x": round(place * step + _GAP / 2, 1),
                "y": round(_HEIGHT - height, 1),
                "width": round(max(step - _GAP, 1), 1),
                "height": height,
                "middle": round((place + 0.5) * step, 1),
            }
        )
    return {
        "bars": bars,
        "commonest": max(bars, key=lambda bar: bar["count"]),
        "width": _WIDTH,
        "height": _HEIGHT,
        "full_height": _HEIGHT + _LABELS,
        "label_y": _HEIGHT + _LABELS - 3,
    }


def value_groups(counts: Sequence[int], minimum: int) -> list[tuple[str, int]]:
    """(label, people) a bar: one value each, or ranges of equal width where there are many."""
    width = math.ceil(len(counts) / _MOST_BARS)
    groups = []
    for start in range(0, len(counts), width):
        part = counts[start : start + width]
        low, high = minimum + start, minimum + start + len(part) - 1
        groups.append((str(low) if low == high else f"{low}–{high}", sum(part)))
    return groups


def decimal(value: float, digits: int) -> str:
    """Halves of the last digit go where the float lies; a number that rounds to nothing has no sign."""
    return number_format(round(value, digits) + 0.0, decimal_pos=digits)
