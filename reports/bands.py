"""Drawing the bands of a rule: key, colours and the zones under a score. Pure.

The style sheets have four shades; a rule may have another number of bands.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.version_document import Text
from scoring.bands import Band

SHADES = 4


@dataclass(frozen=True)
class Zone:
    """A band from ``low`` to ``high`` (displayed points), drawn from ``start`` over ``width`` (percent)."""

    name: Text
    shade: int
    low: int
    high: int
    start: float
    width: float


def shade_of(number: int, count: int) -> int:
    """The shade (1..4) of the ``number``-th of ``count`` bands: lowest and highest band have the outer shades."""
    return 1 + round((number - 1) * (SHADES - 1) / (count - 1)) if count > 1 else 1


def zones_of(bands: Sequence[Band]) -> tuple[Zone, ...]:
    """The zones of a rule's bands. Displayed points are rounded, so a zone begins half a point below its minimum."""
    minimums = [band.minimum for band in bands]
    starts = [0.0, *(minimum - 0.5 for minimum in minimums[1:])]
    ends = [*starts[1:], 100.0]
    highs = [*(minimum - 1 for minimum in minimums[1:]), 100]
    return tuple(
        Zone(band.name, shade_of(number, len(bands)), band.minimum, high, start, end - start)
        for number, (band, high, start, end) in enumerate(zip(bands, highs, starts, ends, strict=True), 1)
    )
