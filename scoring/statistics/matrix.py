"""The answers a statistic is computed from: which items, how they are keyed, and turning raw into keyed values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


class MatrixError(ValueError):
    """A matrix or key that cannot be used; the message is the Indonesian sentence that the user reads."""


@dataclass(frozen=True)
class ItemKey:
    """One item of a matrix: whole values ``minimum..maximum``; ``key`` -1 means that it is scored in reverse.

    Raises:
        MatrixError: a key other than 1 or -1, or bounds that leave fewer than two values.
    """

    code: str
    key: int = 1
    minimum: int = 1
    maximum: int = 5

    def __post_init__(self) -> None:
        if self.key not in (1, -1):
            raise MatrixError(f"Butir {self.code}: kunci {self.key!r} harus 1 atau -1.")
        if self.minimum >= self.maximum:
            raise MatrixError(
                f"Butir {self.code}: nilai terendah {self.minimum} harus di bawah nilai tertinggi {self.maximum}."
            )

    @property
    def width(self) -> int:
        """Distance of the highest from the lowest value."""
        return self.maximum - self.minimum


def keyed_values(raw: np.ndarray, items: Sequence[ItemKey]) -> np.ndarray:
    """Raw answers with reversed items turned (``minimum + maximum - x``), the one place where this happens.

    Args:
        raw: people x items, NaN where there is no answer.

    Returns:
        a new float64 array of the same shape.

    Raises:
        MatrixError: another shape, or a value outside its item's bounds; nothing is ever clamped.
    """
    raw = as_matrix(raw, items)
    low, high = bounds(items)
    outside = (raw < low) | (raw > high)
    if outside.any():
        row, column = (int(place) for place in np.argwhere(outside)[0])
        item = items[column]
        raise MatrixError(
            f"Baris ke-{row + 1}, butir {item.code}: nilai {raw[row, column]:g} berada di luar "
            f"{item.minimum} sampai {item.maximum}."
        )
    return turned(raw, items)


def turned(raw: np.ndarray, items: Sequence[ItemKey]) -> np.ndarray:
    """As :func:`keyed_values`, without the check of the bounds."""
    low, high = bounds(items)
    reverse = np.array([item.key < 0 for item in items], dtype=bool)
    return np.where(reverse, low + high - raw, raw)


def bounds(items: Sequence[ItemKey]) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest value of each item, float64."""
    return (
        np.array([item.minimum for item in items], dtype=np.float64),
        np.array([item.maximum for item in items], dtype=np.float64),
    )


def as_matrix(values: np.ndarray, items: Sequence[ItemKey]) -> np.ndarray:
    """The array as float64, people x items.

    Raises:
        MatrixError: another shape, no items, repeated codes, or an infinite value.
    """
    values = np.asarray(values, dtype=np.float64)
    if not items:
        raise MatrixError("Tidak ada butir.")
    if len({item.code for item in items}) < len(items):
        raise MatrixError("Kode butir tidak boleh berulang.")
    if values.ndim != 2 or values.shape[1] != len(items):
        raise MatrixError(f"Matriks jawaban harus orang x {len(items)} butir, bukan {values.shape}.")
    if np.isinf(values).any():
        raise MatrixError("Matriks jawaban memuat nilai tak hingga.")
    return values
