"""The scoring engine: one code path for one person and for a million.

    plan = compile_plan(document, rule)              # once a version and rule
    matrix = encode(plan, [{"TK01": 4, "TK02": "na"}])   # or the stored bytes, people x slots
    table = score(plan, matrix)
    table.person(0)["DIRI"].display

Answers are one byte a slot in the document's slot order: 0 no answer, 255 not applicable, else the value or the
option's place. A vignette of several slots counts once, and only when all its slots are there. A value that an item
cannot have raises :class:`AnswerError` with the row and the item; nothing is clamped. See
:mod:`.plan` for how exact whole numbers make the result independent of batch size and of the order of
addition.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.items import AnswerError
from scoring.plan import (
    ANSWERED,
    BYTES,
    DENOMINATOR,
    NOT_APPLICABLE_COUNT,
    NUMERATOR,
    PERSON,
    STYLE,
    UNIT,
    Plane,
    PlanError,
    ScalePlan,
    ScoringPlan,
    compile_plan,
)
from scoring.results import STATUS_CODES, ScaleResult, ScoreTable
from scoring.scales import NO_WEIGHT, SCORED, TOO_FEW_ANSWERS, TOO_MANY_NA
from scoring.slots import NA_BYTE, NO_ANSWER_BYTE

__all__ = [
    "ENGINE_VERSION",
    "NA_BYTE",
    "NO_ANSWER_BYTE",
    "PERSON",
    "STYLE",
    "UNIT",
    "AnswerError",
    "PlanError",
    "ScalePlan",
    "ScaleResult",
    "ScoreTable",
    "ScoringPlan",
    "compile_plan",
    "encode",
    "score",
]

# Raised whenever any input could lead to another number than before; stored with every score sheet.
ENGINE_VERSION = "1"

SINGLE_THREAD_PRODUCT = 200_000  # rows x slots x columns; OpenBLAS starts threads above 2**18
BLOCK_ROWS = 4096  # people at a time: fastest of 512 .. 16384 with 60 slots; about 4 MB of working arrays


def encode(plan: ScoringPlan, answers: Sequence[Mapping[str, int | str]]) -> np.ndarray:
    """Answers by item code as the matrix :func:`score` reads: people x slots, uint8.

    Args:
        answers: one mapping a person; items without an answer are absent, ``"na"`` means not applicable.

    Raises:
        AnswerError: an item the document does not have, or a value the item cannot have.
    """
    rows = bytearray()
    encoding, width = plan.encoding, len(plan.slots)
    for row, given in enumerate(answers):
        line = bytearray(width)
        for code, value in given.items():
            try:
                slot, allowed = encoding[code]
                line[slot] = allowed[value]
            except (KeyError, TypeError):
                _encode_parts(plan, line, row, code, value)
        rows += line
    return np.frombuffer(bytes(rows), dtype=np.uint8).reshape(len(answers), width)


def _encode_parts(plan: ScoringPlan, line: bytearray, row: int, code: object, value: object) -> None:
    """The answer to a vignette of several slots, ``{part: value}``; a part may be missing."""
    parted = plan.parted.get(code) if isinstance(code, str) else None
    if parted is None or not isinstance(value, Mapping):
        raise _answer_error(plan, row, code, value)
    for part, each in value.items():
        slot = parted.slots.get(part)
        allowed = {} if slot is None else plan.values[slot][1]
        if isinstance(each, bool) or not isinstance(each, (int, str)) or each not in allowed:
            raise _answer_error(plan, row, code, value)
        line[slot] = allowed[each]
    chosen = [byte for byte in (line[slot] for slot in parted.places) if byte]
    if parted.is_best_worst and len(chosen) > len(set(chosen)):
        raise _same_twice(row, code, value)


def score(plan: ScoringPlan, matrix: np.ndarray) -> ScoreTable:
    """Score every row of an answer matrix.

    Args:
        matrix: people x slots, uint8, in the slot order of the document.

    Returns:
        a :class:`ScoreTable` with one row a person, in the same order.

    Raises:
        AnswerError: a byte that is no answer of its item; names the row and the item.
        ValueError: the matrix has another shape or type.
    """
    if matrix.ndim != 2 or matrix.shape[1] != len(plan.slots) or matrix.dtype != np.uint8:
        raise ValueError(
            f"Matriks jawaban harus uint8 dengan {len(plan.slots)} kolom, bukan {matrix.dtype} {matrix.shape}."
        )
    table = ScoreTable.empty(plan, people=len(matrix))
    work = _Workspace.of(plan, rows=min(len(matrix), BLOCK_ROWS))
    for start in range(0, len(matrix), BLOCK_ROWS):
        _score_block(plan, matrix, slice(start, min(start + BLOCK_ROWS, len(matrix))), work, table)
    return table


@dataclass(frozen=True, eq=False)
class _Workspace:
    """Arrays used again for every block; fresh memory for each would cost a third of the time."""

    offsets: np.ndarray
    cells: np.ndarray
    looked_up: tuple[np.ndarray, ...]
    k: np.ndarray
    needed_applicable: np.ndarray

    @classmethod
    def of(cls, plan: ScoringPlan, *, rows: int) -> "_Workspace":
        shape = (rows, len(plan.slots))
        counts = [scale.k for scale in plan.scales]
        need = plan.rule.completeness
        return cls(
            offsets=np.arange(len(plan.slots), dtype=np.intp) * BYTES,
            cells=np.empty(shape, dtype=np.intp),
            looked_up=tuple(np.empty(shape, dtype=plane.table.dtype) for plane in plan.planes),
            k=np.array(counts, dtype=np.int32),
            needed_applicable=np.array([need.required_applicable(k) for k in counts], dtype=np.int32),
        )


def _score_block(
    plan: ScoringPlan, matrix: np.ndarray, rows: slice, work: _Workspace, table: ScoreTable
) -> None:
    """Look up, multiply and unpack one block of people into the table."""
    block = _without_halves(plan, matrix[rows], rows.start)
    cells = np.add(block, work.offsets, out=work.cells[: len(block)])
    sums: dict[str, np.ndarray] = {}
    for plane, buffer in zip(plan.planes, work.looked_up, strict=True):
        # Every cell lies within the table (a byte plus its slot's offset); "clip" spares numpy a second
        # check.
        found = np.take(plane.table, cells, mode="clip", out=buffer[: len(block)])
        totals = _product(found, plane.membership)
        check = totals[:, -1]
        if (check != check).any():  # NaN is the one value that differs from itself, in floats and in objects
            raise _invalid_byte(plan, block, rows.start)
        _unpack(plane, totals[:, :-1], sums)
    answered = sums[ANSWERED].astype(np.int32)
    applicable = work.k - sums[NOT_APPLICABLE_COUNT].astype(np.int32)
    table.numerator[rows] = sums[NUMERATOR]
    table.denominator[rows] = sums[DENOMINATOR]
    table.answered[rows] = answered
    table.applicable[rows] = applicable
    table.status[rows] = _status(plan, work, answered, applicable, sums[DENOMINATOR] == 0)


def _without_halves(plan: ScoringPlan, block: np.ndarray, first_row: int) -> np.ndarray:
    """The block with vignettes that are answered in part taken as not answered.

    Raises:
        AnswerError: a byte that is no answer, or one action named both best and worst.
    """
    if not plan.parted:
        return block
    block = block.copy()
    for parted in plan.parted.values():
        places = parted.places
        cells = block[:, places]
        if not plan.valid[places, cells].all():
            raise _invalid_byte(plan, block, first_row)
        if parted.is_best_worst:
            same = (cells[:, 0] == cells[:, 1]) & (cells[:, 0] != NO_ANSWER_BYTE)
            if same.any():
                raise _same_twice(first_row + int(same.argmax()), parted.code, int(cells[same.argmax(), 0]))
        half = (cells == NO_ANSWER_BYTE).any(axis=1)
        cells[half] = NO_ANSWER_BYTE
        block[:, places] = cells
    return block


def _product(values: np.ndarray, membership: np.ndarray) -> np.ndarray:
    """``values @ membership`` as a stack of products, each small enough to stay on one thread.

    OpenBLAS shares larger products between threads, which gains nothing here and on a busy server waits for
    every one of them (measured: up to twenty times slower).
    """
    totals = np.empty((len(values), membership.shape[1]), dtype=values.dtype)
    step = max(1, SINGLE_THREAD_PRODUCT // max(1, membership.size))
    whole = len(values) - len(values) % step
    if whole:
        stack = (-1, step, values.shape[1])
        np.matmul(
            values[:whole].reshape(stack), membership, out=totals[:whole].reshape(-1, step, totals.shape[1])
        )
    np.matmul(values[whole:], membership, out=totals[whole:])
    return totals


def _unpack(plane: Plane, totals: np.ndarray, sums: dict[str, np.ndarray]) -> None:
    """Split the bit fields of a plane's sums; the floats hold whole numbers below 2**53."""
    if plane.fields[0].bits is None:
        sums[plane.fields[0].name] = totals
        return
    whole = totals.astype(np.int64)
    for field in plane.fields:
        sums[field.name] = (whole >> field.shift) & ((1 << field.bits) - 1)


