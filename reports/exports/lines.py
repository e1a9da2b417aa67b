"""The frozen figures of a unit as lines of a table, in the active language: what pages show, and not a figure more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from agencies import tree
from questionnaires.version_document import Text
from reports import result_wording as wording
from reports.asked import Asked
from reports.comparing import Surroundings, compared_rows
from reports.detail_figures import DetailKind
from reports.disclosure import Cell, ShownCell
from reports.frozen import FrozenMean, FrozenUnit
from reports.frozen_values import GROUPS_OF, Respondents, cell_text
from reports.layout import Side, ordered_items
from reports.pages.items import text_of
from reports.pages.learning import learning_areas


class Line(NamedTuple):
    """One figure, or the gap where it may not be shown: then ``remark`` says why, and no number stands in the line.

    Of a figure ``remark`` says what belongs to it in words: a direction, a suggestion, or what its key rests on.
    ``value`` is a whole number, or the text of a bound such as "≥95" in a small group, or words.
    """

    unit_code: str
    unit: str
    level: int
    questionnaire: str
    figure: str
    code: str
    name: str
    group: str
    measure: str
    people: int | str
    value: int | str
    low: int | str
    high: int | str
    remark: str


def headings() -> tuple[str, ...]:
    """The names of the columns, in the order of a line."""
    return (
        _("Kode unit"),
        _("Unit kerja"),
        _("Tingkat"),
        _("Kuesioner"),
        _("Jenis angka"),
        _("Kode"),
        _("Nama"),
        _("Kelompok"),
        _("Satuan"),
        _("Responden"),
        _("Angka"),
        _("Batas bawah 95%"),
        _("Batas atas 95%"),
        _("Keterangan"),
    )


@dataclass(frozen=True, eq=False)
class LineMaker:
    """Makes the lines of one unit after another. ``asked``: the questionnaires; sentences are looked up only once."""

    asked: Sequence[Asked]
    language: str
    hidden: str
    unproven: str
    points: str
    percent: str
    people: str

    @classmethod
    def of(cls, asked: Sequence[Asked], language: str) -> "LineMaker":
        return cls(
            asked=asked,
            language=language,
            hidden=_("Tidak ditampilkan demi kerahasiaan"),
            unproven=_("Kunci penyusun, belum divalidasi panel ahli."),
            points=_("poin (0–100)"),
            percent=_("persen"),
            people=_("orang"),
        )

    def lines_of(self, unit: FrozenUnit, around: Surroundings) -> Iterator[Line]:
        """Everything about one unit; a unit that is hidden as a whole has one line that says so."""
        write = _Writer(self, unit)
        if not isinstance(unit.respondents, Respondents):
            yield write.gap("", _("Semua angka"))
            return
        yield from self._participation(write, unit.respondents)
        for asked in self.asked:
            for part in (self._means, self._items, self._bands, self._quality, self._groups, self._sides):
                yield from part(write, unit, asked)
            yield from self._comparisons(write, unit, asked, around)
            yield from self._learning(write, unit, asked)

    def _participation(self, write, respondents):
        figure = _("Partisipasi")
        invited, rate = respondents.invited, respondents.rate
        yield write.value("", figure, "", _("Diminta mengisi"), measure=self.people, value=invited)
        yield write.value(
            "",
            figure,
            "",
            _("Tingkat partisipasi"),
            measure=self.percent,
            people=respondents.n,
            value=int(rate) if rate.isdecimal() else rate,
        )

    def _means(self, write, unit, asked):
        figure = _("Rata-rata")
        for scale in (*asked.scales, *asked.document.judgements):
            # A release from before situational judgement was told has none of it.
            if unit.stored(asked.version_id, scale.code) is None:
                continue
            mean, about = unit.mean(asked.version_id, scale.code), (asked.code, figure, *self._named(scale))
            if isinstance(mean, FrozenMean):
                line = write.cell(*about, measure=self.points, cell=mean.cell, interval=mean.interval)
                yield line._replace(remark=self.unproven) if scale in asked.document.judgements else line
            else:
                yield write.gap(*about, measure=self.points)

    def _items(self, write, unit, asked):
        figure, shown = _("Persentase positif"), unit.details.items(asked.version_id)
        for item in ordered_items(asked.document):
            about = (asked.code, figure, item.code, self._text(text_of(item)))
            share = shown.get(item.code)
            if share is None:
                yield write.gap(*about, measure=self.percent)
            else:
                yield write.cell(*about, measure=self.percent, cell=share.cell, interval=share.interval)

    def _bands(self, write, unit, asked):
        figure, shown = _("Sebaran kategori"), unit.details.bands(asked.version_id)
        for scale in (*asked.document.dimensions, *asked.document.judgements):
            about = (asked.code, figure, *self._named(scale))
            if scale.code not in shown:
                yield write.gap(*about, measure=self.percent)
                continue
            shares, names = shown[scale.code], [self._text(band.name) for band in asked.bands_of(scale)]
            for name, percent in zip(names, shares.percents, strict=False):
                yield write.value(*about, group=name, measure=self.percent, people=shares.n, value=percent)

    def _quality(self, write, unit, asked):
        about = (asked.code, _("Mutu jawaban"), "", _("Pengisian bertanda kurang cermat"))
        share = unit.details.low_quality(asked.version_id)
        if share is None:
            yield write.gap(*about, measure=self.percent)
        else:
            yield write.cell(*about, measure=self.percent, cell=share.cell)

    def _groups(self, write, unit, asked):
        kinds = {DetailKind.JOB: _("Kelompok jabatan"), DetailKind.EMPLOYMENT: _("Jenis kepegawaian")}
        for kind, figure in kinds.items():
            shown = unit.details.groups(asked.version_id, kind)
            for scale in asked.document.dimensions:
                about = (asked.code, figure, *self._named(scale))
                if scale.code not in shown:
                    yield write.gap(*about, measure=self.points)
                    continue
                for group in GROUPS_OF[kind]:
                    yield write.cell(
                        *about,
                        group=wording.group_name(group),
                        measure=self.points,
                        cell=shown[scale.code][group],
                    )

    def _sides(self, write, unit, asked):
        figure, shown = _("Staf dan pimpinan"), unit.details.gaps(asked.version_id)
        for scale in asked.document.climates:
            about = (asked.code, figure, *self._named(scale))
            gap = shown.get(scale.code)
            if gap is None:
                yield write.gap(*about, measure=self.points)
                continue
            for side, cell in ((Side.STAFF, gap.staff), (Side.MANAGEMENT, gap.management)):
                yield write.cell(*about, group=wording.group_name(side), measure=self.points, cell=cell)
            size = wording.size_of_gap(gap.words, is_certain=gap.is_certain)
            yield write.value(*about, group=_("Kesenjangan"), value=size)

    def _comparisons(self, write, unit, asked, around):
        """Lines for what there is to compare with; the direction, where one may be said, is the remark."""
        figure = _("Pembanding")
        parent, median, upper_quartile, previous = (
            _("Induk"),
            _("Median instansi sejenis"),
            _("Kuartil atas instansi sejenis"),
            _("Periode sebelumnya"),
        )
        for row in compared_rows(unit, asked, (*asked.scales, *asked.document.judgements), around):
            about = (asked.code, figure, *self._named(row.scale))
            for group, beside in ((parent, row.parent), (median, row.median), (previous, row.previous)):
                if beside:
                    line = write.value(
                        *about, group=group, measure=self.points, value=_figure(beside.value, beside.display)
                    )
                    yield line._replace(remark=beside.words)
            if row.upper_quartile is not None:
                yield write.value(*about, group=upper_quartile, measure=self.points, value=row.upper_quartile)

    def _learning(self, write, unit, asked):
        """A line for every suggestion to a growth area, with its learning time and how it is learnt."""
        figure, lesson = _("Kebutuhan belajar"), _("JP")
        for area in learning_areas(unit, asked):
            about = (asked.code, figure, area.code, self._text(area.name))
            for each in area.suggestions:
                line = write.value(*about, group=each.method, measure=lesson, value=each.jp)
                yield line._replace(remark=self._text(each.text))
            if not area.suggestions:
                line = write.value(*about, value="")
                yield line._replace(remark=_("Bank butir belum memuat saran untuk dimensi ini."))

    def _named(self, scale) -> tuple[str, str]:
        return scale.code, self._text(scale.name)

    def _text(self, text: Text) -> str:
        return text.in_language(self.language)


class _Writer:
    """Lines that begin with the same unit."""

    def __init__(self, maker: LineMaker, unit: FrozenUnit):
        self._maker = maker
        self._unit = (unit.code, unit.name, len(tree.ancestor_paths(unit.path)))

    def value(
        self, questionnaire, figure, code, name, *, value, measure="", group="", people="", interval=None
    ) -> Line:
        low, high = interval or ("", "")
        about = (questionnaire, figure, code, name, group, measure)
        return Line(*self._unit, *about, people, value, low, high, "")

    def cell(
        self, questionnaire, figure, code, name, *, cell: Cell, measure, group="", interval=None
    ) -> Line:
        about = (questionnaire, figure, code, name)
        if not isinstance(cell, ShownCell):
            return self.gap(*about, measure=measure, group=group)
        return self.value(
            *about,
            value=_figure(cell.value, cell_text(cell)),
            measure=measure,
            group=group,
            people=cell.n,
            interval=interval,
        )

    def gap(self, questionnaire, figure, code="", name="", *, measure="", group="") -> Line:
        about = (questionnaire, figure, code, name, group, measure)
        return Line(*self._unit, *about, "", "", "", "", self._maker.hidden)


def _figure(value: int, text: str) -> int | str:
    """A number to count with; the text of a bound where the figure is masked."""
    return value if text == str(value) else text
