"""Reads of frozen results and of the list of dashboards. ``user`` comes first and is never defaulted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language

from agencies import tree
from questionnaires.document import load_document
from questionnaires.version_document import Scale, Text
from reports import sentences
from reports.bands import shade_of
from reports.disclosure import HiddenCell, ShownCell
from reports.frozen import FrozenMean, mean_of, respondents_of
from reports.frozen_values import Respondents, cell_text
from reports.models import ReleaseState
from reports.reach import (
    FrozenReach,
    OutOfReach,
    frozen_reach,
    highest_frozen_unit,
    other_frozen_entries,
    reach_of,
)
from reports.unit_trees import nearest_below
from scoring.bands import Band
from scoring.selectors import plan_of


@dataclass(frozen=True)
class UnitLink:
    """A unit as named on a page; ``is_open``: the person may open its own page."""

    code: str
    name: str
    is_open: bool = True


@dataclass(frozen=True)
class Figure:
    """A shown mean with the shade of its band and, where enough people answered, its 95 % interval in whole points."""

    cell: ShownCell
    shade: int
    interval: tuple[int, int] | None

    is_shown = True

    @property
    def display(self) -> str:
        return cell_text(self.cell)


@dataclass(frozen=True)
class Row:
    """A unit with everything below it. A hidden unit has :class:`HiddenCell` in every place and no number anywhere."""

    unit: UnitLink
    is_whole: bool
    has_units_below: bool
    respondents: Respondents | HiddenCell
    cells: tuple[Figure | HiddenCell, ...]
    dimensions: tuple[Text, ...]

    @property
    def is_shown(self) -> bool:
        return isinstance(self.respondents, Respondents)


@dataclass(frozen=True)
class InstrumentTable:
    """The heat map of one questionnaire: units by dimension, in tree order and never sorted by score.

    With ``is_climate`` the columns are the themes by which people describe their unit, and not themselves; with
    ``is_judgement`` the scales of situational judgement, which is knowledge of what to do and no behaviour.
    ``message`` and ``extremes`` (highest and lowest column, empty if not different) are about the page's unit.
    """

    code: str
    title: Text
    version_number: int
    bands: tuple[Band, ...]
    dimensions: tuple[Text, ...]
    rows: tuple[Row, ...]
    message: str
    extremes: tuple[tuple[Text, Figure], ...]
    is_climate: bool
    is_judgement: bool


@dataclass(frozen=True)
class Dashboard:
    """One page of frozen results: a unit and the units directly below it."""

    unit: UnitLink
    crumbs: tuple[UnitLink, ...]
    other_entries: tuple[UnitLink, ...]
    headline: str
    respondents: Respondents | HiddenCell
    extremes: tuple[tuple[Text, Figure], ...]
    tables: tuple[InstrumentTable, ...]
    minimum_group_size: int
    frozen_at: datetime

    @property
    def has_figures(self) -> bool:
        """Whether anything on the page may be shown at all."""
        return any(row.is_shown for table in self.tables for row in table.rows)

    @property
    def has_low_response(self) -> bool:
        return isinstance(self.respondents, Respondents) and self.respondents.is_low

    @property
    def has_judgement(self) -> bool:
        return any(table.is_judgement for table in self.tables)


def release_of(campaign, agency) -> ReleaseState | None:
    return ReleaseState.objects.filter(campaign=campaign, agency=agency).first()


def agency_dashboard(user, campaign, agency, unit=None, *, language=None, release=None) -> Dashboard:
    """The frozen results of a unit and the units below it. The number of queries does not depend on how many there are.

    Args:
        unit: the highest unit within the person's reach if left out.
        language: of names within sentences; the active language if left out.
        release: the frozen results, if the caller has them in hand.

    Raises:
        PermissionDenied: the person may see no group results at all.
        OutOfReach: nothing frozen, another agency, or a unit outside the person's reach.
    """
    reach = reach_of(user)
    language = language or get_language() or "id"
    release = release or release_of(campaign, agency)
    if release is None:
        raise OutOfReach
    frozen = frozen_reach(reach, release)
    unit = unit or highest_frozen_unit(frozen, agency)
    page = _Page.read(release, unit, frozen)
    instruments = list(instruments_of(campaign))
    is_one_of_several = len(instruments) > 1
    tables = tuple(
        _table(instrument, scales, page, language, is_one_of_several=is_one_of_several)
        for instrument in instruments
        for scales in _column_groups(load_document(instrument.version_id))
        if page.holds(instrument.version_id, scales[0].code)
    )
    spoken_of = _spoken_of(tables)
    return Dashboard(
        unit=page.links[unit.pk],
        crumbs=page.crumbs,
        other_entries=tuple(UnitLink(u.code, u.name) for u in other_frozen_entries(frozen, unit)),
        headline=spoken_of.message,
        respondents=page.respondents(unit.pk),
        extremes=spoken_of.extremes,
        tables=tables,
        minimum_group_size=release.minimum_group_size,
        frozen_at=release.frozen_at,
    )


def instruments_of(campaign):
    """The questionnaires of a campaign in the order of its reports, without their documents."""
    rows = campaign.instruments.select_related("version__questionnaire").defer("version__document")
    return rows.order_by("position", "pk")


class _StoredCell(NamedTuple):
    """The columns of a ``ResultCell`` that a page reads: a page of a ministry has some thousand cells, and a model for
    each would cost as much as drawing them.
    """

    unit_id: int
    version_id: int | None
    scale_code: str
    is_shown: bool
    n: int | None
    invited: int | None
    mean: float | None
    interval_low: float | None
    interval_high: float | None


@dataclass(frozen=True, eq=False)
class _Page:
    """The cells of one page: of the unit first, then of the units directly below it in tree order."""

    unit_ids: tuple[int, ...]
    parents: frozenset[int]
    links: dict[int, UnitLink]
    crumbs: tuple[UnitLink, ...]
    counts: dict[int, _StoredCell]
    cells: dict[tuple[int, int, str], _StoredCell]

    @classmethod
    def read(cls, release, unit, reach: FrozenReach):
        counts = release.cells.filter(version__isnull=True)
        own = counts.filter(unit=unit).first()
        # No row: the unit is younger than the results, or another agency's.
        if own is None or not reach.covers(own.unit_path):
            raise OutOfReach
        above = tree.ancestor_paths(own.unit_path)[:-1]
        nearby = _nearby(counts, own.unit_path, above)
        named = {unit_id: (code, name, path) for path, unit_id, code, name in nearby}
        unit_at = {path: unit_id for path, unit_id, _code, _name in nearby} | {own.unit_path: unit.pk}
        below = nearest_below(unit_at, own.unit_path)
        unit_ids = (unit.pk, *(unit_at[path] for path in below))
        crumb_ids = [unit_at[path] for path in above if path in unit_at]
        links = {
            pk: UnitLink(code, name, reach.covers(path))
            for pk, (code, name, path) in named.items()
            if pk in {*unit_ids, *crumb_ids}
        }
        stored = release.cells.filter(unit_id__in=unit_ids).values_list(*_StoredCell._fields)
        rows = list(map(_StoredCell._make, stored))
        return cls(
            unit_ids=unit_ids,
            parents=frozenset(unit_at[path] for path, has_units_below in below.items() if has_units_below),
            links=links,
            crumbs=tuple(links[pk] for pk in crumb_ids if links[pk].is_open),
            counts={row.unit_id: row for row in rows if row.version_id is None},
            cells={(row.unit_id, row.version_id, row.scale_code): row for row in rows if row.version_id},
        )

    def holds(self, version_id, scale_code) -> bool:
        """Whether the release has the scale at all; one from before situational judgement was told has none of it."""
        return (self.unit_ids[0], version_id, scale_code) in self.cells

    def respondents(self, unit_id) -> Respondents | HiddenCell:
        return respondents_of(self.counts.get(unit_id))

    def figure(self, unit_id, version_id, scale_code, bands: Iterable[Band]) -> Figure | HiddenCell:
        shown = mean_of(self.cells.get((unit_id, version_id, scale_code)))
        if not isinstance(shown, FrozenMean):
            return shown
        number = sum(shown.cell.value >= band.minimum for band in bands)
        return Figure(shown.cell, shade_of(number, len(bands)) if bands else 0, shown.interval)

    def own_mean(self, version_id, scale_code) -> tuple[float, tuple[float, float] | None]:
        """The shown mean of the page's unit and its interval, unrounded: for comparing, never for the page."""
        stored = self.cells[self.unit_ids[0], version_id, scale_code]
        has_interval = stored.interval_low is not None
        return stored.mean, (stored.interval_low, stored.interval_high) if has_interval else None


