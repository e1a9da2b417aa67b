"""The page of groups: dimensions by job and by employment, and how staff and management describe their unit."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from questionnaires.version_document import Text
from reports import result_wording as wording
from reports.asked import Asked
from reports.detail_figures import DetailKind
from reports.disclosure import Cell, ShownCell
from reports.frozen_values import GROUPS_OF, Gap, cell_text
from reports.pages.reading import OpenedUnit


@dataclass(frozen=True)
class GroupRow:
    """A dimension with the mean of each group, in the order of the table's columns."""

    name: Text
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def labelled(self) -> tuple[tuple[str, Cell], ...]:
        """Every cell with the name of its group."""
        return tuple(zip(self.columns, self.cells, strict=True))

    @property
    def marks(self) -> tuple[tuple[int, ShownCell], ...]:
        """(number of the column from 1, cell) of what is shown, for the chart."""
        return tuple((n, cell) for n, cell in enumerate(self.cells, start=1) if isinstance(cell, ShownCell))

    @property
    def ends(self) -> tuple[int, int]:
        values = [cell.value for _number, cell in self.marks]
        return min(values), max(values)


@dataclass(frozen=True)
class GroupTable:
    """One questionnaire by one demographic."""

    code: str
    title: Text
    by: str
    columns: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    message: str


@dataclass(frozen=True)
class GapRow:
    """A climate theme as both sides see it."""

    name: Text
    gap: Gap
    size: str


@dataclass(frozen=True)
class GapTable:
    """The themes of a questionnaire, widest gap first: for a talk about differences, and no order of merit."""

    code: str
    title: Text
    rows: tuple[GapRow, ...]
    message: str
    questions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class GroupsPage:
    opened: OpenedUnit
    tables: tuple[GroupTable, ...]
    gaps: tuple[GapTable, ...]
    asks_climate: bool

    @property
    def headline(self) -> str:
        tables = self.gaps or self.tables
        if tables:
            return tables[0].message
        return _("Kelompok di %(unit)s tidak ditampilkan demi kerahasiaan.") % {"unit": self.opened.unit.name}


def groups_page(opened: OpenedUnit) -> GroupsPage:
    kinds = {DetailKind.JOB: _("kelompok jabatan"), DetailKind.EMPLOYMENT: _("jenis kepegawaian")}
    tables = (_groups(opened, asked, kind, by) for kind, by in kinds.items() for asked in opened.asked)
    gaps = (_gaps(opened, asked) for asked in opened.asked)
    return GroupsPage(
        opened=opened,
        tables=tuple(filter(None, tables)),
        gaps=tuple(filter(None, gaps)),
        asks_climate=any(asked.document.climates for asked in opened.asked),
    )


def _groups(opened, asked: Asked, kind, by) -> GroupTable | None:
    shown = opened.details.groups(asked.version_id, kind)
    if not shown:
        return None
    groups = GROUPS_OF[kind]
    columns = tuple(map(wording.group_name, groups))
    rows = tuple(
        GroupRow(scale.name, columns, tuple(shown[scale.code][group] for group in groups))
        for scale in asked.document.dimensions
        if scale.code in shown
    )
    return GroupTable(
        code=f"{asked.code}-{kind}",
        title=asked.title,
        by=by,
        columns=columns,
        rows=rows,
        message=_message(by, columns, rows),
    )


def _message(by, columns, rows) -> str:
    several = [row for row in rows if len(row.marks) > 1]
    if not several:
        return wording.of_groups(by, None, 0)
    widest = max(several, key=lambda row: row.ends[1] - row.ends[0])
    low, high = (choose(widest.marks, key=lambda mark: mark[1].value) for choose in (min, max))
    ends = [(columns[number - 1], cell_text(cell)) for number, cell in (high, low)]
    name = widest.name.in_language(get_language() or "id")
    return wording.of_groups(by, (name, *ends), widest.ends[1] - widest.ends[0])


def _gaps(opened, asked: Asked) -> GapTable | None:
    shown = opened.details.gaps(asked.version_id)
    if not shown:
        return None
    rows = [
        GapRow(scale.name, gap, wording.size_of_gap(gap.words, is_certain=gap.is_certain))
        for scale in asked.document.climates
        for gap in (shown.get(scale.code),)
        if gap is not None
    ]
    rows.sort(key=lambda row: -abs(row.gap.difference))
    widest = rows[0]
    name = widest.name.in_language(get_language() or "id")
    return GapTable(
        code=asked.code,
        title=asked.title,
        rows=tuple(rows),
        message=wording.of_gap(
            name, cell_text(widest.gap.staff), cell_text(widest.gap.management), widest.size
        ),
        questions=wording.gap_questions(name),
    )
