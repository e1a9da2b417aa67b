"""The interchange formats of question banks (docs/bank-format.md): reading and writing. Knows no database."""

from questionnaires.bank_files.reading import BankFile, read
from questionnaires.bank_files.workbook import TooLongForACell, workbook_template, write_workbook
from questionnaires.bank_files.writing import write

__all__ = ["BankFile", "TooLongForACell", "read", "workbook_template", "write", "write_workbook"]
