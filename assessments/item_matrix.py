"""From files and stored bytes to the matrix that item statistics are computed from. Pure shaping; no database.

A keys file says what the columns of a CSV mean::

    {"items": {"A1": {"key": -1, "min": 1, "max": 6}, "A2": {"key": 1, "min": 1, "max": 6}}}

In the CSV an empty cell is a missing answer and ``na`` says that the item does not apply.
"""

import json
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from questionnaires.version_document import (
    BIPOLAR,
    CONTENT,
    LIKERT,
    NOT_APPLICABLE,
    Scale,
    VersionDocument,
)
from scoring.engine import NA_BYTE, NO_ANSWER_BYTE
from scoring.statistics import ItemKey, MatrixError
from tables.csv_files import CsvTable

MOST_PROBLEMS = 50
_MISSING, _NOT_APPLICABLE = -32768, -32767  # cells of the compact matrix that hold no answer
_LARGEST_VALUE = 9999
_LONGEST_KEPT = 20  # characters of a cell that is remembered: nobody can fill the memory with blanks
_WHOLE = re.compile(r"([+-]?\d{1,5})(?:[.,]0+)?\Z")
_KEY_PARTS = {"key", "min", "max"}


class MatrixProblems(ValueError):
    """Everything that keeps a file from being used; ``problems`` holds at most 50 sentences and how many follow."""

    def __init__(self, problems: Sequence[str], count: int | None = None):
        count = len(problems) if count is None else count
        self.problems = tuple(problems[:MOST_PROBLEMS])
        if count > MOST_PROBLEMS:
            self.problems += (f"… dan {count - MOST_PROBLEMS} masalah lainnya.",)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, eq=False)
class AnswerMatrix:
    """Raw answers: ``values`` people x items, float64, NaN where there is no answer; ``not_applicable`` alike, bool.

    ``ignored``: columns of the file that are no item.
    """

    items: tuple[ItemKey, ...]
    values: np.ndarray
    not_applicable: np.ndarray
    ignored: tuple[str, ...] = ()


# --- Keys -----------------------------------------------------------------------------------------------------------


