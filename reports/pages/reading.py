"""What the pages about one unit have in common: who may open them, and the frozen figures of the unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agencies import tree
from agencies.models import Unit
from reports.asked import Asked
from reports.disclosure import HiddenCell
from reports.frozen import FrozenMean, details_of, mean_of, respondents_of
from reports.frozen_values import Respondents, UnitDetails
from reports.models import ReleaseState, ResultCell
from reports.reach import OutOfReach, frozen_reach, reach_of
from reports.selectors import UnitLink, instruments_of


@dataclass(frozen=True, eq=False)
class OpenedUnit:
    """A unit of a release that the person may read, with all of its frozen figures."""

    release: ReleaseState
    unit_row: Unit
    unit: UnitLink
    path: str
    crumbs: tuple[UnitLink, ...]
    above: tuple[tuple[int, str], ...]
    respondents: Respondents | HiddenCell
    asked: tuple[Asked, ...]
    details: UnitDetails
    _cells: Mapping[tuple[int, str], ResultCell]

    @property
    def unit_id(self) -> int:
        return self.unit_row.pk

    @property
    def frozen_at(self) -> datetime:
        return self.release.frozen_at

    @property
    def minimum_group_size(self) -> int:
        return self.release.minimum_group_size

    @property
    def is_shown(self) -> bool:
        return isinstance(self.respondents, Respondents)

    def mean(self, version_id: int, scale_code: str) -> FrozenMean | HiddenCell:
        return mean_of(self.stored(version_id, scale_code))

    def stored(self, version_id: int, scale_code: str) -> ResultCell | None:
        """The unrounded cell, for comparing and never for the page."""
        return self._cells.get((version_id, scale_code))


def open_unit(user, campaign, agency, unit, *, release: ReleaseState) -> OpenedUnit:
    """The frozen figures of one unit, in a fixed number of queries.

    Raises:
        PermissionDenied: the person may see no group results at all.
        OutOfReach: the unit is not in the release, or outside the person's reach.
    """
    reach = frozen_reach(reach_of(user), release)
    rows = list(release.cells.filter(unit=unit))
    own = next((row for row in rows if row.version_id is None), None)
    if own is None or not reach.covers(own.unit_path):
        raise OutOfReach
    above = _above(release, own.unit_path)
    respondents = respondents_of(own)
    return OpenedUnit(
        release=release,
        unit_row=unit,
        unit=UnitLink(unit.code, unit.name),
        path=own.unit_path,
        crumbs=tuple(UnitLink(code, name) for _id, path, code, name in above if reach.covers(path)),
        above=tuple((unit_id, name) for unit_id, _path, _code, name in above),
        respondents=respondents,
        asked=tuple(map(Asked.of, instruments_of(campaign))),
        details=details_of(release, unit.pk, respondents),
        _cells={(row.version_id, row.scale_code): row for row in rows if row.version_id},
    )


def _above(release, path) -> list[tuple[int, str, str, str]]:
    """(id, path, code, name) of the units above a path in a release, highest first."""
    paths = tree.ancestor_paths(path)[:-1]
    counts = release.cells.filter(version=None, unit_path__in=paths).order_by("unit_path", "-unit_id")
    rows = counts.values_list("unit_id", "unit_path", "unit__code", "unit__name")
    return list({row[1]: row for row in rows}.values())