# Levels below a unit that tell which units stand directly below it, and which of these have some below themselves.
_LEVELS_BELOW = 2


def _nearby(counts, path, above) -> list[tuple[str, int, str, str]]:
    """(path, id, code, name) of a unit, those above it, and as many below it as a page needs.

    A ministry has ten thousand units below its root, so only two levels are read. A reorganisation may have left a gap
    in the paths, below which the next unit stands deeper; then all are read.
    """
    deepest = len(path) + _LEVELS_BELOW * len(tree.child_path("", 1))
    own = counts.filter(unit_path__startswith=path).annotate(length=Length("unit_path"))
    columns = ("unit_path", "unit_id", "unit__code", "unit__name")
    wanted = own.filter(length__lte=deepest).values_list(*columns)
    found = list(wanted.union(counts.filter(unit_path__in=above).values_list(*columns), all=True))
    prefixes = own.filter(length__gt=deepest).annotate(prefix=Substr("unit_path", 1, deepest))
    if not {row[0] for row in found}.issuperset(prefixes.values_list("prefix", flat=True).distinct()):
        found = list(
            counts.filter(Q(unit_path__startswith=path) | Q(unit_path__in=above)).values_list(*columns)
        )
    return sorted(found, key=lambda row: -row[1])


def _column_groups(document) -> list[tuple[Scale, ...]]:
    """The scales of each table of a questionnaire: what people say of themselves and of their unit, and judgement."""
    return [group for group in (document.dimensions, document.climates, document.judgements) if group]


