"""Files to fill in: one example row and what every column means, as CSV and as a workbook with a guide."""

import csv
from io import BytesIO, StringIO

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from agencies.importers.columns import COLUMNS

FILES = {
    "pegawai-csv": ("people", "csv"),
    "pegawai-xlsx": ("people", "xlsx"),
    "unit-csv": ("units", "csv"),
    "unit-xlsx": ("units", "xlsx"),
}
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Rows of the workbook whose cells are text from the start, so that no number of a person is ruined.
_TEXT_ROWS = 2_000


def content_of(file_name: str) -> bytes:
    kind, form = FILES[file_name]
    return _as_csv(COLUMNS[kind]) if form == "csv" else _as_workbook(COLUMNS[kind])


def _as_csv(columns):
    text = StringIO()
    writer = csv.writer(text, delimiter=";")  # what spreadsheets with Indonesian settings expect
    writer.writerow([column.label for column in columns])
    writer.writerow([column.example for column in columns])
    return text.getvalue().encode("utf-8-sig")


def _as_workbook(columns):
    book = Workbook()
    sheet, guide = book.active, book.create_sheet(gettext("Petunjuk"))
    sheet.title = gettext("Isian")
    sheet.append([column.label for column in columns])
    sheet.append([column.example for column in columns])
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(column.label) + 4)
        sheet.cell(1, place).font = Font(bold=True)
        for row in range(2, _TEXT_ROWS if column.key == "nip" else 3):
            sheet.cell(row, place).number_format = "@"
    sheet.freeze_panes = "A2"
    guide.append([gettext("Kolom"), gettext("Wajib"), gettext("Arti"), gettext("Nama lain yang dikenal")])
    for column in columns:
        required = gettext("ya") if column.is_required else gettext("tidak")
        guide.append([column.label, required, gettext(column.about), ", ".join(column.names)])
    for letter, width in zip("ABCD", (20, 10, 80, 50), strict=True):
        guide.column_dimensions[letter].width = width
        guide[f"{letter}1"].font = Font(bold=True)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