def parse_keys(text: str) -> dict[str, ItemKey]:
    """The keys file as item keys by code.

    Raises:
        MatrixProblems: every reason why it cannot be used.
    """
    try:
        content = json.loads(text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        raise MatrixProblems(
            [f"Berkas kunci bukan JSON: baris {error.lineno}, kolom {error.colno}."]
        ) from None
    except ValueError:  # Python refuses to read a number of thousands of digits
        raise MatrixProblems(
            ["Berkas kunci tidak dapat dibaca: ada bilangan yang terlalu panjang."]
        ) from None
    except RecursionError:
        raise MatrixProblems(["Berkas kunci bukan JSON: terlalu dalam."]) from None
    if not isinstance(content, _Pairs) or content.names != ["items"]:
        raise MatrixProblems(['Berkas kunci harus berupa {"items": {...}} dan tidak memuat bagian lain.'])
    items = content.pairs[0][1]
    if not isinstance(items, _Pairs) or not items.pairs:
        raise MatrixProblems(['"items" harus memuat sedikitnya satu butir.'])
    keys: dict[str, ItemKey] = {}
    problems = [
        f"Butir {code} tertulis lebih dari sekali."
        for code in sorted({c for c in items.names if items.names.count(c) > 1})
    ]
    for code, entry in items.pairs:
        found = _key_problems(code, entry)
        problems += found
        if not found:
            values = dict(entry.pairs)
            keys[code] = ItemKey(code, values["key"], values["min"], values["max"])
    if problems:
        raise MatrixProblems(problems)
    return keys


class _Pairs:
    """A JSON object that has not yet forgotten names written twice."""

    def __init__(self, pairs: list[tuple[str, object]]):
        self.pairs = pairs
        self.names = [name for name, _ in pairs]


def _key_problems(code: str, entry: object) -> list[str]:
    if not code.strip() or code != code.strip():
        return [f"Kode butir {code!r} tidak boleh kosong atau diapit spasi."]
    if not isinstance(entry, _Pairs) or sorted(entry.names) != sorted(_KEY_PARTS):
        return [f'Butir {code} harus memuat tepat "key", "min", dan "max".']
    values = dict(entry.pairs)
    wrong = [
        name
        for name in sorted(_KEY_PARTS)
        if isinstance(values[name], bool)
        or not isinstance(values[name], int)
        or abs(values[name]) > _LARGEST_VALUE
    ]
    if wrong:
        return [f"Butir {code}: {', '.join(wrong)} harus bilangan bulat."]
    try:
        ItemKey(code, values["key"], values["min"], values["max"])
    except MatrixError as error:
        return [str(error)]
    return []


# --- CSV ------------------------------------------------------------------------------------------------------------


def read_matrix(table: CsvTable, keys: Mapping[str, ItemKey]) -> AnswerMatrix:
    """The answers of a CSV, items in the order of its columns; columns without a key are left out and named.

    Raises:
        MatrixProblems: an item without a column, cells that are no answer (named by row and column), no rows, or not
            one answer.
    """
    ignored = tuple(name for name in table.header if name not in keys)
    problems = [f"Butir {code} tidak mempunyai kolom." for code in keys if code not in table.header]
    if problems:
        others = ", ".join(ignored[:MOST_PROBLEMS]) or "tidak ada"
        raise MatrixProblems([*problems[:MOST_PROBLEMS], f"Kolom yang bukan butir: {others}."])
    items = tuple(keys[name] for name in table.header if name in keys)
    cells, people, has_answers = _read_cells(table, items)
    if people == 0:
        raise MatrixProblems(["Berkas tidak memuat satu baris jawaban pun."])
    if not has_answers:
        raise MatrixProblems(["Semua sel kosong: tidak ada jawaban untuk dihitung."])
    whole = np.frombuffer(cells, dtype=np.int16).reshape(people, len(items))
    not_applicable = whole == _NOT_APPLICABLE
    values = whole.astype(np.float64)
    values[(whole == _MISSING) | not_applicable] = np.nan
    return AnswerMatrix(items, values, not_applicable, ignored)


@dataclass
class _Column:
    """Reads the cells of one item, at ``place`` in a row; every text is worked out once."""

    item: ItemKey
    place: int
    known: dict[str, int] = field(default_factory=dict)

    def read(self, text: str) -> int | None:
        """The value, a mark, or None where the text is no answer of the item."""
        value = self._parse(text.strip())
        if value is not None and len(text) <= _LONGEST_KEPT:
            self.known[text] = value
        return value

    def _parse(self, text: str) -> int | None:
        if not text:
            return _MISSING
        if text == NOT_APPLICABLE:
            return _NOT_APPLICABLE
        match = _WHOLE.match(text)
        value = int(match[1]) if match else None
        return value if match and self.item.minimum <= value <= self.item.maximum else None

    def problem(self, number: int, text: str) -> str:
        item, shown = self.item, text.strip()[:40]
        if shown.lower() in {"na", "n/a", "nan", "null", "none"}:
            hint = 'kosongkan bila tidak dijawab, tulis "na" (huruf kecil) bila tidak berlaku'
        elif _WHOLE.match(shown):
            hint = f"di luar {item.minimum} sampai {item.maximum}"
        else:
            hint = "bukan bilangan bulat"
        return f"Baris {number}, kolom {item.code}: {shown!r} {hint}."


def _read_cells(table: CsvTable, items: Sequence[ItemKey]) -> tuple[array, int, bool]:
    """All cells of the items as int16 in rows, the number of rows, and whether any cell is an answer."""
    columns = [_Column(item, table.header.index(item.code)) for item in items]
    people, cells, has_answers = 0, array("h"), False
    problems: list[str] = []
    count = 0
    for number, row in table.rows():
        line, found = _read_row(columns, len(table.header), number, row)
        count += len(found)
        problems += found[: MOST_PROBLEMS - len(problems)]
        if not count:
            has_answers = has_answers or max(line) > _NOT_APPLICABLE
            cells.extend(line)
            people += 1
    if count:
        raise MatrixProblems(problems, count)
    return cells, people, has_answers


def _read_row(
    columns: Sequence[_Column], width: int, number: int, row: list[str]
) -> tuple[list[int | None], list[str]]:
    """The cells of one row as numbers, and what is wrong with it."""
    if not row and width == 1:
        row = [""]  # one column: an empty line is a person who did not answer
    if not row:
        return [], [f"Baris {number} kosong."]
    if len(row) != width:
        return [], [f"Baris {number}: ada {len(row)} sel, seharusnya {width}."]
    line = [column.known.get(row[column.place]) for column in columns]
    problems = []
    if None in line:
        for position, column in enumerate(columns):
            if line[position] is None:
                text = row[column.place]
                line[position] = column.read(text)
                if line[position] is None:
                    problems.append(column.problem(number, text))
    return line, problems


# --- Stored answers -------------------------------------------------------------------------------------------------


def content_scales(document: VersionDocument) -> list[tuple[Scale, tuple[ItemKey, ...]]]:
    """Every scale of rated content items, and their keys, in the order of the form.

    Left out: ways of answering; situational scales, whose items do not measure one thing, so that they have no alpha;
    and forced choice, whose shares depend on each other.
    """
    found = []
    for scale in document.scales:
        items = tuple(
            ItemKey(item.code, item.key, item.response_set.minimum, item.response_set.maximum)
            for item in document.items_of(scale.code)
            if item.role == CONTENT and item.type in (LIKERT, BIPOLAR)
        )
        if items:
            found.append((scale, items))
    return found


def matrix_of_answers(
    document: VersionDocument, stored: np.ndarray, items: Sequence[ItemKey]
) -> tuple[AnswerMatrix, int]:
    """The answers to some items out of stored attempts, and how many stored values were impossible.

    Impossible values count as not answered; nothing stored by the forms can be one.

    Args:
        stored: people x slots, uint8, in the slot order of the document.
    """
    bytes_ = stored[:, [document.slot_of[item.code] for item in items]]
    not_applicable = bytes_ == NA_BYTE
    low = np.array([item.minimum for item in items], dtype=np.int16)
    high = np.array([item.maximum for item in items], dtype=np.int16)
    possible = (bytes_ >= low) & (bytes_ <= high)
    impossible = ~possible & ~not_applicable & (bytes_ != NO_ANSWER_BYTE)
    values = np.where(possible, bytes_, np.nan).astype(np.float64)
    return AnswerMatrix(tuple(items), values, not_applicable), int(impossible.sum())
