"""The shipped banks as documents, without a database."""

from functools import cache
from pathlib import Path

from questionnaires.bank_files import read

BANKS = Path(__file__).resolve().parents[2] / "fixtures" / "banks"


@cache
def shipped_document(code: str) -> dict:
    bank_file = read((BANKS / f"{code}.yaml").read_text(encoding="utf-8"), filename=f"{code}.yaml")
    assert bank_file.is_valid, [str(problem) for problem in bank_file.problems]
    return bank_file.document
