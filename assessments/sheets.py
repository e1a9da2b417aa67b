"""How the scores of a sheet are kept: exact fractions, eleven bytes a scale, in the order of the scoring plan.

Twelve scales take 132 bytes; as JSON they would take five times as much for every one of millions of sheets. The
numbers are the fraction itself (``score = 100 * numerator / denominator``), so a sheet can be shown again to the
last bit.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from scoring.plan import ScoringPlan
from scoring.results import ScoreTable

_SCALE = np.dtype(
    [("numerator", "<u4"), ("denominator", "<u4"), ("answered", "u1"), ("applicable", "u1"), ("status", "u1")]
)
_LARGEST = 2**32 - 1


def pack(table: ScoreTable, row: int = 0) -> bytes:
    """One person's row of a score table as stored.

    Raises:
        OverflowError: a fraction does not fit into 32 bits even in lowest terms (no shipped rule comes near).
    """
    cells = np.zeros(len(table.plan.scales), dtype=_SCALE)
    for column in range(len(cells)):
        fraction = _lowest_terms(int(table.numerator[row, column]), int(table.denominator[row, column]))
        counts = (table.answered[row, column], table.applicable[row, column], table.status[row, column])
        cells[column] = (*fraction, *counts)
    return cells.tobytes()


def _lowest_terms(numerator, denominator):
    if denominator == 0:
        return 0, 0
    fraction = Fraction(numerator, denominator)
    if fraction.denominator > _LARGEST:
        raise OverflowError("Pecahan skor tidak muat dalam lembar skor.")
    return fraction.numerator, fraction.denominator


def unpack(plan: ScoringPlan, stored: Sequence[bytes]) -> ScoreTable:
    """Stored sheets of one plan as a score table, one row a sheet.

    Raises:
        ValueError: a sheet does not fit the plan, which would mean damaged data.
    """
    width = len(plan.scales) * _SCALE.itemsize
    for sheet in stored:
        if len(sheet) != width:
            raise ValueError(f"Lembar skor {len(sheet)} bita, sedangkan aturan ini membutuhkan {width} bita.")
    cells = np.frombuffer(b"".join(bytes(sheet) for sheet in stored), dtype=_SCALE).reshape(
        len(stored), len(plan.scales)
    )
    return ScoreTable(
        plan=plan,
        numerator=cells["numerator"].astype(np.int64),
        denominator=cells["denominator"].astype(np.int64),
        answered=cells["answered"].astype(np.int16),
        applicable=cells["applicable"].astype(np.int16),
        status=cells["status"],
    )
