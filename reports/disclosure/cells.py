"""What a reader gets to see of one figure: a shown cell, or a hidden one with nothing in it."""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .threshold import THRESHOLD

DISTRIBUTION_THRESHOLD = 30
"""People. Answer distributions and standard deviations say more about single persons than a mean does, so
they are published only under the same rules run with this threshold."""

MASKED_BELOW_N = 30
"""People. In a smaller group a figure near 0 or 100 tells what nearly everybody in it answered."""

MASKED_HIGH = 95
MASKED_LOW = 5
"""Points or percent. Figures beyond these are shown only as the bound in groups under `MASKED_BELOW_N`."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A figure that may be shown.

    `n` is the number of people with a value, `value` the figure in whole points or percent (0 to 100; for a
    masked figure the bound it lies beyond), `display` the text of it, such as "71", ">=95" or "<=5".
    Raises ValueError for a group under `THRESHOLD`, for decimals, and for an unmasked extreme of a group
    under `MASKED_BELOW_N`, whoever builds the cell.
    """

    n: int
    value: int
    display: str

    def __post_init__(self) -> None:
        if self.n < THRESHOLD:
            raise ValueError(f"A cell about fewer than {THRESHOLD} people may not be shown.")
        if self.value != int(self.value):
            raise ValueError("A shown cell holds whole points: decimals would help to undo the masking.")
        if self.n < MASKED_BELOW_N and not MASKED_LOW <= self.value <= MASKED_HIGH:
            raise ValueError(f"An extreme figure of fewer than {MASKED_BELOW_N} people must be masked.")


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """A figure that may not be shown. It knows neither the figure, nor n, nor why it is hidden."""


Cell = ShownCell | HiddenCell


def percentage_cell(*, is_shown: bool, n: int, percentage: float | None) -> Cell:
    """The cell of a percentage (0 to 100) of `n` people; `is_shown` is what the pattern says about its place.

    Nobody answered (n = 0) gives a hidden cell. Raises ValueError if the pattern shows a group of 1 to 9.
    """
    return _cell(is_shown, n, percentage)


def mean_cell(*, is_shown: bool, n: int, mean: float | None) -> Cell:
    """The cell of a mean score (0 to 100); otherwise as `percentage_cell`."""
    return _cell(is_shown, n, mean)


def masked_percentage(n: int, percentage: float) -> str:
    """The text of a percentage (0 to 100) of `n` people: a whole number, or ">=95" / "<=5".

    Under 30 people, anything above 95 or below 5 is shown as the bound; exactly 95 and exactly 5 stay.
    Rounds halves up. Raises ValueError for fewer than `THRESHOLD` people or a figure outside 0 to 100.
    """
    return _masked(n, percentage)[1]


def masked_mean(n: int, mean: float) -> str:
    """The text of a mean score (0 to 100) of `n` people, masked like `masked_percentage`."""
    return _masked(n, mean)[1]


def _cell(is_shown: bool, n: int, figure: float | None) -> Cell:
    if not is_shown or n == 0 or figure is None:
        return HiddenCell()
    value, display = _masked(n, figure)
    return ShownCell(n=n, value=value, display=display)


def _masked(n: int, figure: float) -> tuple[int, str]:
    if n < THRESHOLD:
        raise ValueError(f"A figure about fewer than {THRESHOLD} people may not be shown.")
    if math.isnan(figure) or not 0 <= figure <= 100:
        raise ValueError("A figure to be shown must lie between 0 and 100.")
    if n < MASKED_BELOW_N and figure > MASKED_HIGH:
        return MASKED_HIGH, f">={MASKED_HIGH}"
    if n < MASKED_BELOW_N and figure < MASKED_LOW:
        return MASKED_LOW, f"<={MASKED_LOW}"
    rounded = int(Decimal(figure).quantize(Decimal(1), ROUND_HALF_UP))
    return rounded, str(rounded)
