"""From a workbook to the same plain values as a YAML bank file, with the cell of every position."""

import warnings
from dataclasses import replace

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from questionnaires.bank_files.workbook import columns as c
from questionnaires.bank_files.workbook.assembly import Row, WorkbookBank, assemble
from questionnaires.bank_files.workbook.cells import BadCell, value_of
from questionnaires.bank_files.workbook.package import MOST_COLUMNS, MOST_ROWS, broken, open_workbook
from questionnaires.problems import Problem


def load_workbook_bank(source: bytes) -> WorkbookBank:
    """The bank of a workbook, with the cell of every position and what had to be refused on the way.

    Raises:
        Unreadable: the file is no workbook, or not one that is safe to open.
    """
    workbook = open_workbook(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library leaves out: rules, drawings
            sheets, problems = _read_sheets(workbook)
    except Exception:
        # Sheets are parsed as they are read; like the package, a broken one makes the library raise almost anything.
        raise broken() from None
    return assemble(sheets, problems)


def order_of(address: str) -> tuple[int, int, int]:
    """Where an address such as ``Butir!F12`` stands in the workbook; what has none comes first."""
    name, _mark, coordinate = address.partition("!")
    names = [sheet.name for sheet in (c.HEAD, *c.TABLES)]
    row, column = coordinate_to_tuple(coordinate) if coordinate else (0, 0)
    return names.index(name) if name in names else -1, row, column


def _read_sheets(workbook):
    found = {sheet.title.strip().casefold(): sheet for sheet in workbook.worksheets}
    sheets, problems = {}, []
    for sheet in (c.HEAD, *c.TABLES):
        if sheet.name.casefold() not in found:
            problems.append(Problem(f"Lembar “{sheet.name}” tidak ada.", cell=sheet.name))
    for name, worksheet in found.items():
        known = next((s for s in (c.HEAD, *c.TABLES) if s.name.casefold() == name), None)
        if known is None:
            if name != c.GUIDE_NAME.casefold():
                problems.append(
                    Problem(
                        f"Lembar “{worksheet.title}” tidak dikenal; hapus atau ganti namanya.",
                        cell=worksheet.title,
                    )
                )
            continue
        read = _read_head if known is c.HEAD else _read_table
        sheets[known.name] = read(known, _grid(worksheet), problems)
    return sheets, problems


def _grid(worksheet):
    """Every row with its cells; what stands further out has been refused before."""
    return enumerate(worksheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1)


def _address(sheet, column, row):
    return f"{sheet.name}!{get_column_letter(column)}{row}"


def _read_table(sheet, grid, problems):
    _number, header = next(grid, (1, ()))
    places = _places_of(sheet, header, problems)
    rows = []
    for number, cells in grid:
        filled = {index for index, cell in enumerate(cells) if cell.value not in (None, "")}
        if not filled:
            continue
        for index in sorted(filled - set(places.values())):
            problems.append(
                Problem("Sel ini berada di luar kolom yang dikenal.", cell=_address(sheet, index + 1, number))
            )
        row = Row(refused={column.keys for column in sheet.columns if column not in places})
        for column, index in places.items():
            _read_cell(row, column, cells[index], _address(sheet, index + 1, number), problems)
        rows.append(row)
    return rows


def _places_of(sheet, header, problems):
    """Column to the index of its cells, by the heading in the first row."""
    by_heading = {column.heading.casefold(): column for column in sheet.columns}
    places = {}
    for index, cell in enumerate(header):
        if cell.value in (None, ""):
            continue
        heading = " ".join(str(cell.value).split())
        column = by_heading.get(heading.casefold())
        address = _address(sheet, index + 1, 1)
        if column is None:
            known = ", ".join(each.heading for each in sheet.columns)
            problems.append(
                Problem(f"Kolom “{heading[:40]}” tidak dikenal. Yang dikenal: {known}.", cell=address)
            )
        elif column in places:
            problems.append(Problem(f"Kolom “{column.heading}” ada dua kali.", cell=address))
        else:
            places[column] = index
    missing = [column.heading for column in sheet.columns if column not in places]
    if missing:
        problems.append(
            Problem(
                f"Kolom ini tidak ada: {', '.join(missing)}. Ambil templat terbaru atau ekspor ulang.",
                cell=_address(sheet, 1, 1),
            )
        )
    return places


def _read_cell(row, column, cell, address, problems):
    row.cells[column.keys] = address
    try:
        value = value_of(cell, column)
    except BadCell as bad:
        row.refused.add(column.keys)
        problems.append(Problem(str(bad), cell=address))
        return
    if value is not None:
        row.values[column.keys] = value
    elif column.is_required:
        row.refused.add(column.keys)
        problems.append(Problem(f"Kolom “{column.heading}” wajib diisi.", cell=address))


def _read_head(sheet, grid, problems):
    """The head, whose fields stand below each other, as one row."""
    by_heading = {column.heading.casefold(): column for column in sheet.columns}
    row, seen = Row(), set()
    for number, cells in grid:
        label = cells[0].value
        if number == 1 or label in (None, ""):
            continue
        column = by_heading.get(" ".join(str(label).split()).casefold())
        if column is None or column in seen:
            word = "tidak dikenal" if column is None else "ada dua kali"
            message = f"Keterangan “{str(label)[:40]}” {word}."
            problems.append(Problem(message, cell=_address(sheet, 1, number)))
            continue
        seen.add(column)
        parts = [(2, ("id",)), (3, ("en",))] if column.keys[0] in c.HEAD_PAIRS else [(2, ())]
        for place, language in parts:
            part = replace(column, keys=(*column.keys, *language))
            _read_cell(row, part, cells[place - 1], _address(sheet, place, number), problems)
    for column in sheet.columns:
        if column not in seen:
            row.refused.add(column.keys)
            problems.append(Problem(f"Keterangan “{column.heading}” tidak ada.", cell=_address(sheet, 1, 1)))
    return row
