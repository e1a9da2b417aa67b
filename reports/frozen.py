"""Frozen cells of a release, unit by unit: what pages and exports read. Nothing here reads an answer or a sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from agencies.models import Unit
from reports.disclosure import Cell, HiddenCell, mean_cell
from reports.frozen_values import Respondents, UnitDetails
from reports.models import ReleaseState, ResultCell
from reports.reach import FrozenReach
from scoring.scales import round_half_up


@dataclass(frozen=True)
class FrozenMean:
    """A shown mean (0 to 100) in whole points, with its 95 % interval where enough people answered."""

    cell: Cell
    interval: tuple[int, int] | None


@dataclass(frozen=True, eq=False)
class FrozenUnit:
    """A unit with everything that a release shows of it. ``cells``: every scale by (version id, code), hidden too."""

    id: int
    code: str
    name: str
    path: str
    respondents: Respondents | HiddenCell
    cells: Mapping[tuple[int, str], ResultCell]
    details: UnitDetails

    @property
    def is_shown(self) -> bool:
        return isinstance(self.respondents, Respondents)

    def mean(self, version_id: int, scale_code: str) -> FrozenMean | HiddenCell:
        return mean_of(self.stored(version_id, scale_code))

    def stored(self, version_id: int, scale_code: str) -> ResultCell | None:
        """The unrounded cell, for comparing and never for the file."""
        return self.cells.get((version_id, scale_code))


def frozen_units(release: ReleaseState, reach: FrozenReach, *, within: str = "") -> Iterator[FrozenUnit]:
    """The units of a release within reach, in tree order, streamed: three queries and little memory for any number.

    Args:
        within: only units at or below this path.
    """
    names = {pk: (code, name) for pk, code, name in _units_of(release).values_list("pk", "code", "name")}
    cells = release.cells.filter(unit_path__startswith=within).order_by("unit_path", "unit_id")
    details = _Details(release, within)
    for (path, unit_id), rows in groupby(cells.iterator(), key=lambda row: (row.unit_path, row.unit_id)):
        rows = list(rows)
        figures = details.of(path, unit_id)
        if not reach.covers(path):
            continue
        respondents = next(respondents_of(row) for row in rows if row.version_id is None)
        code, name = names[unit_id]
        yield FrozenUnit(
            id=unit_id,
            code=code,
            name=name,
            path=path,
            respondents=respondents,
            cells={(row.version_id, row.scale_code): row for row in rows if row.version_id},
            details=UnitDetails(figures, getattr(respondents, "invited", None)),
        )


def _units_of(release):
    return Unit.objects.filter(agency_id=release.agency_id)


class _Details:
    """Details in the order of the units, beside the cells that are read in the same order."""

    def __init__(self, release, within):
        rows = release.details.filter(unit_path__startswith=within).order_by("unit_path", "unit_id")
        by_unit = groupby(rows.iterator(), key=lambda row: (row.unit_path, row.unit_id))
        self._units = (
            (unit, {(row.version_id, row.kind): row.figures for row in rows}) for unit, rows in by_unit
        )
        self._next = next(self._units, None)

    def of(self, path, unit_id) -> dict:
        if self._next is None or self._next[0] != (path, unit_id):
            return {}
        _unit, figures = self._next
        self._next = next(self._units, None)
        return figures


def details_of(release: ReleaseState, unit_id: int, respondents: Respondents | HiddenCell) -> UnitDetails:
    """What a release shows of one unit beyond the means. One query."""
    rows = release.details.filter(unit_id=unit_id).values_list("version_id", "kind", "figures")
    figures = {(version_id, kind): figures for version_id, kind, figures in rows}
    return UnitDetails(figures, getattr(respondents, "invited", None))


def respondents_of(count) -> Respondents | HiddenCell:
    """Of a unit's stored count, or None where there is none."""
    if count is None or not count.is_shown:
        return HiddenCell()
    return Respondents(count.n, count.invited)


def mean_of(stored) -> FrozenMean | HiddenCell:
    """A stored cell as people may read it; None where there is none."""
    if stored is None or not stored.is_shown:
        return HiddenCell()
    cell = mean_cell(is_shown=True, n=stored.n, mean=stored.mean)
    if isinstance(cell, HiddenCell):
        return cell
    if stored.interval_low is None:
        return FrozenMean(cell, None)
    return FrozenMean(cell, (round_half_up(stored.interval_low), round_half_up(stored.interval_high)))
