"""A bank as a workbook that an editor can fill in: its sheets and columns, reading, writing. Knows no database."""

from questionnaires.bank_files.workbook.package import LARGEST_WORKBOOK, looks_like_workbook
from questionnaires.bank_files.workbook.reading import load_workbook_bank, order_of
from questionnaires.bank_files.workbook.writing import TooLongForACell, workbook_template, write_workbook

__all__ = [
    "LARGEST_WORKBOOK",
    "TooLongForACell",
    "load_workbook_bank",
    "looks_like_workbook",
    "order_of",
    "workbook_template",
    "write_workbook",
]
