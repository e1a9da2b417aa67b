"""What a unit's frozen means are compared with: its parent, agencies of its kind, the wave before.

Each of the three gives what stands beside a scale (``beside``), what it is called (``named``), the directions found in
rows (``directions``), and a sentence about them or about why there is nothing (``message``).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.utils.translation import gettext as _

from questionnaires.document import load_document
from questionnaires.version_document import Scale, Text, VersionDocument
from reports import result_wording as wording
from reports.aggregation import t_95
from reports.asked import Asked
from reports.disclosure import Cell, HiddenCell, ShownCell
from reports.frozen import FrozenMean, mean_of
from reports.frozen_values import UnitDetails, cell_text
from reports.models import Benchmark, ReleaseState, ResultCell
from scoring.change import unpaired_change
from scoring.comparisons import POINTS_THAT_MATTER, direction
from scoring.groups import FEWEST_AGENCIES
from scoring.scales import round_half_up

# The cells of one unit by (version id, scale code).
Cells = Mapping[tuple[int, str], ResultCell]


class ComparedUnit(Protocol):
    """A unit of a release with its frozen figures, from a page or from an export."""

    details: UnitDetails

    def mean(self, version_id: int, scale_code: str) -> FrozenMean | HiddenCell: ...

    def stored(self, version_id: int, scale_code: str) -> ResultCell | None: ...


@dataclass(frozen=True)
class Beside:
    """What stands beside a mean: a shown figure and, where it may be said, a direction (code and words)."""

    value: int
    display: str
    direction: str | None
    words: str


@dataclass(frozen=True)
class ComparedRow:
    """A scale of the unit with everything that it is compared with; None where there is nothing."""

    scale: Scale
    own: FrozenMean
    parent: Beside | None
    median: Beside | None
    upper_quartile: int | None
    previous: Beside | None

    @property
    def name(self) -> Text:
        return self.scale.name


@dataclass(frozen=True, eq=False)
class Parents:
    """The unit above with its published cells; without a name there is none."""

    name: str = ""
    cells: Cells = field(default_factory=dict)

    def beside(self, unit: ComparedUnit, asked: Asked, scale_code: str) -> Beside | None:
        found = unit.details.directions(asked.version_id).get(scale_code)
        shown = mean_of(self.cells.get((asked.version_id, scale_code)))
        return _beside(shown.cell, found, wording.direction) if isinstance(shown, FrozenMean) else None

    @property
    def named(self) -> str:
        return _("bagian lain dari %(parent)s") % {"parent": self.name}

    def directions(self, rows: Sequence[ComparedRow]) -> list[str]:
        return _directions([row.parent for row in rows])

    def message(self, rows: Sequence[ComparedRow]) -> str:
        if not self.name:
            return ""
        found = self.directions(rows)
        if not found:
            return _("Tidak ada perbandingan dengan %(parent)s yang dapat ditampilkan.") % {
                "parent": self.name
            }
        return wording.of_directions(self.named, found)


@dataclass(frozen=True, eq=False)
class Agencies:
    """Where the agencies of the same kind stand; of interest beside an agency as a whole."""

    is_whole: bool
    is_national: bool
    kind: str
    rows: Mapping[tuple[int, str], Benchmark]

    @classmethod
    def read(cls, campaign, agency, *, is_whole: bool) -> "Agencies":
        """One query for an agency as a whole in a national campaign, none otherwise."""
        is_national = campaign.agency_id is None
        rows = {}
        if is_whole and is_national:
            found = Benchmark.objects.filter(campaign=campaign, agency_kind=agency.kind)
            rows = {(row.version_id, row.scale_code): row for row in found}
        return cls(is_whole, is_national, agency.get_kind_display(), rows)

    def beside(self, stored: ResultCell) -> tuple[Beside | None, int | None]:
        row = self.rows.get((stored.version_id, stored.scale_code))
        if row is None:
            return None, None
        interval = None
        if stored.interval_low is not None:
            interval = stored.interval_low - row.median, stored.interval_high - row.median
        found = direction(stored.mean - row.median, interval, least=POINTS_THAT_MATTER) if interval else None
        median = round_half_up(row.median)
        words = wording.direction(found) if found else ""
        return Beside(median, str(median), found, words), round_half_up(row.upper_quartile)

    @property
    def named(self) -> str:
        agencies = max((row.agencies for row in self.rows.values()), default=0)
        return _("median %(agencies)s instansi sejenis (%(kind)s)") % {
            "agencies": agencies,
            "kind": self.kind,
        }

    def directions(self, rows: Sequence[ComparedRow]) -> list[str]:
        return _directions([row.median for row in rows])

    def message(self, rows: Sequence[ComparedRow]) -> str:
        if not self.is_whole:
            return ""
        if not self.is_national:
            return _("Tidak ada pembanding antarinstansi: periode ini hanya untuk satu instansi.")
        if not self.rows:
            return _(
                "Belum ada pembanding antarinstansi: diperlukan sedikitnya %(fewest)s instansi sejenis (%(kind)s) yang "
                "hasilnya dapat ditampilkan, setelah semua instansi dibekukan."
            ) % {"fewest": FEWEST_AGENCIES, "kind": self.kind}
        return wording.of_directions(self.named, self.directions(rows))


@dataclass(frozen=True, eq=False)
class Wave:
    """The release of the wave before, and what was asked then.

    ``changed``: scales of (questionnaire, scale) whose items are not the same any more, as (common, of how many).
    """

    release: ReleaseState
    versions: Mapping[str, int]
    changed: Mapping[tuple[str, str], tuple[int, int]]

    @classmethod
    def before(cls, release: ReleaseState, asked: Sequence[Asked]) -> "Wave | None":
        """That with which a release was frozen to be compared; two queries, none where there is no such wave."""
        if release.previous_id is None:
            return None
        earlier = ReleaseState.objects.select_related("campaign").get(pk=release.previous_id)
        instruments = earlier.campaign.instruments.values_list("version__questionnaire__code", "version_id")
        versions = dict(instruments)
        return cls(earlier, versions, _changed_scales(asked, versions))


@dataclass(frozen=True, eq=False)
class Before:
    """One unit in the wave before: its cells then, and whether it stood in the same place."""

    wave: Wave | None = None
    is_same_place: bool = False
    cells: Cells = field(default_factory=dict)

    def beside(self, asked: Asked, stored: ResultCell) -> Beside | None:
        if self.wave is None or (asked.code, stored.scale_code) in self.wave.changed:
            return None
        earlier = self.cells.get((self.wave.versions.get(asked.code), stored.scale_code))
        shown = mean_of(earlier)
        if not isinstance(shown, FrozenMean):
            return None
        return _beside(shown.cell, _change(earlier, stored), wording.change)

    @property
    def named(self) -> str:
        return self.wave.release.campaign.title if self.wave else ""

    def directions(self, rows: Sequence[ComparedRow]) -> list[str]:
        return _directions([row.previous for row in rows])

    def message(self, rows: Sequence[ComparedRow]) -> str:
        if self.wave is None:
            return _("Tidak ada periode sebelumnya dengan kuesioner yang sama.")
        title = self.named
        if not self.is_same_place:
            return _("Unit ini belum ada, atau berada di tempat lain, pada %(title)s.") % {"title": title}
        found = self.directions(rows)
        if found:
            text = wording.of_directions(title, found)
        else:
            text = _("Perubahan sejak %(title)s tidak dapat ditampilkan.") % {"title": title}
        if self.wave.changed:
            common, items = (sum(column) for column in zip(*self.wave.changed.values(), strict=True))
            text += " " + _(
                "%(scales)s skala tidak dibandingkan: hanya %(common)s dari %(items)s butirnya sama."
            ) % {
                "scales": len(self.wave.changed),
                "common": common,
                "items": items,
            }
        return text


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Everything that one unit is compared with."""

    parents: Parents
    agencies: Agencies
    before: Before

    def __iter__(self):
        return iter((self.parents, self.agencies, self.before))


