"""What a printed document consists of: plain values, every text in the reader's language, nothing of it markup.

An app builds a ``Document`` from these and hands it to ``typesetting.pdf``; it need not know how it is drawn.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True)
class Block:
    """One thing below another. ``kind`` is what the drawing knows it by."""

    kind: ClassVar[str]

    def as_data(self) -> dict:
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True)
class Heading(Block):
    """A heading within a section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Text(Block):
    """A paragraph; a quiet one is smaller and paler."""

    kind: ClassVar[str] = "text"
    text: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Note(Block):
    """Sentences in a box, with a title or without."""

    kind: ClassVar[str] = "note"
    sentences: Sequence[str]
    title: str = ""


@dataclass(frozen=True)
class Bullets(Block):
    """A list, numbered where the order says something."""

    kind: ClassVar[str] = "bullets"
    items: Sequence[str]
    is_numbered: bool = False


@dataclass(frozen=True)
class Zone:
    """A band on a track: where it starts and how wide it is, in points from 0 to 100; shade 1 (palest) to 4."""

    start: float
    width: float
    shade: int


@dataclass(frozen=True)
class Track(Block):
    """A score from 0 to 100 on its bands, with its interval and the score of last time where they are known."""

    kind: ClassVar[str] = "track"
    score: float
    zones: Sequence[Zone]
    alt: str
    low: float | None = None
    high: float | None = None
    previous: float | None = None


@dataclass(frozen=True)
class Slider(Block):
    """An answer from 1 to 7 between two poles."""

    kind: ClassVar[str] = "slider"
    value: int
    left: str
    right: str
    alt: str


@dataclass(frozen=True)
class Facts(Block):
    """Pairs of a name and what it is."""

    kind: ClassVar[str] = "facts"
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table(Block):
    """A table with a heading row, which is repeated on every page that it reaches.

    Args:
        widths: the share of the width that each column gets.
        numeric: for each column, whether it holds numbers (set to the right).

    Raises:
        ValueError: a row, the widths or the kinds are not as many as the columns.
    """

    kind: ClassVar[str] = "table"
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numeric: Sequence[bool] = ()

    def __post_init__(self):
        count = len(self.columns)
        object.__setattr__(self, "widths", tuple(self.widths) or (1,) * count)
        object.__setattr__(self, "numeric", tuple(self.numeric) or (False,) * count)
        if {count} != {len(self.widths), len(self.numeric), *map(len, self.rows)}:
            raise ValueError("Every row, the widths and the kinds need one entry a column.")


@dataclass(frozen=True)
class Section:
    """Blocks under a title; an empty title continues what stands above.

    ``on_own_page``: begins a page, as a letter in a file of letters does.
    """

    title: str
    blocks: Sequence[Block]
    on_own_page: bool = False

    def as_data(self) -> dict:
        return {
            "title": self.title,
            "blocks": [block.as_data() for block in self.blocks],
            "on_own_page": self.on_own_page,
        }


@dataclass(frozen=True)
class Document:
    """A whole document.

    Args:
        kick: a word or two above the title.
        subtitle: lines below the title.
        description: one sentence for the file's own properties.
        footer: stands at the foot of every page, beside the page's number.
        language: ``"id"`` or ``"en"``: what a screen reader speaks.
        made_at: with its zone; kept in the file's properties.

    Raises:
        ValueError: the title is blank; a screen reader has to say something.
    """

    title: str
    language: str
    made_at: datetime
    sections: Sequence[Section]
    kick: str = ""
    subtitle: Sequence[str] = field(default_factory=tuple)
    description: str = ""
    footer: str = ""

    def __post_init__(self):
        if not self.title.strip():
            raise ValueError("A document needs a title.")

    def as_data(self) -> dict:
        return {
            "title": self.title,
            "language": self.language,
            "kick": self.kick,
            "subtitle": list(self.subtitle),
            "description": self.description,
            "footer": self.footer,
            "sections": [section.as_data() for section in self.sections],
        }
