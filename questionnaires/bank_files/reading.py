"""From a file that anybody may have written to a checked document, or to every problem with its line."""

from dataclasses import dataclass, replace
from pathlib import Path

from questionnaires import bank_documents, bank_rules
from questionnaires.bank_files.workbook import load_workbook_bank, looks_like_workbook, order_of
from questionnaires.bank_files.yaml_nodes import load
from questionnaires.bank_rules import is_below
from questionnaires.problems import Problem, Unreadable, blocking
from questionnaires.version_document import canonical_text

LARGEST_FILE = (
    256 * 1024
)  # bytes of YAML; the largest shipped bank has 94 kB, and parsing takes a second each 100 kB
MOST_TEXT = 1024 * 1024  # characters of a bank in a workbook, whose texts are packed


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
        place = problem.line or problem.cell
        return f"{self.filename}{f':{place}' if place else ''}: {replace(problem, line=None, cell='')}"


def read(source: str | bytes, *, filename: str, competency_codes=None) -> BankFile:
    """Reads one bank file, YAML or a workbook, and collects all its problems at once.

    Args:
        source: the content of the file.
        filename: its name, for messages; only the last part is kept.
        competency_codes: the competencies that exist; None leaves them unchecked.
    """
    name = Path(filename).name
    is_workbook = isinstance(source, bytes) and looks_like_workbook(source, name)
    try:
        read_it = _read_workbook if is_workbook else _read_yaml
        bank, problems = read_it(source, competency_codes)
    except Unreadable as unreadable:
        return BankFile(name, None, (unreadable.problem,))
    document = None if blocking(problems) else bank_documents.complete(bank)
    return BankFile(name, document, tuple(problems))


def _read_yaml(source, competency_codes):
    bank, lines, problems = load(_decoded(source))
    problems = [*problems, *bank_rules.check(bank, competency_codes=competency_codes)]
    placed = (replace(p, line=p.line or _nearest(p.keys, lines)) for p in problems)
    return bank, sorted(placed, key=lambda p: p.line or 0)


def _read_workbook(source, competency_codes):
    read_bank = load_workbook_bank(source)
    if len(canonical_text(read_bank.bank)) > MOST_TEXT:
        raise Unreadable(Problem("Isi buku kerja ini terlalu banyak untuk satu kuesioner; berkas ditolak."))
    found = bank_rules.check(read_bank.bank, competency_codes=competency_codes)
    problems = [
        *read_bank.problems,
        *(
            replace(p, cell=_nearest(p.keys, read_bank.cells) or "")
            for p in found
            if not is_below(p.keys, read_bank.refused)
        ),
    ]
    return read_bank.bank, sorted(problems, key=lambda p: order_of(p.cell))


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


def _nearest(keys, places):
    """The line or cell of the position, or of the nearest thing around it (a missing key has no place of its own)."""
    for length in range(len(keys), -1, -1):
        if places.get(keys[:length]):
            return places[keys[:length]]
    return None
