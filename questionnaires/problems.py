"""What is wrong with a bank, said so that an editor can act on it. Pure; shared by files, drafts and publishing."""

from dataclasses import dataclass
from enum import StrEnum

Keys = tuple[str | int, ...]


class Severity(StrEnum):
    """BLOCKING stops import and publication; WARNING is advice."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing to put right.

    ``keys`` is the position in the bank (``("sections", 0, "items", 2, "stem")``), ``line`` the line of the file it
    came from or ``cell`` the cell of the workbook (``Butir!F12``), ``where`` the same place in words (``butir TK01``),
    ``code`` the rule that found it: ``structure`` for what a bank needs to be read and scored, else a rule of the
    linter (docs/content-rules.md).
    """

    message: str
    keys: Keys = ()
    line: int | None = None
    severity: Severity = Severity.BLOCKING
    where: str = ""
    code: str = "structure"
    cell: str = ""

    @property
    def path(self) -> str:
        """The position as text, such as ``sections[0].items[2].stem``."""
        text = ""
        for key in self.keys:
            text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
        return text

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCKING

    def __str__(self):
        line = f"baris {self.line}" if self.line else f"sel {self.cell}" if self.cell else ""
        place = " · ".join(part for part in (line, self.where, self.path) if part)
        return f"{place}: {self.message}" if place else self.message


class Unreadable(Exception):
    """A file that cannot be read at all; carries the one problem to show."""

    def __init__(self, problem):
        super().__init__(problem.message)
        self.problem = problem


def blocking(problems) -> list[Problem]:
    """Only those that stop import and publication."""
    return [problem for problem in problems if problem.is_blocking]


def listed(values) -> str:
    """Values in a sentence."""
    return ", ".join(str(value) for value in values)
