"""The interchange formats of question banks (docs/bank-format.md): reading and writing. Knows no database."""

from questionnaires.bank_files.reading import LARGEST_FILE, BankFile, read
from questionnaires.bank_files.surveyjs import write_surveyjs
from questionnaires.bank_files.workbook import (
    LARGEST_WORKBOOK,
    TooLongForACell,
    workbook_template,
    write_workbook,
)
from questionnaires.bank_files.writing import write
from questionnaires.bank_files.xlsform import write_xlsform

__all__ = [
    "LARGEST_FILE",
    "LARGEST_WORKBOOK",
    "BankFile",
    "TooLongForACell",
    "read",
    "workbook_template",
    "write",
    "write_surveyjs",
    "write_workbook",
    "write_xlsform",
]
