"""Lines of figures as a workbook: a sheet that says what it is, and one sheet for each kind of figure."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reports.exports.lines import Line, headings
from reports.exports.marks import Mark, mark_headings
from tables.csv_files import harmless

MOST_ROWS = 1_048_576  # of a sheet, its heading included; spreadsheets know no more

_WIDTHS = (16, 34, 8, 20, 22, 14, 40, 18, 14, 12, 10, 12, 12, 34, 26, 30, 40)
_KIND = Line._fields.index("figure")


def write_workbook(lines: Iterable[Line], mark: Mark, about: Sequence[str], path: Path) -> int:
    """Writes the file row by row; how many lines of figures it has.

    Args:
        about: sentences for the first sheet, beside the mark.
    """
    book, sheets, count = Workbook(write_only=True), {}, 0
    _write_about(book, mark, about)
    columns, signed = _safe((*headings(), *mark_headings())), _safe(mark)
    for line in lines:
        count += 1
        kind = line[_KIND]
        if kind not in sheets:
            sheets[kind] = _Sheets(book, kind, columns)
        sheets[kind].append([*_safe(line), *signed])
    book.save(path)
    return count


class _Sheets:
    """The sheets of one kind of figure: one, and another wherever the last is full."""

    def __init__(self, book, kind, columns):
        self._book, self._kind, self._columns = book, kind, columns
        self._number, self._rows = 0, MOST_ROWS

    def append(self, cells):
        if self._rows >= MOST_ROWS:
            self._begin()
        self._sheet.append(cells)
        self._rows += 1

    def _begin(self):
        self._number += 1
        title = self._kind if self._number == 1 else f"{self._kind} ({self._number})"
        self._sheet, self._rows = self._book.create_sheet(title), 1
        self._sheet.freeze_panes = "A2"
        for place, width in enumerate(_WIDTHS, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = width
        self._sheet.append([_bold(self._sheet, name) for name in self._columns])


def _write_about(book, mark, about):
    sheet = book.create_sheet(_("Tentang berkas ini"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
    for name, text in zip(_safe(mark_headings()), _safe(mark), strict=True):
        sheet.append([_bold(sheet, name), text])
    sheet.append([])
    for sentence in _safe(about):
        sheet.append([None, sentence])


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _safe(cells) -> list:
    """Texts that are no formula and hold no character that a workbook may not hold; numbers as they are."""
    return [
        harmless(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell for cell in cells
    ]
