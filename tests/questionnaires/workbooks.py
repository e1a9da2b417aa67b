"""Workbooks for tests: change cells of a good one, or make one that no application would."""

import zipfile
from functools import cache
from io import BytesIO

from openpyxl import load_workbook

from questionnaires.bank_files import write_workbook
from tests.factories.questionnaires import small_document


@cache
def good_workbook() -> bytes:
    """The small bank as a workbook, the same bytes every time."""
    return write_workbook(small_document())


def changed(change, source=None) -> bytes:
    """A good workbook after ``change(workbook)``, as an application saves it: with shared texts and without ours."""
    workbook = load_workbook(BytesIO(source or good_workbook()))
    change(workbook)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def with_cells(cells, source=None) -> bytes:
    """A good workbook with other values in some cells: ``{"Butir!B2": "X"}``."""

    def change(workbook):
        for address, value in cells.items():
            sheet, coordinate = address.split("!")
            workbook[sheet][coordinate] = value

    return changed(change, source)


def column(workbook, sheet, heading) -> str:
    """The letter of a column."""
    return next(cell.column_letter for cell in workbook[sheet][1] if cell.value == heading)


def repacked(change=None, extra=(), source=None) -> bytes:
    """A good workbook with its parts changed by ``change(name, content) -> content or None``, and extra parts."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(source or good_workbook())) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            content = before.read(part)
            content = change(part.filename, content) if change else content
            if content is not None:
                after.writestr(part.filename, content)
        for name, content in extra:
            after.writestr(name, content)
    return stream.getvalue()


@cache
def sheet_part(name) -> str:
    """The part of the package in which a sheet of a good workbook stands."""
    names = load_workbook(BytesIO(good_workbook()), read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(name) + 1}.xml"
