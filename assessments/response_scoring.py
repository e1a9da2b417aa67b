"""Scoring answers collected elsewhere, row by row of a CSV: which columns are what, good rows and bad rows. Pure.

    layout = Layout.of(table.header, plan, required=..., id_columns=())
    scorer = RowScorer(layout, plan)
    for block in blocks_of(table.rows()):
        good, bad = scorer.score_block(block)

A row is scored whole or refused whole, with every reason. A number in it is never clamped and never guessed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from accounts.nip import normalise
from questionnaires.version_document import NOT_APPLICABLE, field_name
from scoring.engine import NO_ANSWER_BYTE, PERSON, score
from scoring.plan import ScalePlan, ScoringPlan
from scoring.results import NOT_SHOWN, OUTCOMES
from tables.csv_files import harmless

BLOCK_ROWS = 4096
ROW_COLUMN = "baris"
_WHOLE = re.compile(r"\+?0*(\d{1,3})(?:[.,]0+)?\Z")
_NIP_NAME = re.compile(r"nip|\bnik\b|nomor induk|no\.? ?induk", re.IGNORECASE)
_NIP_DIGITS = 18


class LayoutProblem(ValueError):
    """Columns that cannot be scored; ``problems`` are Indonesian sentences, all at once."""

    def __init__(self, problems: Sequence[str]):
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Layout:
    """What the columns of a file are: ``slots`` item columns by slot, ``passed`` places of columns passed through.

    ``named``: places among ``passed`` that were named as identity columns, where a NIP is expected.
    """

    header: tuple[str, ...]
    items: tuple[tuple[int, int], ...]
    passed: tuple[int, ...]
    named: frozenset[int]

    @classmethod
    def of(
        cls, header: Sequence[str], plan: ScoringPlan, *, required: Iterable[str], id_columns: Sequence[str]
    ) -> "Layout":
        """Sorts the columns. An item's column is named like its slot, or as XLSForm names it (``JM41.best``).

        Args:
            required: slot names that must have a column.
            id_columns: columns named as identity, the only ones that may hold a NIP.

        Raises:
            LayoutProblem: an item without a column, a column named but not there, or a nameless NIP column.
        """
        slot_of = {field_name(name): slot for slot, name in enumerate(plan.slots)}
        slot_of |= {name: slot for slot, name in enumerate(plan.slots)}
        items = tuple((place, slot_of[name]) for place, name in enumerate(header) if name in slot_of)
        passed = tuple(place for place, name in enumerate(header) if name not in slot_of)
        given = Counter(slot for _place, slot in items)
        missing = [name for name in required if slot_of[name] not in given]
        problems = [
            f"Butir {plan.slots[slot]} mempunyai {count} kolom; sisakan satu."
            for slot, count in given.items()
            if count > 1
        ]
        if missing:
            others = ", ".join(header[place] for place in passed) or "tidak ada"
            problems.append(
                f"Butir tanpa kolom: {', '.join(missing)}. Kolom yang bukan kode butir: {others}."
            )
        for name in id_columns:
            if name in slot_of or name not in header:
                problems.append(f"--id-column {name}: tidak ada kolom identitas bernama itu.")
        for place in passed:
            name = header[place]
            if _NIP_NAME.search(name) and name not in id_columns:
                problems.append(
                    f"Kolom {name} tampaknya berisi NIP. Hapus kolom itu, atau sebutkan --id-column {name} "
                    "bila memang harus ikut."
                )
        if len(items) and ROW_COLUMN in {header[place] for place in passed}:
            problems.append(f"Nama kolom “{ROW_COLUMN}” dipakai oleh keluaran; ganti namanya.")
        if problems:
            raise LayoutProblem(problems)
        named = frozenset(place for place in passed if header[place] in id_columns)
        return cls(tuple(header), items, passed, named)


@dataclass(frozen=True)
class Refused:
    """A row that was not scored: its number in the file and every reason."""

    number: int
    reasons: tuple[str, ...]


class RowScorer:
    """Scores blocks of rows; remembers only what every text of a column means."""

    def __init__(self, layout: Layout, plan: ScoringPlan):
        self.layout, self.plan = layout, plan
        self.columns = [
            (index, scale)
            for index, scale in enumerate(plan.scales)
            if scale.level == PERSON and scale.kind != "facet" and scale.k
        ]
        self._tables = [self._texts_of(slot) for _, slot in layout.items]

    def header(self) -> list[str]:
        """Column names of the output: row number, what is passed through, three columns a dimension."""
        passed = [harmless(self.layout.header[place]) for place in self.layout.passed]
        names = [
            f"{scale.code}_{part}" for _, scale in self.columns for part in ("skor", "kategori", "status")
        ]
        return [ROW_COLUMN, *passed, *names]

    def score_block(self, rows: Sequence[tuple[int, list[str]]]) -> tuple[list[list[object]], list[Refused]]:
        """Output rows of the good rows, in order, and the refused ones."""
        kept, answers, refused = [], bytearray(), []
        for number, cells in rows:
            line, reasons = self._read(number, cells)
            if reasons:
                refused.append(Refused(number, tuple(reasons)))
            else:
                answers += line
                kept.append((number, cells))
        if not kept:
            return [], refused
        matrix = np.frombuffer(bytes(answers), dtype=np.uint8).reshape(len(kept), len(self.plan.slots))
        return self._output(kept, matrix), refused

    def _texts_of(self, slot: int) -> dict[str, int]:
        _item, allowed = self.plan.values[slot]
        return {"": NO_ANSWER_BYTE, **{str(value): byte for value, byte in allowed.items()}}

    def _read(self, number: int, cells: list[str]) -> tuple[bytearray, list[str]]:
        """The bytes of a row, or why it cannot be scored."""
        line, width = bytearray(len(self.plan.slots)), len(self.layout.header)
        if not cells and width == 1:
            cells = [""]
        if len(cells) != width:
            return line, ["Baris kosong." if not cells else f"Ada {len(cells)} sel, seharusnya {width}."]
        reasons = []
        for (place, slot), table in zip(self.layout.items, self._tables, strict=True):
            byte = table.get(cells[place])
            if byte is None:
                byte = self._learn(table, cells[place])
            if byte is None:
                reasons.append(self._reason(slot, cells[place]))
            else:
                line[slot] = byte
        for place in self.layout.passed:
            if "\0" in cells[place]:
                reasons.append(f"Kolom {self.layout.header[place]} berisi bita nol; hapus dari sel itu.")
            if place not in self.layout.named and _looks_like_nip(cells[place]):
                reasons.append(
                    f"Kolom {self.layout.header[place]} berisi bilangan 18 angka seperti NIP; hapus isinya, "
                    f"atau sebutkan kolomnya dengan --id-column."
                )
        reasons += self._repeated(line)
        if not reasons and not any(line):
            reasons.append("Tidak ada satu butir pun yang dijawab.")
        return line, reasons

    def _repeated(self, line: bytearray) -> list[str]:
        """Vignettes in which one action is named both best and worst."""
        return [
            f"Butir {parted.code}: tindakan terbaik dan terburuk tidak boleh sama."
            for parted in self.plan.parted.values()
            if parted.is_best_worst and line[parted.places[0]] and len({line[n] for n in parted.places}) == 1
        ]

    def _learn(self, table: dict[str, int], text: str) -> int | None:
        """The byte of a text written otherwise (blanks around it, 4.0 for 4); kept only if it is an answer."""
        match = _WHOLE.match(text.strip())
        byte = table.get(match[1] if match else text.strip())
        if byte is not None and len(text) < 20:
            table[text] = byte
        return byte

    def _reason(self, slot: int, text: str) -> str:
        code, shown = self.plan.slots[slot], text.strip()[:40]
        values = [value for value in self.plan.values[slot][1] if value != NOT_APPLICABLE]
        if shown == NOT_APPLICABLE:
            return f'Butir {code}: "na" tidak tersedia untuk butir ini.'
        if shown.lower() in {"na", "n/a", "nan", "null", "none"}:
            return f'Butir {code}: {shown!r}; kosongkan bila tidak dijawab, tulis "na" bila tidak berlaku.'
        if isinstance(values[0], str):
            return f"Butir {code}: {shown!r} bukan salah satu pilihan {', '.join(values)}."
        return f"Butir {code}: {shown!r} bukan bilangan bulat {values[0]} sampai {values[-1]}."

    def _output(self, kept: list[tuple[int, list[str]]], matrix: np.ndarray) -> list[list[object]]:
        table = score(self.plan, matrix)
        display, bands, status = table.display().tolist(), table.bands().tolist(), table.status.tolist()
        rows = []
        for person, (number, cells) in enumerate(kept):
            row: list[object] = [number, *(harmless(cells[place]) for place in self.layout.passed)]
            for index, scale in self.columns:
                row += self._three(scale, display[person][index], bands[person][index], status[person][index])
            rows.append(row)
        return rows

    def _three(self, scale: ScalePlan, display: int, band: int, code: int) -> tuple[object, str, str]:
        status, reason = OUTCOMES[code]
        if display == NOT_SHOWN:
            return "", "", f"{status}:{reason}"
        return display, scale.bands[band].code if scale.has_bands else "", status


def _looks_like_nip(text: str) -> bool:
    if len(text) < _NIP_DIGITS:
        return False
    digits = normalise(text)
    return len(digits) == _NIP_DIGITS and digits.isdecimal()


def blocks_of(
    rows: Iterator[tuple[int, list[str]]], size: int = BLOCK_ROWS
) -> Iterator[list[tuple[int, list[str]]]]:
    """Lists of up to ``size`` rows."""
    while block := list(islice(rows, size)):
        yield block
