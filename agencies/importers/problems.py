"""What is wrong with a row, and how to mend it."""

from dataclasses import asdict, dataclass, field


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogue; whoever shows it translates it."""
    return sentence


@dataclass(frozen=True)
class Problem:
    """One fault: the row as a spreadsheet counts it, the column as people call it, and what to do."""

    row: int
    column: str
    sentence: str
    values: dict = field(default_factory=dict)

    def __str__(self):
        return self.sentence % self.values if self.values else self.sentence

    def as_json(self) -> dict:
        return asdict(self)
