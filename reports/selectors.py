"""Reads of frozen results and of the list of dashboards. ``user`` comes first and is never defaulted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language

from agencies import tree
from agencies.models import Unit
from questionnaires.document import load_document
from questionnaires.version_document import Text
from reports import sentences
from reports.disclosure import HiddenCell, ShownCell, mean_cell
from reports.models import ReleaseState, ResultCell
from reports.reach import OutOfReach, Reach, other_entries, reach_of, unit_within
from reports.unit_trees import nearest_below
from scoring.bands import Band
from scoring.scales import round_half_up
from scoring.selectors import plan_of

# Percent. Below this the page says that the results describe only those who answered.
LOW_RESPONSE = 50


def cell_text(cell: ShownCell) -> str:
    """The text of a shown cell with the signs that people read."""
    return cell.display.replace(">=", "≥").replace("<=", "≤")


@dataclass(frozen=True)
class UnitLink:
    """A unit as named on a page; ``is_open``: the person may open its own page."""

    code: str
    name: str
    is_open: bool = True


@dataclass(frozen=True)
class Respondents:
    """How many answered, of how many asked; only ever of a unit that may be shown."""

    n: int
    invited: int

    @property
    def rate(self) -> int | None:
        """Whole percent."""
        return min(100, round_half_up(100 * self.n / self.invited)) if self.invited else None


@dataclass(frozen=True)
class Figure:
    """A shown mean with its band (from 1) and, where enough people answered, its 95 % interval in whole points."""

    cell: ShownCell
    band: int
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

    @property
    def is_shown(self) -> bool:
        return isinstance(self.respondents, Respondents)


@dataclass(frozen=True)
class InstrumentTable:
    """The heat map of one questionnaire: units by dimension, in tree order and never sorted by score."""

    code: str
    title: Text
    version_number: int
    dimensions: tuple[Text, ...]
    rows: tuple[Row, ...]
    message: str


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
        return isinstance(self.respondents, Respondents) and (self.respondents.rate or 0) < LOW_RESPONSE


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
    unit = unit or unit_within(reach, agency, None, frozen=True)
    if release is None or unit.agency_id != agency.pk or not reach.covers_unit(unit, frozen=True):
        raise OutOfReach
    page = _Page.read(release, unit, reach)
    tables = tuple(_table(instrument, page, language) for instrument in _instruments(campaign))
    return Dashboard(
        unit=page.links[unit.pk],
        crumbs=page.crumbs,
        other_entries=tuple(UnitLink(u.code, u.name) for u in other_entries(reach, agency, unit)),
        headline=_headline(page.links[unit.pk].name, tables, language),
        respondents=page.respondents(unit.pk),
        extremes=_key_figures(tables),
        tables=tables,
        minimum_group_size=release.minimum_group_size,
        frozen_at=release.frozen_at.astimezone(agency.zone),
    )


def _instruments(campaign):
    rows = campaign.instruments.select_related("version__questionnaire").defer("version__document")
    return rows.order_by("position", "pk")


@dataclass(frozen=True, eq=False)
class _Page:
    """The cells of one page: of the unit first, then of the units directly below it in tree order."""

    unit_ids: tuple[int, ...]
    parents: frozenset[int]
    links: dict[int, UnitLink]
    crumbs: tuple[UnitLink, ...]
    counts: dict[int, ResultCell]
    cells: dict[tuple[int, int, str], ResultCell]

    @classmethod
    def read(cls, release, unit, reach: Reach):
        counts = release.cells.filter(version__isnull=True)
        own = counts.filter(unit=unit).first()
        if own is None:  # the unit is younger than the results
            raise OutOfReach
        above = tree.ancestor_paths(own.unit_path)[:-1]
        nearby = counts.filter(Q(unit_path__startswith=own.unit_path) | Q(unit_path__in=above))
        unit_at = dict(nearby.order_by("-unit_id").values_list("unit_path", "unit_id"))
        unit_at[own.unit_path] = unit.pk
        below = nearest_below(unit_at, own.unit_path)
        unit_ids = (unit.pk, *(unit_at[path] for path in below))
        crumb_ids = [unit_at[path] for path in above if path in unit_at]
        units = Unit.objects.in_bulk([*unit_ids, *crumb_ids])
        links = {pk: UnitLink(u.code, u.name, reach.covers_unit(u, frozen=True)) for pk, u in units.items()}
        rows = list(release.cells.filter(unit_id__in=unit_ids))
        return cls(
            unit_ids=unit_ids,
            parents=frozenset(unit_at[path] for path, has_units_below in below.items() if has_units_below),
            links=links,
            crumbs=tuple(links[pk] for pk in crumb_ids if links[pk].is_open),
            counts={row.unit_id: row for row in rows if row.version_id is None},
            cells={(row.unit_id, row.version_id, row.scale_code): row for row in rows if row.version_id},
        )

    def respondents(self, unit_id) -> Respondents | HiddenCell:
        count = self.counts.get(unit_id)
        if count is None or not count.is_shown:
            return HiddenCell()
        return Respondents(count.n, count.invited)

    def figure(self, unit_id, version_id, scale_code, bands: Iterable[Band]) -> Figure | HiddenCell:
        stored = self.cells.get((unit_id, version_id, scale_code))
        if stored is None or not stored.is_shown:
            return HiddenCell()
        cell = mean_cell(is_shown=True, n=stored.n, mean=stored.mean)
        if isinstance(cell, HiddenCell):
            return cell
        interval = None
        if stored.interval_low is not None:
            interval = round_half_up(stored.interval_low), round_half_up(stored.interval_high)
        return Figure(cell, sum(cell.value >= band.minimum for band in bands), interval)


def _table(instrument, page: _Page, language) -> InstrumentTable:
    document = load_document(instrument.version_id)
    bands = plan_of(instrument.rule_id).rule.bands
    dimensions = document.dimensions
    rows = tuple(
        Row(
            unit=page.links[unit_id],
            is_whole=position == 0,
            has_units_below=unit_id in page.parents,
            respondents=page.respondents(unit_id),
            cells=tuple(
                page.figure(unit_id, instrument.version_id, scale.code, bands) for scale in dimensions
            ),
        )
        for position, unit_id in enumerate(page.unit_ids)
    )
    names = tuple(scale.name for scale in dimensions)
    below = _places(rows[1:], names, language)
    own = _places(rows[:1], names, language)
    return InstrumentTable(
        code=document.questionnaire,
        title=document.title,
        version_number=instrument.version.number,
        dimensions=names,
        rows=rows,
        message=sentences.of_units(below) if below else sentences.of_dimensions(rows[0].unit.name, own),
    )


def _places(rows, names, language) -> list[sentences.Place]:
    return [
        sentences.Place(row.unit.name, name.in_language(language), cell.cell.value, cell.display)
        for row in rows
        for name, cell in zip(names, row.cells, strict=True)
        if isinstance(cell, Figure)
    ]


def _headline(unit_name, tables, language):
    """The message about the unit itself, from the first questionnaire of which something is shown."""
    for table in tables:
        places = _places(table.rows[:1], table.dimensions, language)
        if places:
            about = unit_name
            if len(tables) > 1:
                about = f"{unit_name}, {table.title.in_language(language)}"
            return sentences.of_dimensions(about, places)
    return sentences.of_dimensions(unit_name, ())


def _key_figures(tables) -> tuple[tuple[Text, Figure], ...]:
    """The highest and the lowest dimension of the unit in the questionnaire that the headline speaks of."""
    for table in tables:
        own = zip(table.dimensions, table.rows[0].cells, strict=True)
        shown = [(name, cell) for name, cell in own if isinstance(cell, Figure)]
        if len(shown) >= 2:
            highest = max(shown, key=lambda pair: pair[1].cell.value)
            lowest = min(shown, key=lambda pair: pair[1].cell.value)
            return (highest, lowest) if highest[1].cell.value > lowest[1].cell.value else ()
    return ()
