"""How the scores of a sheet are kept: exact fractions, eleven bytes a scale, in the order of the scoring plan.

Twelve scales take 132 bytes; as JSON they would take five times as much for every one of millions of sheets. The
numbers are the fraction itself (``score = 100 * numerator / denominator``), so a sheet can be shown again to the
last bit. The fraction of several vignettes may need more than the usual four bytes: then the whole sheet has wider
numbers, and its length says how wide.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from scoring.plan import ScoringPlan
from scoring.results import ScoreTable

_USUAL_BYTES = 4  # of a numerator or denominator
_COUNT_BYTES = 3  # answered, applicable, status
_SCALE = np.dtype(
    [("numerator", "<u4"), ("denominator", "<u4"), ("answered", "u1"), ("applicable", "u1"), ("status", "u1")]
)


def pack(table: ScoreTable, row: int = 0) -> bytes:
    """One person's row of a score table as stored."""
    columns = range(len(table.plan.scales))
    fractions = [
        _lowest_terms(int(table.numerator[row, column]), int(table.denominator[row, column]))
        for column in columns
    ]
    largest = max((max(fraction) for fraction in fractions), default=0)
    # Widened in steps of four, so that the length of a sheet has few values.
    width = max(1, -(-largest.bit_length() // (8 * _USUAL_BYTES))) * _USUAL_BYTES
    stored = bytearray()
    for column, fraction in zip(columns, fractions, strict=True):
        for number in fraction:
            stored += number.to_bytes(width, "little")
        counts = (table.answered[row, column], table.applicable[row, column], table.status[row, column])
        stored += bytes(int(count) for count in counts)
    return bytes(stored)


def _lowest_terms(numerator, denominator):
    if denominator == 0:
        return 0, 0
    fraction = Fraction(numerator, denominator)
    return fraction.numerator, fraction.denominator


def unpack(plan: ScoringPlan, stored: Sequence[bytes]) -> ScoreTable:
    """Stored sheets of one plan as a score table, one row a sheet.

    Raises:
        ValueError: a sheet does not fit the plan, which would mean damaged data.
    """
    scales = len(plan.scales)
    sheets = [bytes(sheet) for sheet in stored]
    usual = scales * _SCALE.itemsize
    cells = np.zeros((len(sheets), scales), dtype=_SCALE)
    wide = [row for row, sheet in enumerate(sheets) if len(sheet) != usual]
    narrow = np.array([len(sheet) == usual for sheet in sheets], dtype=bool)
    cells[narrow] = np.frombuffer(
        b"".join(sheet for sheet in sheets if len(sheet) == usual), dtype=_SCALE
    ).reshape(-1, scales)
    sums = np.int64 if plan.is_bounded else object
    table = ScoreTable(
        plan=plan,
        numerator=cells["numerator"].astype(sums),
        denominator=cells["denominator"].astype(sums),
        answered=cells["answered"].astype(np.int16),
        applicable=cells["applicable"].astype(np.int16),
        status=cells["status"].copy(),
    )
    for row in wide:
        _read_wide(table, row, sheets[row])
    return table


def _read_wide(table, row, sheet):
    scales = len(table.plan.scales)
    width, rest = divmod(len(sheet) - scales * _COUNT_BYTES, 2 * scales) if scales else (0, len(sheet))
    if rest or width <= _USUAL_BYTES or width % _USUAL_BYTES:
        usual = scales * _SCALE.itemsize
        raise ValueError(f"Lembar skor {len(sheet)} bita, sedangkan aturan ini membutuhkan {usual} bita.")
    cell = 2 * width + _COUNT_BYTES
    for column in range(scales):
        part = sheet[column * cell : (column + 1) * cell]
        table.numerator[row, column] = int.from_bytes(part[:width], "little")
        table.denominator[row, column] = int.from_bytes(part[width : 2 * width], "little")
        counts = (table.answered, table.applicable, table.status)
        for array, count in zip(counts, part[2 * width :], strict=True):
            array[row, column] = count
