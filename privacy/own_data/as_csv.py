"""The person's data as one CSV file: a line for every cell, so that every table fits into it."""

import csv
import io

from django.utils.translation import gettext as _

from privacy.own_data.values import OwnData
from privacy.own_data.wording import for_programs
from tables.csv_files import harmless


def to_csv(data: OwnData) -> bytes:
    """As spreadsheets with Indonesian settings read it; nothing in it runs as a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_("Kode bagian"), _("Bagian"), _("Baris"), _("Kode kolom"), _("Kolom"), _("Isi")])
    for part in data.parts:
        for number, row in enumerate(part.rows, start=1):
            writer.writerows(_lines(part.table, number, row))
    return file.getvalue().encode("utf-8-sig")


def _lines(table, number, row):
    for column, cell in zip(table.columns, row, strict=True):
        value = for_programs(cell, column.kind)
        content = harmless(value) if isinstance(value, str) else value
        yield [table.code, str(table.title), number, column.code, str(column.label), content]