def compared_rows(
    unit: ComparedUnit, asked: Asked, scales: Sequence[Scale], around: Surroundings
) -> Iterator[ComparedRow]:
    """A row for every scale of which the unit shows a mean."""
    for scale in scales:
        own = unit.mean(asked.version_id, scale.code)
        if not isinstance(own, FrozenMean):
            continue
        stored = unit.stored(asked.version_id, scale.code)
        median, upper_quartile = around.agencies.beside(stored)
        yield ComparedRow(
            scale=scale,
            own=own,
            parent=around.parents.beside(unit, asked, scale.code),
            median=median,
            upper_quartile=upper_quartile,
            previous=around.before.beside(asked, stored),
        )


def _beside(cell: Cell, found: str | None, words) -> Beside | None:
    if not isinstance(cell, ShownCell):
        return None
    return Beside(cell.value, cell_text(cell), found, words(found) if found else "")


def _directions(rows: Sequence[Beside | None]) -> list[str]:
    return [row.direction for row in rows if row and row.direction]


def _changed_scales(
    asked: Sequence[Asked], versions: Mapping[str, int]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Scales of which not all items are the same in the version of the wave before."""
    changed = {}
    for one in asked:
        before = versions.get(one.code, one.version_id)
        if before != one.version_id:
            for scale in (*one.scales, *one.document.judgements):
                common, items = common_items(load_document(before), one.document, scale.code)
                if common < items:
                    changed[one.code, scale.code] = common, items
    return changed


def common_items(old: VersionDocument, new: VersionDocument, scale_code: str) -> tuple[int, int]:
    """How many items of a scale are the same in both versions, wherever they stand, and how many either has at most."""
    pages = [
        {replace(item, section="", reading_words=0) for item in document.items_of(scale_code)}
        for document in (old, new)
    ]
    return len(pages[0] & pages[1]), max(map(len, pages))


def _change(earlier: ResultCell, now: ResultCell) -> str | None:
    """The direction since the wave before; None where one of the two has no interval.

    The people of the two waves overlap, so adding the errors is cautious.
    """
    errors = [standard_error(cell) for cell in (earlier, now)]
    if None in errors:
        return None
    found = unpaired_change(earlier.mean, errors[0], now.mean, errors[1])
    return direction(found.difference, found.interval, least=POINTS_THAT_MATTER)


def standard_error(cell: ResultCell) -> float | None:
    """From the stored interval, on the side that is not cut off at 0 or 100."""
    if cell.interval_low is None:
        return None
    half = max(cell.mean - cell.interval_low, cell.interval_high - cell.mean)
    return half / t_95(cell.n - 1) if half and math.isfinite(half) else 0.0