def _status(
    plan: ScoringPlan, work: _Workspace, answered: np.ndarray, applicable: np.ndarray, weightless: np.ndarray
) -> np.ndarray:
    """Status codes. ``a >= ceil(p*b/q)`` is decided as ``a*q >= p*b``, which is the same in whole numbers."""
    need = plan.rule.completeness
    enough = answered * need.answered_denominator >= applicable * need.answered_numerator
    enough &= answered >= np.minimum(need.minimum_items, work.k)
    status = (answered < applicable).astype(np.uint8)  # scored 0, prorated 1
    status[weightless] = STATUS_CODES[NO_WEIGHT]
    status[~enough] = STATUS_CODES[TOO_FEW_ANSWERS]
    status[applicable < work.needed_applicable] = STATUS_CODES[TOO_MANY_NA]
    return status


assert STATUS_CODES[SCORED] == 0  # _status counts on it


def _invalid_byte(plan: ScoringPlan, block: np.ndarray, first_row: int) -> AnswerError:
    valid = plan.valid[np.arange(len(plan.slots)), block]
    row, slot = (int(index) for index in np.argwhere(~valid)[0])
    byte = int(block[row, slot])
    code, allowed = plan.values[slot]
    names = {place: value for value, place in allowed.items()}
    return _answer_error(plan, first_row + row, code, "na" if byte == NA_BYTE else names.get(byte, byte))


def _same_twice(row: int, code: str, value: object) -> AnswerError:
    sentence = f"Butir {code}: tindakan terbaik dan terburuk tidak boleh sama."
    return AnswerError(sentence, item=code, value=value, row=row)


def _answer_error(plan: ScoringPlan, row: int, code: object, value: object) -> AnswerError:
    places = [slot for slot, (owner, _allowed) in enumerate(plan.values) if owner == code]
    if not places:
        return AnswerError(
            f"Butir {code!r} tidak ada dalam kuesioner ini.", item=str(code), value=value, row=row
        )
    values = [each for each in plan.values[places[0]][1] if each != "na"]
    if value == "na":
        sentence = f'Butir {code}: jawaban "tidak berlaku" tidak tersedia untuk butir ini.'
    elif isinstance(value, Mapping):
        sentence = f"Butir {code}: bentuk atau isi jawaban {value!r} tidak dikenal."
    elif isinstance(values[0], str):
        sentence = f"Butir {code}: pilihan {value!r} tidak ada; pilihannya {', '.join(values)}."
    else:
        sentence = f"Butir {code}: nilai {value!r} berada di luar skala {values[0]} sampai {values[-1]}."
    return AnswerError(sentence, item=code, value=value, row=row)
