"""Lines of figures as CSV: one table from the first row to the last, whose every row carries the mark."""

import csv
from collections.abc import Iterable
from pathlib import Path

from reports.exports.lines import Line, headings
from reports.exports.marks import Mark, mark_headings
from tables.csv_files import harmless


def write_csv(lines: Iterable[Line], mark: Mark, path: Path) -> int:
    """Writes the file as spreadsheets with Indonesian settings read it; how many lines of figures it has.

    The mark stands in columns, not above the table: a row that is copied out of the file keeps it, and other
    programs find the names of the columns where they look for them.
    """
    count, signed = 0, _safe(mark)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_safe((*headings(), *mark_headings())))
        for line in lines:
            count += 1
            writer.writerow([*_safe(line), *signed])
    return count


def _safe(cells) -> list:
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]