def _table(instrument, scales, page: _Page, language, *, is_one_of_several) -> InstrumentTable:
    document = load_document(instrument.version_id)
    rule = plan_of(instrument.rule_id).rule
    is_climate, is_judgement = scales == document.climates, scales == document.judgements
    bands = rule.situational_bands if is_judgement else rule.bands
    dimensions = tuple(scale.name for scale in scales)
    rows = tuple(
        Row(
            unit=page.links[unit_id],
            is_whole=position == 0,
            has_units_below=unit_id in page.parents,
            respondents=page.respondents(unit_id),
            cells=tuple(page.figure(unit_id, instrument.version_id, scale.code, bands) for scale in scales),
            dimensions=dimensions,
        )
        for position, unit_id in enumerate(page.unit_ids)
    )
    own = _places(instrument, scales, page, rows[0], language)
    about = rows[0].unit.name
    if is_one_of_several:
        about = f"{about} ({document.title.in_language(language)})"
    return InstrumentTable(
        code=document.questionnaire,
        title=document.title,
        version_number=instrument.version.number,
        bands=bands,
        dimensions=dimensions,
        rows=rows,
        message=_sentence(is_climate, is_judgement)(about, list(own.values())),
        extremes=() if is_judgement else _extremes(rows[0], scales, own),
        is_climate=is_climate,
        is_judgement=is_judgement,
    )


def _sentence(is_climate, is_judgement):
    if is_judgement:
        return sentences.of_judgement
    return sentences.of_climate if is_climate else sentences.of_dimensions


def _places(instrument, scales, page: _Page, row: Row, language) -> dict[int, sentences.Place]:
    """What is shown of the page's own unit, by position of the scale."""
    return {
        position: sentences.Place(
            scale.name.in_language(language),
            figure.display,
            *page.own_mean(instrument.version_id, scale.code),
        )
        for position, (scale, figure) in enumerate(zip(scales, row.cells, strict=True))
        if isinstance(figure, Figure)
    }


def _extremes(row: Row, scales, own: dict[int, sentences.Place]) -> tuple[tuple[Text, Figure], ...]:
    """Names and figures of the highest and the lowest dimension of a unit, if these may be called different."""
    apart = sentences.extremes(list(own.values()))
    if apart is None:
        return ()
    positions = [next(p for p, place in own.items() if place is extreme) for extreme in apart]
    return tuple((scales[position].name, row.cells[position]) for position in positions)


def _spoken_of(tables) -> InstrumentTable:
    """The first questionnaire of which something of the page's unit is shown; without any, the first at all.

    There is one: without a questionnaire no campaign opens.
    """
    shown = (t for t in tables if any(isinstance(cell, Figure) for cell in t.rows[0].cells))
    return next(shown, tables[0])
