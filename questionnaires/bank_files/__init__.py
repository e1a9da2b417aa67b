"""The interchange format of question banks (docs/bank-format.md): reading and writing. Knows no database."""

from questionnaires.bank_files.reading import BankFile, read
from questionnaires.bank_files.writing import write

__all__ = ["BankFile", "read", "write"]
