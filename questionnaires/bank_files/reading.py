"""From a file that anybody may have written to a checked document, or to every problem with its line."""

from dataclasses import dataclass, replace
from pathlib import Path

from questionnaires import bank_documents, bank_rules
from questionnaires.bank_files.yaml_nodes import Unreadable, load
from questionnaires.problems import Problem, blocking

# The largest shipped bank has some 80 kB; two megabytes take about ten seconds to parse.
LARGEST_FILE = (
    256 * 1024
)  # bytes; the largest shipped bank has 94 kB, and parsing takes a second for each 100 kB


@dataclass(frozen=True)
class BankFile:
    """A bank file that was read. ``document`` is None as long as a problem blocks it."""

    filename: str
    document: dict | None
    problems: tuple[Problem, ...]

    @property
    def is_valid(self) -> bool:
        return self.document is not None

    @property
    def blocking_problems(self) -> list[Problem]:
        return blocking(self.problems)

    def describe(self, problem) -> str:
        """One line for a terminal: ``bank.yaml:12: butir TK01 · sections[0]...: sentence``."""
        line = f":{problem.line}" if problem.line else ""
        return f"{self.filename}{line}: {replace(problem, line=None)}"


def read(source: str | bytes, *, filename: str, competency_codes=None) -> BankFile:
    """Reads one bank file and collects all its problems at once.

    Args:
        source: the content of the file.
        filename: its name, for messages; only the last part is kept.
        competency_codes: the competencies that exist; None leaves them unchecked.
    """
    name = Path(filename).name
    try:
        bank, lines, problems = load(_decoded(source))
    except Unreadable as unreadable:
        return BankFile(name, None, (unreadable.problem,))
    problems = [*problems, *bank_rules.check(bank, competency_codes=competency_codes)]
    placed = sorted(
        (replace(p, line=p.line or _line_of(p.keys, lines)) for p in problems), key=lambda p: p.line or 0
    )
    document = None if blocking(placed) else bank_documents.complete(bank)
    return BankFile(name, document, tuple(placed))


def _decoded(source):
    size = len(source)
    if size > LARGEST_FILE:
        raise Unreadable(
            Problem(f"Berkas ini terlalu besar ({size // 1024} kB); paling besar {LARGEST_FILE // 1024} kB.")
        )
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise Unreadable(
            Problem("Berkas ini bukan teks UTF-8. Simpan kembali dengan pengodean UTF-8.", line=line)
        ) from None


def _line_of(keys, lines):
    """The line of the position, or of the nearest thing around it (a missing key has no line of its own)."""
    for length in range(len(keys), -1, -1):
        if keys[:length] in lines:
            return lines[keys[:length]]
    return None
