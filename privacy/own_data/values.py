"""What is held about one person, as tables of plain values. Pure: page, JSON, CSV and PDF are all made of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# Of the JSON file. A table or column more keeps the number; one that goes or changes its meaning raises it.
FORMAT = "cermin-data-saya/1"


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    CODED = "coded"


class Group(StrEnum):
    """The rooms of the page, in its order."""

    LOOKS = "looks"
    PERSON = "person"
    RIGHTS = "rights"
    ASSESSMENTS = "assessments"
    PLAN = "plan"
    SHARING = "sharing"
    SIGNING_IN = "signing_in"
    TRAIL = "trail"


@dataclass(frozen=True)
class Coded:
    """A value of a fixed list: the code that programs know, and its words in the reader's language."""

    code: str
    words: str


Value = str | int | bool | date | datetime | Coded | None


@dataclass(frozen=True)
class Column:
    """One column. A technical one stands in JSON and CSV only: it means nothing to a reader.

    ``label`` is a text, or a lazy one that becomes one in the reader's language.
    """

    code: str
    label: str
    kind: Kind = Kind.TEXT
    is_technical: bool = False


@dataclass(frozen=True)
class Table:
    """One kind of data: what it is called, why it is held, and its columns. The same for everybody."""

    code: str
    group: Group
    title: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Part:
    """The rows of one table for one person, newest first where they have a time.

    ``is_cut``: older rows were left out to keep a page or a printed file readable.

    Raises:
        ValueError: a row has not as many cells as the table has columns.
    """

    table: Table
    rows: Sequence[Sequence[Value]]
    is_cut: bool = False

    def __post_init__(self):
        width = len(self.table.columns)
        if any(len(row) != width for row in self.rows):
            raise ValueError(f"Every row of {self.table.code} needs {width} cells.")

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that people read."""
        return tuple(column for column in self.table.columns if not column.is_technical)

    def shown_rows(self, rows: Sequence[Sequence[Value]]) -> list[list[tuple[Column, Value]]]:
        """Rows of this part as pairs of column and cell, without what is technical."""
        pairs = (zip(self.table.columns, row, strict=True) for row in rows)
        return [[(column, cell) for column, cell in row if not column.is_technical] for row in pairs]


@dataclass(frozen=True)
class OwnData:
    """Everything held about one person at a moment, in a language."""

    name: str
    made_at: datetime
    language: str
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        """One of the parts.

        Raises:
            KeyError: there is no such table.
        """
        for part in self.parts:
            if part.table.code == code:
                return part
        raise KeyError(code)
