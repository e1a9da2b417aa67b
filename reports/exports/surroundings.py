"""What the units of an export are compared with, one unit after another in the order of the release."""

from collections.abc import Sequence
from itertools import groupby

from agencies import tree
from reports.asked import Asked
from reports.comparing import Agencies, Before, Cells, Parents, Surroundings, Wave
from reports.frozen import FrozenUnit
from reports.models import ReleaseState


class SurroundingsReader:
    """Asks the database as often for many units as for few; keeps the units above the present one, and no others.

    Args:
        within: the path at or below which all units of the export stand.
    """

    def __init__(self, release: ReleaseState, asked: Sequence[Asked], *, within: str):
        campaign, agency = release.campaign, release.agency
        self._whole, self._part = (
            Agencies.read(campaign, agency, is_whole=is_whole) for is_whole in (True, False)
        )
        self._wave = Wave.before(release, asked)
        self._earlier = _EarlierCells(self._wave, within)
        self._above = _units_above(release, within)

    def of(self, unit: FrozenUnit) -> Surroundings:
        """Must be asked for every unit, in tree order."""
        kept = {path: self._above[path] for path in tree.ancestor_paths(unit.path) if path in self._above}
        above = [path for path in kept if path != unit.path]
        parents = Parents(*kept[above[-1]]) if above else Parents()
        kept.setdefault(unit.path, (unit.name, unit.cells))
        self._above = kept
        return Surroundings(parents, self._part if above else self._whole, self._before(unit))

    def _before(self, unit) -> Before:
        if self._wave is None:
            return Before()
        rows = self._earlier.of(unit.path, unit.id)
        cells = {(row.version_id, row.scale_code): row for row in rows if row.version_id}
        return Before(self._wave, is_same_place=bool(rows), cells=cells)


def _units_above(release, path) -> dict[str, tuple[str, Cells]]:
    """Name and cells of the units above a path, by their paths; of two at one path, the one that is older."""
    rows = release.cells.filter(unit_path__in=tree.ancestor_paths(path)[:-1]).select_related("unit")
    found: dict[str, tuple[str, Cells]] = {}
    by_unit = groupby(rows.order_by("unit_path", "unit_id"), key=lambda row: (row.unit_path, row.unit_id))
    for (unit_path, _unit_id), cells in by_unit:
        cells = list(cells)
        own = {(row.version_id, row.scale_code): row for row in cells if row.version_id}
        found.setdefault(unit_path, (cells[0].unit.name, own))
    return found


class _EarlierCells:
    """The cells of the wave before, streamed beside the units; both stand in the order of path and unit."""

    def __init__(self, wave: Wave | None, within: str):
        self._units = iter(())
        if wave:
            rows = wave.release.cells.filter(unit_path__startswith=within).order_by("unit_path", "unit_id")
            self._units = groupby(rows.iterator(), key=lambda row: (row.unit_path, row.unit_id))
        self._place, self._rows = None, []
        self._step()

    def of(self, path: str, unit_id: int) -> list:
        while self._place is not None and self._place < (path, unit_id):
            self._step()
        return self._rows if self._place == (path, unit_id) else []

    def _step(self):
        self._place, rows = next(self._units, (None, ()))
        self._rows = list(rows)
