"""Tables of the printed report, from the values of the pages; what is hidden says so in its place."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from questionnaires.version_document import Text
from reports.comparing import Beside
from reports.disclosure import Cell, HiddenCell, ShownCell
from reports.frozen_values import cell_text, interval_text
from reports.pages.comparisons import ComparedTable, ComparisonsPage
from reports.pages.groups import GapTable, GroupTable
from reports.pages.items import BandRow, ItemGroup
from reports.pages.learning import LearningArea
from reports.selectors import InstrumentTable
from scoring.bands import Band
from typesetting.blocks import Block, Table
from typesetting.blocks import Text as Paragraph

# Columns of figures beside the names of units that fit on a page.
_MOST_COLUMNS = 5


def text(value: Text) -> str:
    return value.in_language(get_language() or "id")


def hidden() -> str:
    return _("Tidak ditampilkan demi kerahasiaan.")


def low_response() -> str:
    return _(
        "Kurang dari separuh pegawai yang diminta telah menjawab; hasil hanya menggambarkan mereka yang menjawab."
    )


def shown(cell: Cell) -> str:
    """The text of a cell; of a hidden one that it is hidden, never an empty place."""
    return cell_text(cell) if isinstance(cell, ShownCell) else _("disembunyikan")


def title_of(table: InstrumentTable) -> str:
    kind = _("%(title)s, versi %(number)s") % {"title": text(table.title), "number": table.version_number}
    if table.is_judgement:
        return _("%(questionnaire)s: pertimbangan situasional") % {"questionnaire": kind}
    if table.is_climate:
        return _("%(questionnaire)s: unit kerja menurut pegawainya") % {"questionnaire": kind}
    return kind


def heat(table: InstrumentTable) -> list[Block]:
    """The unit by itself with intervals, then the units directly below it, a few columns at a time."""
    blocks: list[Block] = [_own(table)]
    below = table.rows[1:]
    if below:
        blocks.append(Paragraph(_("Unit di bawahnya, dalam urutan susunan organisasi:")))
    for start in range(0, len(table.dimensions) if below else 0, _MOST_COLUMNS):
        blocks.append(_of_units(table, below, slice(start, start + _MOST_COLUMNS)))
    return blocks


def _own(table) -> Table:
    rows = []
    for name, figure in zip(table.dimensions, table.rows[0].cells, strict=True):
        if isinstance(figure, HiddenCell):
            rows.append((text(name), "", shown(figure), ""))
            continue
        rows.append(
            (text(name), number_format(figure.cell.n), figure.display, interval_text(figure.interval))
        )
    return Table(
        (_("Dimensi"), _("Responden"), _("Rata-rata"), _("Rentang 95%")),
        rows,
        widths=(4, 1.4, 1.8, 1.4),
        numeric=(False, True, True, True),
    )


def _of_units(table, rows, columns) -> Table:
    names = [text(name) for name in table.dimensions[columns]]
    figures = [[_figure(cell) for cell in row.cells[columns]] for row in rows]
    return Table(
        (_("Unit kerja"), *names),
        [(row.unit.name, *cells) for row, cells in zip(rows, figures, strict=True)],
        widths=(3, *[1.6] * len(names)),
        numeric=(False, *[True] * len(names)),
    )


def _figure(figure) -> str:
    return shown(figure) if isinstance(figure, HiddenCell) else figure.display


def bands(rows: Sequence[BandRow], bands: Sequence[Band]) -> Table:
    names = [text(band.name) for band in bands]
    return Table(
        (_("Dimensi"), _("Responden"), *names),
        [
            (text(row.name), number_format(row.shares.n), *(f"{percent}%" for percent in row.shares.percents))
            for row in rows
        ],
        widths=(3, 1.3, *[1.4] * len(names)),
        numeric=(False, *[True] * (len(names) + 1)),
    )


def items(group: ItemGroup) -> Table:
    rows = []
    for row in group.rows:
        name = text(row.text)
        if row.is_reversed:
            name = _("%(item)s (skor terbalik)") % {"item": name}
        if row.share is None:
            rows.append((name, "", shown(HiddenCell()), ""))
        else:
            share = row.share
            rows.append(
                (name, number_format(share.cell.n), f"{share.display}%", interval_text(share.interval))
            )
    return Table(
        (_("Butir"), _("Responden"), _("Positif"), _("Rentang 95%")),
        rows,
        widths=(5, 1.4, 1.8, 1.4),
        numeric=(False, True, True, True),
    )


def group(table: GroupTable) -> Table:
    return Table(
        (_("Dimensi"), *table.columns),
        [(text(row.name), *map(_with_people, row.cells)) for row in table.rows],
        widths=(3, *[2] * len(table.columns)),
        numeric=(False, *[True] * len(table.columns)),
    )


def _with_people(cell: Cell) -> str:
    if not isinstance(cell, ShownCell):
        return shown(cell)
    return _("%(value)s (%(people)s orang)") % {"value": shown(cell), "people": number_format(cell.n)}


def gap(table: GapTable) -> Table:
    return Table(
        (_("Tema"), _("Staf"), _("Pimpinan"), _("Kesenjangan")),
        [
            (text(row.name), _with_people(row.gap.staff), _with_people(row.gap.management), row.size)
            for row in table.rows
        ],
        widths=(3, 2, 2, 2),
        numeric=(False, True, True, False),
    )


def compared(page: ComparisonsPage, table: ComparedTable) -> Table:
    """The unit beside what the page has beside it; the same columns in every table."""
    columns = [(_("Rata-rata"), True, lambda row: shown(row.own.cell))]
    if page.has_parent:
        columns.append((_("Induk"), False, lambda row: _with_direction(row.parent)))
    if page.has_benchmark:
        columns.append((_("Median sejenis"), False, lambda row: _with_direction(row.median)))
        columns.append((_("Kuartil atas"), True, lambda row: _or_dash(row.upper_quartile)))
    if page.has_previous:
        columns.append((_("Periode sebelumnya"), False, lambda row: _with_direction(row.previous)))
    return Table(
        (_("Skala"), *(heading for heading, _is_number, _text in columns)),
        [(text(row.name), *(words(row) for _heading, _is_number, words in columns)) for row in table.rows],
        widths=(3, *[2] * len(columns)),
        numeric=(False, *(is_number for _heading, is_number, _text in columns)),
    )


def _with_direction(beside: Beside | None) -> str:
    if beside is None:
        return _or_dash(None)
    return f"{beside.display} ({beside.words})" if beside.words else beside.display


def _or_dash(value: int | None) -> str:
    return "–" if value is None else str(value)


def suggestions(area: LearningArea) -> Table:
    return Table(
        (_("Saran kegiatan"), _("Cara belajar"), _("JP")),
        [(text(each.text), each.method, number_format(each.jp)) for each in area.suggestions],
        widths=(4, 2, 1),
        numeric=(False, False, True),
    )
