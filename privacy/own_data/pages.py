"""The tables as the page shows them: in rooms, the first rows of each, every cell in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from privacy.own_data.values import Group, OwnData, Part
from privacy.own_data.wording import in_words

FIRST_ROWS = 8
MOST_COLUMNS = 6  # of a table on a page; a wider one is shown row by row

_NAMES = {
    Group.LOOKS: _("Siapa yang melihat"),
    Group.PERSON: _("Tentang saya"),
    Group.RIGHTS: _("Persetujuan dan permintaan"),
    Group.ASSESSMENTS: _("Penilaian"),
    Group.PLAN: _("Rencana pengembangan"),
    Group.SHARING: _("Berbagi laporan"),
    Group.SIGNING_IN: _("Cara masuk"),
    Group.TRAIL: _("Jejak"),
}


@dataclass(frozen=True)
class ShownPart:
    """Some rows of a part. ``rows``: pairs of the column's name and the cell, both in words."""

    code: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    total: int
    is_cut: bool

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > MOST_COLUMNS

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True)
class Room:
    code: str
    name: str
    parts: tuple[ShownPart, ...]


def rooms_of(data: OwnData) -> tuple[Room, ...]:
    """Every room with the first rows of its tables; empty tables too, so that nobody wonders."""
    rooms = groupby(data.parts, key=lambda part: part.table.group)
    return tuple(
        Room(group.value, str(_NAMES[group]), tuple(page_of(part, part.rows[:FIRST_ROWS]) for part in parts))
        for group, parts in rooms
    )


def page_of(part: Part, rows: Sequence) -> ShownPart:
    """A part with these of its rows."""
    return ShownPart(
        code=part.table.code,
        title=str(part.table.title),
        about=str(part.table.about),
        columns=tuple(str(column.label) for column in part.shown_columns),
        rows=tuple(
            tuple((str(column.label), in_words(cell, column.kind)) for column, cell in row)
            for row in part.shown_rows(rows)
        ),
        total=len(part.rows),
        is_cut=part.is_cut,
    )
