"""How the scores of a sheet are kept: exact fractions, in the order of the scoring plan.

A sheet is written in the narrowest width into which all its fractions fit, five to eleven bytes a scale; its length
tells which. Twelve scales of the shipped banks take 60 bytes; as JSON they would take ten times as much for every one
of millions of sheets. The numbers are the fraction itself (``score = 100 * numerator / denominator``), so a sheet can
be shown again to the last bit. The fraction of several vignettes may need more than four bytes: then its sheet is
wider still, in steps of four.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from scoring.plan import ScoringPlan
from scoring.results import ScoreTable

_COUNT_BYTES = 3  # answered, applicable, status
_STEP = 4  # bytes by which numbers grow beyond what numpy reads


def _cells(number):
    fractions = [("numerator", number), ("denominator", number)]
    return np.dtype(fractions + [(name, "u1") for name in ("answered", "applicable", "status")])


# Bytes of a numerator or denominator to the cell of a scale that numpy reads.
_NARROW = {1: _cells("u1"), 2: _cells("<u2"), 4: _cells("<u4")}


def pack(table: ScoreTable, row: int = 0) -> bytes:
    """One person's row of a score table as stored."""
    fractions = [
        _lowest_terms(int(top), int(bottom))
        for top, bottom in zip(table.numerator[row], table.denominator[row], strict=True)
    ]
    width = _width_of(fractions)
    counts = zip(table.answered[row], table.applicable[row], table.status[row], strict=True)
    stored = bytearray()
    for fraction, others in zip(fractions, counts, strict=True):
        for number in fraction:
            stored += number.to_bytes(width, "little")
        stored += bytes(int(count) for count in others)
    return bytes(stored)


def _width_of(fractions):
    """Bytes of the largest number: 1, 2, 4, 8, 12 and so on. Of scores in 0..1, so the denominator is the larger."""
    needed = -(-max((bottom for _top, bottom in fractions), default=0).bit_length() // 8)
    return next((width for width in _NARROW if needed <= width), -(-needed // _STEP) * _STEP)


def _lowest_terms(numerator, denominator):
    if denominator == 0:
        return 0, 0
    fraction = Fraction(numerator, denominator)
    return fraction.numerator, fraction.denominator


def unpack(plan: ScoringPlan, stored: Sequence[bytes]) -> ScoreTable:
    """Stored sheets as a score table of the plan with which they were made; one row a sheet.

    Raises:
        ValueError: a sheet does not fit the plan, which would mean damaged data.
    """
    people, scales = len(stored), len(plan.scales)
    narrow = np.zeros((people, scales), dtype=_NARROW[4])
    lengths = np.array([len(sheet) for sheet in stored], dtype=np.int64)
    is_read = np.zeros(people, dtype=bool)
    for cells in _NARROW.values():
        rows = np.flatnonzero((lengths == scales * cells.itemsize) & ~is_read)
        joined = b"".join(bytes(stored[row]) for row in rows)
        narrow[rows] = np.frombuffer(joined, dtype=cells).reshape(len(rows), scales).astype(_NARROW[4])
        is_read[rows] = True
    sums = np.int64 if plan.is_bounded else object
    table = ScoreTable(
        plan=plan,
        numerator=narrow["numerator"].astype(sums),
        denominator=narrow["denominator"].astype(sums),
        answered=narrow["answered"].astype(np.int16),
        applicable=narrow["applicable"].astype(np.int16),
        status=narrow["status"].copy(),
    )
    for row in np.flatnonzero(~is_read):
        _read_wide(table, row, bytes(stored[row]))
    return table


def _read_wide(table, row, sheet):
    scales = len(table.plan.scales)
    width, rest = divmod(len(sheet) - scales * _COUNT_BYTES, 2 * scales) if scales else (0, 1)
    if rest or width <= max(_NARROW) or width % _STEP:
        raise ValueError(f"Lembar skor {len(sheet)} bita tidak sesuai dengan {scales} skala aturan ini.")
    cell = 2 * width + _COUNT_BYTES
    for column in range(scales):
        part = sheet[column * cell : (column + 1) * cell]
        table.numerator[row, column] = int.from_bytes(part[:width], "little")
        table.denominator[row, column] = int.from_bytes(part[width : 2 * width], "little")
        counts = (table.answered, table.applicable, table.status)
        for array, count in zip(counts, part[2 * width :], strict=True):
            array[row, column] = count
